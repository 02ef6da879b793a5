import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { keepEvent } from '../actions/provider-events.ts';
import { encode } from '../wire/json.ts';
import type { No } from '../wire/problem.ts';
import { no, problemOf, problemType } from '../wire/problem.ts';
import type { ApiDeps } from './deps.ts';
import type { Limiter } from './limits.ts';
import { addressBucket, usualLimits } from './limits.ts';

/** Largest event that is read, in bytes. */
const eventMaxBytes = 1024 * 1024;
/** Seconds after which a provider may send an event again that could not be checked. */
const retryAfterSeconds = 30;

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
    scope.post('/api/webhooks/paypal', { bodyLimit: eventMaxBytes }, async (request, reply) => {
      const refused = await receive(deps, request);
      return refused ? refuse(request, reply, refused) : { received: true };
    });
  });
}

function refuse(request: FastifyRequest, reply: FastifyReply, refused: No): FastifyReply {
  if (refused.retryAfter !== undefined) reply.header('retry-after', refused.retryAfter);
  return reply
    .code(refused.status)
    .type(problemType)
    .send(encode(problemOf(refused, request.id)));
}

async function receive(deps: ApiDeps, request: FastifyRequest): Promise<No | null> {
  await deps.keepTime?.();
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const verified = await verify(deps, { headers: plain(request.headers), body });
  if ('ok' in verified) return verified;
  const isNew = await keepEvent(deps, deps.provider.name, verified, body.toString('utf8'));
  deps.log.info('provider_event', {
    requestId: request.id,
    eventId: verified.eventId,
    type: verified.type,
    isNew,
  });
  return null;
}

async function verify(deps: ApiDeps, raw: Parameters<ApiDeps['provider']['verifyEvent']>[0]) {
  try {
    return (await deps.provider.verifyEvent(raw, deps.now())) ?? no('event_not_verified');
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
