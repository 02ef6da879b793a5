/** Least and largest amount of one payout, in minor units of whatever currency it is paid in. */
export interface PayoutLimits {
  readonly min: bigint;
  readonly max: bigint;
}

/** Says what is wrong with an amount; null: nothing. */
export function outsideLimits(amount: bigint, { min, max }: PayoutLimits): string | null {
  if (amount < min) return `${amount} is less than ${min}, the least amount of one payout in minor units.`;
  if (amount > max) return `${amount} is more than ${max}, the largest amount of one payout in minor units.`;
  return null;
}
