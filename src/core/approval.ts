import { formatRate } from './conversion.ts';
import type { Hash } from './ids.ts';

/** What an approver agrees to. Amount in minor units. */
export interface Approvable {
  readonly payeePublicId: string;
  readonly methodPublicId: string | null;
  readonly fingerprint: string | null;
  readonly amount: bigint;
  readonly currency: string;
  readonly version: number;
  /** How it was converted; all null when it was not. */
  readonly sourceAmount: bigint | null;
  readonly sourceCurrency: string | null;
  readonly spreadAmount: bigint | null;
  readonly rateMantissa: bigint | null;
  readonly rateScale: number | null;
  readonly rateSource: string | null;
  readonly rateAt: Date | null;
}

/**
 * SHA-256 over payee, method and the account behind it, amount, currency, version and how it was converted: the same for the same thing only. It
 * finds changes made in good faith; it is no signature.
 */
export function approvalHash(payout: Approvable, hash: Hash): string {
  const { payeePublicId, methodPublicId, fingerprint, amount, currency, version } = payout;
  const fields = [
    payeePublicId,
    methodPublicId ?? '',
    fingerprint ?? '',
    amount.toString(),
    currency,
    `${version}`,
    ...conversionOf(payout),
  ];
  return hash(fields.map((field) => `${field.length}:${field}`).join(''));
}

function conversionOf(payout: Approvable): string[] {
  const { sourceAmount, sourceCurrency, spreadAmount, rateMantissa, rateScale, rateSource, rateAt } = payout;
  if (sourceCurrency === null) return [];
  const rate = rateMantissa === null ? '' : formatRate({ mantissa: rateMantissa, scale: rateScale ?? 0 });
  const amounts = [`${sourceAmount}`, sourceCurrency, `${spreadAmount}`];
  return [...amounts, rate, rateSource ?? '', rateAt?.toISOString() ?? ''];
}
