import type { FastifyRequest } from 'fastify';
import type { Origin } from '../auth/caller.ts';

/** Longest user agent that goes on record. */
const userAgentCharsMax = 300;

/** Where a request comes from, for history. */
export function originOf(request: FastifyRequest): Origin {
  const userAgent = request.headers['user-agent']?.slice(0, userAgentCharsMax) ?? null;
  return { ip: request.ip, userAgent, requestId: request.id };
}
