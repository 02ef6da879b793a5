import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fastify } from 'fastify';
import { authenticate } from '../auth/keys.ts';
import type { Caller, Origin } from '../auth/caller.ts';
import { encode } from '../wire/json.ts';
import type { No } from '../wire/problem.ts';
import { no, problemOf, problemType } from '../wire/problem.ts';
import { barred } from './access.ts';
import { answerUnreadable } from './client-error.ts';
import type { ApiDeps } from './deps.ts';
import { failureOf, UnreadableError } from './failure.ts';
import { addHealth } from './health.ts';
import { allowedMethods } from './methods.ts';
import { addReference } from './reference.ts';
import type { Answer, Route } from './route.ts';
import { bodyMaxBytes } from './route.ts';
import { routes } from './routes.ts';
import { addSecurityHeaders } from './security-headers.ts';
import { addWebhooks } from './webhooks.ts';

/** Longest path parameter, in characters of the encoded address. */
const paramCharsMax = 2000;
/** Longest time a request may take to arrive. */
const requestMaxMs = 120_000;

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null;
  }
}

/** The HTTP server, not listening yet. */
export function buildApp(deps: ApiDeps): FastifyInstance {
  const app = fastify({
    logger: false,
    bodyLimit: bodyMaxBytes,
    requestTimeout: requestMaxMs,
    routerOptions: { maxParamLength: paramCharsMax },
    genReqId: (request) => requestIdOf(request.headers['x-request-id']) ?? deps.newId('rq'),
    clientErrorHandler: (error, socket) => answerUnreadable(error, socket, deps.newId('rq')),
    frameworkErrors: (error, request, reply) => void fail(deps, error, request, reply),
  });
  app.decorateRequest('caller', null);
  app.setReplySerializer((payload) => encode(payload));
  readJson(app);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    reply.header('cache-control', 'no-store');
  });
  app.addHook('onResponse', async (request, reply) => logRequest(deps, request, reply));
  app.setErrorHandler((error, request, reply) => fail(deps, error, request, reply));
  app.setNotFoundHandler((request, reply) => notFound(request, reply));
  addSecurityHeaders(app, deps.publicUrl);
  addHealth(app, deps);
  addReference(app, deps);
  addWebhooks(app, deps);
  for (const route of routes) addRoute(app, deps, route);
  return app;
}

/** A caller's request id when it is safe to repeat in headers and logs. */
function requestIdOf(header: string | string[] | undefined): string | null {
  return typeof header === 'string' && /^[A-Za-z0-9._:-]{1,100}$/.test(header) ? header : null;
}

/** JSON in strict UTF-8; an empty body is no body. */
function readJson(app: FastifyInstance): void {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (_request: unknown, body: Buffer) => {
      if (body.length === 0) return undefined;
      try {
        return JSON.parse(decoder.decode(body)) as unknown;
      } catch (error) {
        throw new UnreadableError('the body is not JSON in UTF-8', { cause: error });
      }
    },
  );
}

function addRoute(app: FastifyInstance, deps: ApiDeps, route: Route): void {
  app.route({
    method: route.method,
    url: route.path,
    bodyLimit: route.bodyLimit,
    exposeHeadRoute: false,
    // Before the body is read: a stranger's megabytes are not taken in.
    onRequest: async (request, reply) => {
      const caller = await callerOf(deps, request);
      if (!caller) return refuse(request, reply, no('unauthorized'));
      const refused = barred(caller, route, deps.now());
      if (refused) return refuse(request, reply, refused);
      request.caller = caller;
    },
    handler: async (request, reply) => {
      const { params, query, body, caller } = request;
      if (!caller) throw new Error('a route ran without a caller');
      const answer = await route.run(deps, { params, query, body, caller });
      return 'ok' in answer ? refuse(request, reply, answer) : answerWith(reply, answer);
    },
  });
}

/** Whoever proves to be somebody: by an API key, or by the cookie of a session. */
async function callerOf(deps: ApiDeps, request: FastifyRequest): Promise<Caller | null> {
  const origin = originOf(request);
  if (request.headers.authorization !== undefined)
    return authenticate(deps, request.headers.authorization, origin);
  for (const sessionOf of deps.sessions) {
    const caller = await sessionOf(request.headers.cookie, origin);
    if (caller) return caller;
  }
  return null;
}

/** Longest user agent that goes on record. */
const userAgentCharsMax = 300;

function originOf(request: FastifyRequest): Origin {
  const userAgent = request.headers['user-agent']?.slice(0, userAgentCharsMax) ?? null;
  return { ip: request.ip, userAgent, requestId: request.id };
}

function answerWith(reply: FastifyReply, answer: Answer): FastifyReply {
  return reply
    .code(answer.status)
    .headers(answer.headers ?? {})
    .send(answer.body);
}

/** The one place where a no becomes HTTP. */
function refuse(request: FastifyRequest, reply: FastifyReply, refused: No): FastifyReply {
  if (refused.status === 401) reply.header('www-authenticate', 'Bearer');
  if (refused.retryAfter !== undefined) reply.header('retry-after', refused.retryAfter);
  return reply
    .code(refused.status)
    .header('x-request-id', request.id)
    .type(problemType)
    .send(encode(problemOf(refused, request.id)));
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
