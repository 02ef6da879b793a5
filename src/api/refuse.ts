import type { FastifyReply, FastifyRequest } from 'fastify';
import { encode } from '../wire/json.ts';
import type { No } from '../wire/problem.ts';
import { problemOf, problemType } from '../wire/problem.ts';

/** The one place where a no becomes HTTP. */
export function refuse(request: FastifyRequest, reply: FastifyReply, refused: No): FastifyReply {
  request.problemCode = refused.code;
  if (refused.status === 401) reply.header('www-authenticate', 'Bearer');
  if (refused.retryAfter !== undefined) reply.header('retry-after', refused.retryAfter);
  return reply
    .code(refused.status)
    .header('x-request-id', request.id)
    .type(problemType)
    .send(encode(problemOf(refused, request.id)));
}
