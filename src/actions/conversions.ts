import { convert, decimalsOf, formatRate, rounding, usableUntil } from '../core/conversion.ts';
import type { PayableSteps } from '../core/payable.ts';
import { stepOf } from '../core/payable.ts';
import type { Outcome } from '../core/refusal.ts';
import { done, refuse } from '../core/refusal.ts';
import type { Settings } from '../core/settings.ts';
import type { Conversion } from '../store/conversions.ts';
import type { Db } from '../store/db.ts';
import type { RateRow } from '../store/fx-rates.ts';
import { rateAt } from '../store/fx-rates.ts';

/** In what a balance shall be paid. */
export interface PaidIn {
  /** Null: in the currency of the balance. */
  readonly payoutCurrency: string | null;
  /** The rate that was quoted: with another one nothing is written. */
  readonly rateId: string | null;
  /** What the payee's method takes. */
  readonly payable: PayableOf;
}

/** What the provider of a payout method pays; null where a person pays by hand, whatever the currency. */
type PayableOf = (methodType: string) => PayableSteps;

const asItIs: PaidIn = { payoutCurrency: null, rateId: null, payable: () => null };

/**
 * How an amount of a balance is converted, or null when it is paid as it is. Refused when the method does not take the
 * currency, or no rate that is young enough is on record for exactly this direction.
 */
export async function convertedFor(
  tx: Db,
  now: Date,
  settings: Settings,
  payee: { readonly methodType: string | null },
  balance: { readonly amount: bigint; readonly currency: string } & Partial<PaidIn>,
): Promise<Outcome<Conversion | null>> {
  const { amount, currency: from } = balance;
  const { payoutCurrency, rateId, payable } = { ...asItIs, ...balance };
  const to = payoutCurrency ?? from;
  const methodType = payee.methodType ?? '';
  const steps = payable(methodType);
  const step = stepOf(steps, to);
  if (step === null) {
    const taken = Object.keys(steps ?? {});
    return refuse('currency_not_taken', { method: methodType, currency: to, taken: taken.join(', ') });
  }
  if (to === from) {
    if (amount % step === 0n) return done(null);
    return refuse('amount_not_whole', {
      method: methodType,
      available: { [from]: amount },
      step: { [from]: step },
    });
  }
  const rate = await rateAt(tx, from, to, now);
  if (!rate) return refuse('rate_missing', { from, to });
  const known = { from, to, rateId: rate.publicId, rateAt: rate.at.toISOString(), rateSource: rate.source };
  const { fxRateMaxAgeHours: maxAgeHours, fxSpreadBps: spreadBps } = settings;
  if (usableUntil(rate.at, maxAgeHours) < now) return refuse('rate_too_old', { ...known, maxAgeHours });
  if (rateId !== null && rateId !== rate.publicId) return refuse('rate_changed', known);
  const paid = convert(amount, { from, to }, rate, { spreadBps, step });
  if (!paid) return refuse('conversion_out_of_range', { ...known, available: { [from]: amount } });
  return done({ ...keptOf(rate, amount), ...paid, step, spreadBps });
}

function keptOf(rate: RateRow, sourceAmount: bigint) {
  return {
    rateId: rate.id,
    ratePublicId: rate.publicId,
    mantissa: rate.mantissa,
    scale: rate.scale,
    rateSource: rate.source,
    rateAt: rate.at,
    rounding,
    sourceCurrency: rate.from,
    sourceExponent: decimalsOf(rate.from),
    sourceAmount,
    currency: rate.to,
    exponent: decimalsOf(rate.to),
  } as const;
}

/** A conversion as the audit trail tells it. */
export function conversionFacts(conversion: Conversion) {
  const { sourceAmount, sourceCurrency, rateSource, rateAt: at, spreadAmount } = conversion;
  const rate = formatRate(conversion);
  return { sourceAmount, sourceCurrency, rate, rateSource, rateAt: at.toISOString(), spreadAmount };
}
