import type { FastifyReply, FastifyRequest } from 'fastify';
import { encode } from '../wire/json.ts';
import type { Language } from '../core/language.ts';
import { languageOf } from '../core/language.ts';
import { payeeRefusalWords } from '../core/payee-refusals.ts';
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
    .send(encode(problemOf(inOwnWords(request, refused), request.id)));
}

/** What the reader of this request understands. */
export function languageOfRequest(request: FastifyRequest): Language {
  return languageOf(request.headers['accept-language']);
}

/** Payees read every no in their own words and language; what is the team's or a program's stays as it is. */
function inOwnWords(request: FastifyRequest, refused: No): No {
  if (!request.url.startsWith('/api/payee/')) return refused;
  const words = payeeRefusalWords(refused.code, languageOfRequest(request));
  return words === null ? refused : { ...refused, message: words[0], action: words[1] };
}
