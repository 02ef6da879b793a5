import { z } from 'zod';
import type { PaidIn } from '../actions/conversions.ts';
import type { Quote } from '../actions/quotes.ts';
import { quotePayout } from '../actions/quotes.ts';
import type { RequestInput } from '../actions/requests.ts';
import type { Language } from '../core/language.ts';
import { teamLanguageOf } from '../core/language.ts';
import type { Outcome, RefusalCode } from '../core/refusal.ts';
import { requestBody } from '../wire/approvals.ts';
import { presentQuote, quoteView } from '../wire/conversions.ts';
import type { No } from '../wire/problem.ts';
import { anyId } from '../wire/text.ts';
import type { ApiDeps } from './deps.ts';
import { afterRaces } from './failure.ts';
import { payableBy } from './providers.ts';
import type { Answer } from './route.ts';
import { ok, route } from './route.ts';

/** What any call that asks for a payout can hear. */
export const askRefusals = [
  'payee_blocked',
  'payout_method_missing',
  'currency_not_taken',
  'amount_not_whole',
  'rate_missing',
  'rate_too_old',
  'rate_changed',
  'conversion_out_of_range',
  'amount_outside_limits',
] as const satisfies RefusalCode[];
export const requestRefusals = [
  ...askRefusals,
  'method_not_in_use',
  'nothing_earned',
  'currency_needed',
  'below_minimum',
  'request_in_flight_already',
] as const satisfies RefusalCode[];

interface Named {
  readonly payoutCurrency?: string | null | undefined;
  readonly rateId?: string | null | undefined;
}

/** In what a balance shall be paid, with the rules of the provider of the payee's method. */
export function paidInOf(deps: ApiDeps, { payoutCurrency, rateId }: Named): PaidIn {
  const payable = (type: string) => payableBy(deps, type);
  return { payoutCurrency: payoutCurrency ?? null, rateId: rateId ?? null, payable };
}

/** What a request or a quote asks for. */
export function requestOf(
  deps: ApiDeps,
  payee: string | bigint,
  body: z.output<typeof requestBody>,
): RequestInput {
  const { currency = null, method = null } = body;
  return { payee, currency, method, ...paidInOf(deps, body) };
}

function answerTo(quoted: Outcome<Quote>, language: Language): Answer | No {
  if (!quoted.ok) return quoted;
  const { conversion, ...quote } = quoted.value;
  const kept = conversion && {
    ...conversion,
    rateMantissa: conversion.mantissa,
    rateScale: conversion.scale,
  };
  return ok(presentQuote({ ...unconverted, ...kept, ...quote }, language));
}

const unconverted = {
  sourceCurrency: null,
  sourceAmount: null,
  spreadAmount: null,
  ratePublicId: null,
  rateMantissa: null,
  rateScale: null,
  rateSource: null,
  rateAt: null,
  rounding: null,
  spreadBps: null,
};

export const quoteRoutes = [
  route({
    method: 'POST',
    path: '/api/payee/payout-quote',
    right: 'self',
    summary: 'What a request of the payee who calls would pay now, and at which rate; writes nothing',
    answer: quoteView,
    refuses: ['payee_not_found', ...requestRefusals],
    body: requestBody,
    async handle(deps, { body, caller, language }) {
      if (caller.payeeId === null) throw new Error('a payee route ran without a payee');
      const input = requestOf(deps, caller.payeeId, body);
      return answerTo(await afterRaces(() => quotePayout(deps, input)), language);
    },
  }),
  route({
    method: 'POST',
    path: '/payees/:id/payout-quote',
    right: 'read',
    summary: 'What a request for a payee would pay now, and at which rate; writes nothing',
    answer: quoteView,
    refuses: ['payee_not_found', ...requestRefusals],
    params: z.object({ id: anyId }),
    body: requestBody,
    async handle(deps, { params: { id }, body, language }) {
      const input = requestOf(deps, id, body);
      return answerTo(await afterRaces(() => quotePayout(deps, input)), teamLanguageOf(language));
    },
  }),
];
