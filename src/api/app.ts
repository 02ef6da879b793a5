import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fastify } from 'fastify';
import type { Caller } from '../auth/caller.ts';
import { encode } from '../wire/json.ts';
import { no } from '../wire/problem.ts';
import { answerUnreadable } from './client-error.ts';
import type { ApiDeps } from './deps.ts';
import type { Door } from './door.ts';
import { makeDoor } from './door.ts';
import { failureOf } from './failure.ts';
import { runGuarded } from './guarded.ts';
import { addHealth } from './health.ts';
import { addInvitations } from './invitation-page.ts';
import { readJson } from './json-body.ts';
import { Live } from './live.ts';
import { Limiter } from './limits.ts';
import { allowedMethods } from './methods.ts';
import { addPortalPages } from './portal-pages.ts';
import { addPortalSignIn } from './portal-sign-in.ts';
import { addReference } from './reference.ts';
import { languageOfRequest, refuse } from './refuse.ts';
import { RequestLog } from './request-log.ts';
import type { Answer, Route } from './route.ts';
import { bodyMaxBytes } from './route.ts';
import { routes } from './routes.ts';
import { addSecurityHeaders } from './security-headers.ts';
import { addSignIn } from './sign-in.ts';
import { addWeb, isForWeb, sendWeb } from './web.ts';
import { addWebhooks } from './webhooks.ts';

/** Longest path parameter, in characters of the encoded address. */
const paramCharsMax = 2000;
/** Longest time a request may take to arrive. */
const requestMaxMs = 120_000;
/** Seconds until a request is worth repeating that met a process being stopped. */
const stoppingRetrySeconds = 2;

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null;
  }
}

/** The HTTP server, not listening yet. */
export function buildApp(given: ApiDeps): FastifyInstance {
  const live = given.live ?? new Live(given);
  const deps = { ...given, live };
  const requestLog = new RequestLog(deps);
  const app = fastify({
    logger: false,
    bodyLimit: bodyMaxBytes,
    requestTimeout: requestMaxMs,
    // Fastify's own 503 is no problem document; the first hook says it instead.
    return503OnClosing: false,
    trustProxy: deps.trustProxy ? [...deps.trustProxy] : false,
    routerOptions: { maxParamLength: paramCharsMax },
    genReqId: (request) => requestIdOf(request.headers['x-request-id']) ?? deps.newId('rq'),
    clientErrorHandler: (error, socket) => answerUnreadable(error, socket, deps.newId('rq')),
    frameworkErrors: (error, request, reply) => void fail(deps, error, request, reply),
  });
  app.decorateRequest('caller', null);
  app.decorateRequest('askedBy', null);
  app.decorateRequest('problemCode', null);
  app.setReplySerializer((payload) => encode(payload));
  readJson(app);
  let stopping = false;
  app.addHook('preClose', async () => {
    stopping = true;
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    reply.header('cache-control', 'no-store');
    if (stopping) await refuse(request, reply, no('stopping', { retryAfter: stoppingRetrySeconds }));
  });
  app.addHook('onResponse', async (request, reply) => {
    logRequest(deps, request, reply);
    requestLog.add(request, reply);
  });
  app.addHook('preClose', () => live.close());
  app.addHook('onClose', () => requestLog.close());
  app.setErrorHandler((error, request, reply) => fail(deps, error, request, reply));
  app.setNotFoundHandler((request, reply) =>
    isForWeb(request) ? sendWeb(deps, request, reply) : notFound(request, reply),
  );
  addSecurityHeaders(app, deps.publicUrl);
  const limiter = new Limiter(deps.db, () => deps.now());
  addHealth(app, deps);
  addReference(app, deps);
  addWebhooks(app, deps, limiter);
  addSignIn(app, deps);
  addInvitations(app, deps);
  addPortalSignIn(app, deps, limiter);
  addPortalPages(app, deps, limiter);
  addWeb(app, deps);
  const enter = makeDoor(deps, limiter);
  for (const route of routes) addRoute(app, deps, enter, route);
  return app;
}

function textOf(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}

/** A caller's request id when it is safe to repeat in headers and logs. */
function requestIdOf(header: string | string[] | undefined): string | null {
  return typeof header === 'string' && /^[A-Za-z0-9._:-]{1,100}$/.test(header) ? header : null;
}

function addRoute(app: FastifyInstance, deps: ApiDeps, enter: Door, route: Route): void {
  app.route({
    method: route.method,
    url: route.path,
    bodyLimit: route.bodyLimit,
    exposeHeadRoute: false,
    // Before the body is read: a stranger's megabytes are not taken in.
    onRequest: async (request, reply) => {
      // Sentences come in the language of whoever asks.
      reply.header('vary', 'accept-language');
      await deps.keepTime?.();
      const caller = await enter(request, route);
      if ('ok' in caller) return refuse(request, reply, caller);
      request.caller = caller;
    },
    handler: async (request, reply) => {
      const { params, query, body, caller } = request;
      if (!caller) throw new Error('a route ran without a caller');
      const { cookie, 'last-event-id': lastEventId } = request.headers;
      const language = languageOfRequest(request);
      const asked = { params, query, body, caller, cookie, lastEventId: textOf(lastEventId), language };
      const answer = await runGuarded(deps, route, asked, request.headers['idempotency-key']);
      return 'ok' in answer ? refuse(request, reply, answer) : answerWith(reply, answer);
    },
  });
}

function answerWith(reply: FastifyReply, answer: Answer): FastifyReply {
  return reply
    .code(answer.status)
    .headers(answer.headers ?? {})
    .send(answer.body);
}

function notFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const allowed = allowedMethods(routes, request.url);
  if (allowed.length === 0) return refuse(request, reply, no('not_found'));
  return refuse(request, reply.header('allow', allowed.join(', ')), no('method_not_allowed'));
}

/** The one place where what was thrown becomes an answer; a bug is logged with its stack and answered without. */
function fail(deps: ApiDeps, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = failureOf(error);
  if (known) {
    if (known.status >= 500)
      deps.log.warn('request_unavailable', { requestId: request.id, error: String(error) });
    return refuse(request, reply, known);
  }
  const stack = error instanceof Error ? error.stack : String(error);
  deps.log.error('request_failed', { requestId: request.id, route: request.routeOptions.url, stack });
  return refuse(request, reply, no('internal'));
}

/** The route's pattern, not the address: addresses can hold names. */
function logRequest(deps: ApiDeps, request: FastifyRequest, reply: FastifyReply): void {
  deps.log.info('request', {
    requestId: request.id,
    method: request.method,
    route: request.routeOptions.url ?? null,
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime),
  });
}
