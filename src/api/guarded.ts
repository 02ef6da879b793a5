import type { Caller } from '../auth/caller.ts';
import type { Language } from '../core/language.ts';
import type { No } from '../wire/problem.ts';
import { underCycleLock } from './cycle-lock.ts';
import type { ApiDeps } from './deps.ts';
import { keyOf, once, replayOf } from './idempotency.ts';
import type { Answer, Route } from './route.ts';

interface Asked {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly caller: Caller;
  readonly cookie: string | undefined;
  readonly language: Language;
  readonly lastEventId: string | undefined;
}

/**
 * Runs a route behind its guards, in this order: what was answered to the same key before; the lock of the cycle; then one
 * transaction around a keyed request. Only what is inside that transaction may use its database: the embedded one has a
 * single connection, so the lock is taken before and given back after it.
 */
export async function runGuarded(
  deps: ApiDeps,
  route: Route,
  asked: Asked,
  keyHeader: string | string[] | undefined,
): Promise<Answer | No> {
  return route.run(deps, asked, async (acting, lockOf, work) => {
    const keyed = keyOf(acting, route, asked, keyHeader);
    if (keyed && 'ok' in keyed) return keyed;
    const replayed = keyed && (await replayOf(acting.db, keyed));
    if (replayed) return replayed;
    return underCycleLock(acting, await lockOf(), keyed?.scope ?? null, (locked) =>
      keyed ? once(locked, keyed, work) : work(locked),
    );
  });
}
