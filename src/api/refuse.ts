import type { FastifyReply, FastifyRequest } from 'fastify';
import { encode } from '../wire/json.ts';
import type { Language } from '../core/language.ts';
import { languageOf } from '../core/language.ts';
import { payeeRefusalWords } from '../core/payee-refusals.ts';
import { payeeFailedMoney } from '../core/payee-words.ts';
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
  if (words === null) return refused;
  const [message, action] = words;
  return { ...refused, message, action: [action, ...failedIn(request, refused)].join(' ') };
}

/** What seems to be there and is not asked for anew, as a payment that failed carries it. */
function failedIn(request: FastifyRequest, { details }: No): string[] {
  const inFailed = details?.['inFailed'];
  if (typeof inFailed !== 'object') return [];
  const language = languageOfRequest(request);
  return Object.entries(inFailed).map(([currency, amount]) =>
    payeeFailedMoney({ currency, amount, count: 1 }, language),
  );
}
