import { usableUntil } from '../core/conversion.ts';
import type { Outcome } from '../core/refusal.ts';
import type { Conversion } from '../store/conversions.ts';
import type { ActionContext } from './context.ts';
import type { RequestInput } from './requests.ts';
import { planRequest } from './requests.ts';

/** What a request would be: amount and currency are what would be paid. */
export interface Quote {
  readonly amount: bigint;
  readonly currency: string;
  readonly earningCount: number;
  readonly recovered: bigint;
  readonly conversion: Conversion | null;
  /** When the rate is too old; null when nothing is converted. */
  readonly validUntil: Date | null;
}

/** What `requestPayout` would do now, with the same refusals; writes nothing. */
export async function quotePayout(ctx: ActionContext, input: RequestInput): Promise<Outcome<Quote>> {
  return planRequest(ctx, input, async (_tx, plan, settings) => {
    const { conversion, earnings, recovered } = plan;
    const { amount, currency } = conversion ?? plan;
    return {
      amount,
      currency,
      earningCount: earnings.length,
      recovered: recovered.reduce((sum, item) => sum + item.amount, 0n),
      conversion,
      validUntil: conversion && usableUntil(conversion.rateAt, settings.fxRateMaxAgeHours),
    };
  });
}
