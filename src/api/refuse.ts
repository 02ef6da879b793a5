import type { FastifyReply, FastifyRequest } from 'fastify';
import { encode } from '../wire/json.ts';
import type { Language } from '../core/language.ts';
import { languageOf, teamLanguageOf } from '../core/language.ts';
import { payeeFaultIn } from '../core/payee-fault-words.ts';
import { payeeRefusalWords } from '../core/payee-refusals.ts';
import { payeeFailedMoney } from '../core/payee-words.ts';
import type { No } from '../wire/problem.ts';
import { problemOf, problemType } from '../wire/problem.ts';
import { inTeamWords } from '../wire/problem-words.ts';

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

/** Payees read every no in their own words, everybody else in those of the team, each in their language; a program that names none reads English. */
function inOwnWords(request: FastifyRequest, refused: No): No {
  const language = languageOfRequest(request);
  const isPayees = request.url.startsWith('/api/payee/');
  const words = isPayees ? payeeRefusalWords(refused.code, language) : null;
  if (words === null) return inTeamWords(refused, teamLanguageOf(language));
  const [message, action] = words;
  const errors = (refused.errors ?? []).map((one) => ({
    path: one.path,
    message: payeeFaultIn(one.message, language),
  }));
  return {
    ...refused,
    errors,
    message,
    action: [action, ...failedIn(request, refused)].join(' '),
  };
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
