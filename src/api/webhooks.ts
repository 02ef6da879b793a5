import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { keepEvent } from '../actions/provider-events.ts';
import { encode } from '../wire/json.ts';
import type { No } from '../wire/problem.ts';
import { no, problemOf, problemType } from '../wire/problem.ts';
import type { ApiDeps, ApiProvider } from './deps.ts';
import type { Limiter } from './limits.ts';
import { addressBucket, usualLimits } from './limits.ts';

/** Largest event that is read, in bytes. */
const eventMaxBytes = 1024 * 1024;
/** Seconds after which a provider may send an event again that could not be checked. */
const retryAfterSeconds = 30;
/** Providers that send events. One that is not set up here can prove nothing, so its events are refused. */
const eventSources = ['paypal', 'stripe'] as const;

/**
 * Events of providers, without a key: their signature is the proof, made over the bytes as they came. A genuine event is
 * kept once and worked on later; the answer is the same when it comes again.
 */
export function addWebhooks(app: FastifyInstance, deps: ApiDeps, limiter: Limiter): void {
  const { events } = { ...usualLimits, ...deps.limits };
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) => body);
    // Before the body is read: a flood is not taken in.
    scope.addHook('onRequest', async (request, reply) => {
      const refused = await limiter.take(addressBucket('events', request.ip), events);
      if (refused) return refuse(request, reply, refused);
    });
    for (const name of eventSources) {
      scope.post(`/api/webhooks/${name}`, { bodyLimit: eventMaxBytes }, async (request, reply) => {
        const refused = await receive(deps, name, request);
        return refused ? refuse(request, reply, refused) : { received: true };
      });
    }
  });
}

function refuse(request: FastifyRequest, reply: FastifyReply, refused: No): FastifyReply {
  if (refused.retryAfter !== undefined) reply.header('retry-after', refused.retryAfter);
  return reply
    .code(refused.status)
    .type(problemType)
    .send(encode(problemOf(refused, request.id)));
}

async function receive(deps: ApiDeps, provider: string, request: FastifyRequest): Promise<No | null> {
  await deps.keepTime?.();
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const verified = await verify(deps, provider, { headers: plain(request.headers), body });
  if ('ok' in verified) return verified;
  const isNew = await keepEvent(deps, provider, verified, body.toString('utf8'));
  deps.log.info('provider_event', {
    requestId: request.id,
    provider,
    eventId: verified.eventId,
    type: verified.type,
    isNew,
    ...(verified.ignored ? { ignored: true } : {}),
  });
  return null;
}

async function verify(deps: ApiDeps, provider: string, raw: Parameters<ApiProvider['verifyEvent']>[0]) {
  try {
    const verified = await deps.providers.find(provider)?.verifyEvent(raw, deps.now());
    return verified ?? no('event_not_verified');
  } catch (error) {
    if (error instanceof Error && error.name === 'LookupFailedError') {
      return no('event_not_checked', { retryAfter: retryAfterSeconds });
    }
    throw error;
  }
}

function plain(headers: FastifyRequest['headers']): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}
