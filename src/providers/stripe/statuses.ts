import type { ItemStatus } from '../../core/attempt.ts';

/** Where the money of a transfer is. Amounts in the same unit. */
interface TransferMoney {
  readonly amount: bigint;
  /** null: Stripe did not say. */
  readonly reversed: bigint | null;
  /** Stripe's own word for "all of it came back". */
  readonly isReversed: boolean;
}

/**
 * A transfer has no status: that it exists says that the money moved. What came back decides the rest. `raw` is our wording
 * of it, as Stripe has none.
 */
export function statusOf({ amount, reversed, isReversed }: TransferMoney): {
  status: ItemStatus;
  raw: 'paid' | 'partly_reversed' | 'reversed';
} {
  const all = isReversed || (reversed !== null && reversed >= amount);
  if (all) return { status: 'returned', raw: 'reversed' };
  if (reversed !== null && reversed > 0n) return { status: 'completed', raw: 'partly_reversed' };
  return { status: 'completed', raw: 'paid' };
}
