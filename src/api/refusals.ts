import { callerOf, minuteOf, recordRefusal } from '../actions/refusals.ts';
import type { Actor } from '../core/actor.ts';
import type { Origin } from '../auth/caller.ts';
import type { No } from '../wire/problem.ts';
import type { ApiDeps } from './deps.ts';
import type { Route } from './route.ts';

/** Callers and routes of the present minute that this process remembers; beyond it the database is asked again. */
const rememberedMax = 10_000;

export type RefusalRecorder = (actor: Actor, route: Route, refused: No) => Promise<void>;

/**
 * Puts refused calls on record. What this process has noted in the present minute is not noted again, so a flood of bad
 * keys costs one write per minute. A record that fails is logged: the caller hears the refusal, not the failure.
 */
export function refusalRecorder(deps: ApiDeps): RefusalRecorder {
  let minute = 0;
  const noted = new Set<string>();
  return async (actor, { method, path }, { status, code }) => {
    const ctx = { ...deps, actor };
    const now = minuteOf(deps.now()).getTime();
    if (now !== minute) noted.clear();
    minute = now;
    const route = `${method} ${path}`;
    const key = `${callerOf(ctx)} ${route}`;
    if (noted.has(key)) return;
    if (noted.size < rememberedMax) noted.add(key);
    try {
      await recordRefusal(ctx, { route, status, code });
    } catch (error) {
      deps.log.error('refusal_not_recorded', { route, error: String(error) });
    }
  };
}

/** Whoever called without proving who they are. */
export function stranger(origin: Origin): Actor {
  return { kind: 'stranger', id: 'stranger', name: 'nobody known', ...origin };
}
