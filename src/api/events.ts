import type { Caller } from '../auth/caller.ts';
import { may } from '../core/roles.ts';
import type { Right } from '../core/roles.ts';
import { findKey } from '../store/keys.ts';
import { eventStreamType } from '../wire/events.ts';
import type { No, ProblemCode } from '../wire/problem.ts';
import type { ApiDeps } from './deps.ts';
import { payeeOf } from './payee-self.ts';
import type { Answer } from './route.ts';
import { ok, route } from './route.ts';

const refuses = ['too_many_streams', 'streams_full'] as const satisfies ProblemCode[];
/** Longest id of an event that is compared. */
const eventIdCharsMax = 100;

export const eventRoutes = [
  route({
    method: 'GET',
    path: '/events',
    right: 'read',
    summary:
      'Tells at once that something changed, as server-sent events, for as long as the connection lasts',
    answer: { contentType: eventStreamType },
    refuses,
    handle: (deps, call) => listen(deps, call, null, 'read'),
  }),
  route({
    method: 'GET',
    path: '/api/payee/events',
    right: 'self',
    summary: 'Tells the payee who calls at once that something of theirs changed, as server-sent events.',
    answer: { contentType: eventStreamType },
    refuses,
    handle: (deps, call) => listen(deps, call, payeeOf(call.caller), 'self'),
  }),
];

interface Asking {
  readonly caller: Caller;
  readonly cookie: string | undefined;
  readonly lastEventId: string | undefined;
}

async function listen(
  deps: ApiDeps,
  { caller, cookie, lastEventId }: Asking,
  payeeId: bigint | null,
  right: Right,
): Promise<Answer | No> {
  if (!deps.live) throw new Error('a route that tells ran without anything to tell');
  const { kind, id } = caller.actor;
  const stream = await deps.live.listen({
    caller: `${kind}:${id}`,
    payeeId,
    lastEventId: lastEventId?.slice(0, eventIdCharsMax) ?? null,
    stillMay: () => stillMay(deps, caller, cookie, right),
  });
  if ('ok' in stream) return stream;
  return ok(stream, {
    'content-type': `${eventStreamType}; charset=utf-8`,
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
    // A stream that ended leaves nothing behind that a server which stops would wait for.
    connection: 'close',
  });
}

/** True while whoever opened the stream is let in as they were: signed in or with a living key, in the same role. */
async function stillMay(
  deps: ApiDeps,
  caller: Caller,
  cookie: string | undefined,
  right: Right,
): Promise<boolean> {
  await deps.keepTime?.();
  if (caller.actor.kind === 'key') return isKeyAlive(deps, caller);
  if (caller.session === null) return true;
  for (const sessionOf of deps.sessions) {
    const now = await sessionOf(cookie, caller.actor);
    if (now?.session?.id !== caller.session.id) continue;
    return now.role === caller.role && may(now.role, right) && now.mustChangePassword !== true;
  }
  return false;
}

async function isKeyAlive(deps: ApiDeps, { actor, role }: Caller): Promise<boolean> {
  const key = await findKey(deps.db, actor.id);
  if (!key || key.revokedAt !== null || key.role !== role) return false;
  return key.expiresAt === null || key.expiresAt > deps.now();
}
