import type { FastifyRequest } from 'fastify';
import type { Caller } from '../auth/caller.ts';
import { authenticate } from '../auth/keys.ts';
import { may } from '../core/roles.ts';
import type { No } from '../wire/problem.ts';
import { no } from '../wire/problem.ts';
import { barred } from './access.ts';
import type { ApiDeps } from './deps.ts';
import type { Limiter } from './limits.ts';
import { addressBucket, isTrusted, tooMany, usualLimits } from './limits.ts';
import { originOf } from './origin.ts';
import { refusalRecorder, stranger } from './refusals.ts';
import type { Route } from './route.ts';
import { crossSite } from './same-origin.ts';

/** Lets a caller in to a route, or says why not; refusals go on record. */
export type Door = (request: FastifyRequest, route: Route) => Promise<Caller | No>;

export function makeDoor(deps: ApiDeps, limiter: Limiter): Door {
  const limits = { ...usualLimits, ...deps.limits };
  const record = refusalRecorder(deps);
  return async (request, route) => {
    const caller = await callerOf(deps, limiter, limits.failedKeys, request, route);
    const isKnown = !('ok' in caller);
    if (isKnown) request.askedBy = caller.actor;
    const foreign = isKnown && caller.session !== null ? crossSite(deps, request, true) : null;
    const refused = isKnown
      ? (foreign ??
        (await tooMany(limiter, limits, caller, route.method)) ??
        barred(caller, route, deps.people.now()))
      : caller;
    if (!refused) return caller;
    await record(isKnown ? caller.actor : stranger(originOf(request)), route, refused);
    return refused;
  };
}

/**
 * Whoever proves to be somebody: by an API key, or by the cookie of a session. A browser can be signed in to the team and
 * to the portal at once; who may call the route is the one that counts.
 */
async function callerOf(
  deps: ApiDeps,
  limiter: Limiter,
  failedKeysMax: number,
  request: FastifyRequest,
  route: Route,
): Promise<Caller | No> {
  const origin = originOf(request);
  const { authorization, cookie } = request.headers;
  if (authorization !== undefined) {
    const bucket = addressBucket('failed-keys', request.ip);
    const shut = isTrusted(deps, request) ? null : limiter.spent(bucket);
    if (shut) return shut;
    const caller = await authenticate(deps, authorization, origin);
    return caller ?? (await limiter.take(bucket, failedKeysMax)) ?? no('unauthorized');
  }
  let other: Caller | null = null;
  for (const sessionOf of deps.sessions) {
    const caller = await sessionOf(cookie, origin);
    if (caller && may(caller.role, route.right)) return caller;
    other ??= caller;
  }
  return other ?? no('unauthorized');
}
