import { usableUntil } from '../core/conversion.ts';
import type { Outcome } from '../core/refusal.ts';
import type { Conversion } from '../store/conversions.ts';
import type { ActionContext } from './context.ts';
import { sumOf } from './request-write.ts';
import type { RequestInput } from './requests.ts';
import { planRequest } from './requests.ts';

/** What a request would be: amount and currency are what would be paid. */
export interface Quote {
  readonly amount: bigint;
  readonly currency: string;
  /** Of the balance it would leave: `gross`, `fee`, `net` and `recovered` are in it. */
  readonly balanceCurrency: string;
  readonly earningCount: number;
  readonly gross: bigint;
  readonly fee: bigint;
  /** Gross less fee. */
  readonly net: bigint;
  /** What is owed, and taken off `net`. */
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
    const net = sumOf(earnings);
    const fee = earnings.reduce((sum, item) => sum + item.fee, 0n);
    return {
      amount,
      currency,
      balanceCurrency: plan.currency,
      earningCount: earnings.length,
      gross: net + fee,
      fee,
      net,
      recovered: sumOf(recovered),
      conversion,
      validUntil: conversion && usableUntil(conversion.rateAt, settings.fxRateMaxAgeHours),
    };
  });
}
