import type { Hash } from './ids.ts';

/** What an approver agrees to. Amount in minor units. */
export interface Approvable {
  readonly payeePublicId: string;
  readonly methodPublicId: string | null;
  readonly fingerprint: string | null;
  readonly amount: bigint;
  readonly currency: string;
  readonly version: number;
}

/**
 * SHA-256 over payee, method and the account behind it, amount, currency and version: the same for the same thing only. It
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
  ];
  return hash(fields.map((field) => `${field.length}:${field}`).join(''));
}
