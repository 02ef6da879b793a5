/**
 * Currencies that a provider pays, each with the least amount it pays and counts in, in minor units: 1, or 100 where it takes
 * whole units of a currency with two decimals. Null: whatever is asked for, as a person pays by hand.
 */
export type PayableSteps = Readonly<Record<string, bigint>> | null;

/** The least amount in which a currency is paid; null when it is not paid at all. */
export function stepOf(steps: PayableSteps, currency: string): bigint | null {
  return steps === null ? 1n : (steps[currency] ?? null);
}
