import type { PayoutDetails } from '../../client/types.ts';

/**
 * How much of a payment has come back and nobody has decided about, in minor units: what its parts brought to the payee, less
 * what was decided. `part-N` and `settled-N` are the kinds of postings by which the books say so.
 */
export function openPart(ledger: PayoutDetails['ledger']): bigint {
  return ledger
    .filter(({ account, kind }) => account === 'payee_available' && /^(part|settled)-\d+$/.test(kind))
    .reduce((open, { amount }) => open + BigInt(amount), 0n);
}
