import type { Payout } from '../../client/types.ts';
import { isUnmended } from '../batches/tried-before.ts';
import type { Deed, Looker } from './deeds.ts';
import { whyNotFor, whySkipped } from './deeds.ts';

/** Deeds that a list offers for many payouts. */
export const bulkDeeds = ['approve', 'retry', 'hold', 'cancel'] as const satisfies Deed[];
export type BulkDeed = (typeof bulkDeeds)[number];

/** What would be done to whom, before anything is. */
export interface BulkPlan {
  readonly able: readonly Payout[];
  /** Minor units by currency. */
  readonly totals: Readonly<Record<string, bigint>>;
  /** Who is passed over, by the key of the reason. */
  readonly skipped: ReadonlyMap<string, readonly Payout[]>;
}

export function planOf(deed: BulkDeed, payouts: readonly Payout[]): BulkPlan {
  const able: Payout[] = [];
  const skipped = new Map<string, Payout[]>();
  for (const payout of payouts) {
    const why = whySkipped(deed, payout);
    if (why === null) able.push(payout);
    else skipped.set(why, [...(skipped.get(why) ?? []), payout]);
  }
  return { able, totals: totalsOf(able), skipped };
}

/** The same without those that would fail again where they go. */
export function withoutUnmended(plan: BulkPlan): BulkPlan {
  const able = plan.able.filter((payout) => !isUnmended(payout));
  return { ...plan, able, totals: totalsOf(able) };
}

/** Sums per currency; currencies are never added. */
export function totalsOf(payouts: readonly Pick<Payout, 'amount' | 'currency'>[]): Record<string, bigint> {
  const totals: Record<string, bigint> = {};
  for (const { amount, currency } of payouts) totals[currency] = (totals[currency] ?? 0n) + BigInt(amount);
  return totals;
}

/** Why a deed is not offered for what is chosen; null: it is. */
export function whyNotBulk(deed: BulkDeed, payouts: readonly Payout[], looker: Looker): string | null {
  return whyNotFor(deed, looker) ?? (planOf(deed, payouts).able.length === 0 ? `why.none_${deed}` : null);
}
