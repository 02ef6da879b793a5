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
  if (caller.mustChangePassword === true) return no('password_change_required');
  if (!may(caller.role, route.right)) return no('forbidden');
  if (!inScope(caller.scope, route.path)) return no('out_of_scope');
  return route.stepUp === true ? notSteppedUp(caller, now) : null;
}

/** Why this caller must prove a second factor first, or null. Keys and the command line prove themselves with every call. */
export function notSteppedUp({ session }: Caller, now: Date): No | null {
  if (session === null || isFresh(session.steppedUpAt, now)) return null;
  return no(session.hasSecondFactor === false ? 'second_factor_missing' : 'step_up_required');
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
