import type { PayoutDetails } from '../../client/types.ts';

/**
 * How much of a payment has come back and nobody has decided about, in minor units of what was paid. `part-N` and `settled-N` are
 * the kinds of postings by which the books say so; a decision is about all that had come back by then.
 */
export function openPart(ledger: PayoutDetails['ledger']): bigint {
  const decided = ledger.findLastIndex(({ kind }) => /^settled-\d+$/.test(kind));
  return ledger
    .slice(decided + 1)
    .filter(({ account, kind }) => account === 'provider_float' && /^part-\d+$/.test(kind))
    .reduce((open, { amount }) => open - BigInt(amount), 0n);
}
