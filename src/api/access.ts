import type { Caller } from '../auth/caller.ts';
import { may } from '../core/roles.ts';
import type { No } from '../wire/problem.ts';
import { no } from '../wire/problem.ts';
import type { Route } from './route.ts';
import { adminPrefix } from './route.ts';

/** How long a proven second factor counts as fresh. */
export const stepUpMs = 10 * 60_000;

/** Why this caller may not call this route, or null. */
export function barred(caller: Caller, route: Route, now: Date): No | null {
  if (!may(caller.role, route.right)) return no('forbidden');
  if (!inScope(caller.scope, route.path)) return no('out_of_scope');
  if (route.stepUp === true && caller.session !== null && !isFresh(caller.session.steppedUpAt, now)) {
    return no('step_up_required');
  }
  return null;
}

/** A scope names the first parts of paths, such as `earnings`. */
function inScope(scope: readonly string[] | null, path: string): boolean {
  return scope === null || scope.includes(scopeOf(path));
}

/** The part of a route's path that a key's scope names: `earnings` of `/api/admin/earnings`, `sandbox` of `/api/sandbox/clock`. */
export function scopeOf(path: string): string {
  const below = path.startsWith(`${adminPrefix}/`)
    ? path.slice(adminPrefix.length)
    : path.slice('/api'.length);
  return below.split('/', 2)[1] ?? '';
}

function isFresh(at: Date | null, now: Date): boolean {
  return at !== null && now.getTime() - at.getTime() <= stepUpMs;
}
