/** Least and largest amount of one payout, in minor units of whatever currency it is paid in. */
export interface PayoutLimits {
  readonly min: bigint;
  readonly max: bigint;
}

/**
 * Of earnings, oldest first, as many as one payout may pay after what is owed is taken off; the rest goes into the next one.
 * One that is too large by itself stays, so that it is refused with the limits.
 */
export function oldestWithin<T extends { readonly amount: bigint }>(
  earnings: readonly T[],
  owed: bigint,
  limits: PayoutLimits | undefined,
): readonly T[] {
  if (!limits) return earnings;
  let left = limits.max + owed;
  const fit = earnings.findIndex(({ amount }) => (left -= amount) < 0n);
  return fit < 0 ? earnings : earnings.slice(0, Math.max(fit, 1));
}

/** Says what is wrong with an amount; null: nothing. */
export function outsideLimits(amount: bigint, { min, max }: PayoutLimits): string | null {
  if (amount < min) return `${amount} is less than ${min}, the least amount of one payout in minor units.`;
  if (amount > max) return `${amount} is more than ${max}, the largest amount of one payout in minor units.`;
  return null;
}
