import type { FastifyRequest } from 'fastify';
import type { No } from '../wire/problem.ts';
import { no } from '../wire/problem.ts';
import type { ApiDeps } from './deps.ts';

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * A no when a request that changes something was made by a page of somebody else. With `proof` it must say that it comes
 * from our own page, as browsers do: the cookie that carries it is sent along without the person's doing. Without it
 * (nothing but a body speaks for it) only a foreign page is turned away, so programs need no header.
 */
export function crossSite(deps: ApiDeps, request: FastifyRequest, proof: boolean): No | null {
  if (readingMethods.has(request.method)) return null;
  const { origin, host, 'sec-fetch-site': site } = request.headers;
  if (origin !== undefined) return isOwn(deps, origin, host) ? null : no('cross_site');
  if (typeof site === 'string') return site === 'same-origin' ? null : no('cross_site');
  return proof ? no('cross_site') : null;
}

/** The public address, or the one the browser itself believes to talk to, which no page of another site can choose. */
function isOwn({ people }: ApiDeps, origin: string, host: string | undefined): boolean {
  return origin === people.publicOrigin || (host !== undefined && URL.parse(origin)?.host === host);
}
