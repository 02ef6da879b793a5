import type { Payout, TriedBefore } from '../../client/types.ts';

/** What failed before for one reason and would be tried again. */
export type Tried = Pick<TriedBefore, 'code' | 'operator' | 'fix' | 'unmended' | 'count'>;

export function countOf(tried: readonly Tried[]): number {
  return tried.reduce((sum, { count }) => sum + count, 0);
}

/** Minor units by currency. */
export function totalsOf(tried: readonly Pick<TriedBefore, 'totals'>[]): Record<string, bigint> {
  const totals: Record<string, bigint> = {};
  for (const [currency, amount] of tried.flatMap((one) => Object.entries(one.totals)))
    totals[currency] = (totals[currency] ?? 0n) + BigInt(amount);
  return totals;
}

/** Those that would go where they failed and fail there again. */
export function unmendedOf<T extends Pick<Tried, 'unmended'>>(tried: readonly T[]): T[] {
  return tried.filter(({ unmended }) => unmended);
}

/** True for a payout that waits for its payee: nothing has been mended where it would go. */
export function isUnmended({ status, waitingOn, reason }: Payout): boolean {
  return (status === 'failed' || status === 'returned') && waitingOn === 'payee' && reason !== null;
}

/** Payouts by the reason they failed for, the most first. */
export function triedOf(payouts: readonly Payout[]): Tried[] {
  const groups = Map.groupBy(payouts, (payout) => `${payout.reason?.code} ${isUnmended(payout)}`);
  return [...groups.values()]
    .flatMap((of) => {
      const [first] = of;
      if (!first?.reason) return [];
      const { code, message: operator, fix } = first.reason;
      return [{ code, operator, fix, unmended: isUnmended(first), count: of.length }];
    })
    .toSorted((a, b) => b.count - a.count);
}
