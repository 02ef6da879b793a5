/**
 * Currencies that a provider pays, each with the least amount it pays and counts in, in minor units: 1, or 100 where it takes
 * whole units of a currency with two decimals. Null: whatever is asked for, as a person pays by hand.
 */
export type PayableSteps = Readonly<Record<string, bigint>> | null;

/** The least amount in which a currency is paid; null when it is not paid at all. */
export function stepOf(steps: PayableSteps, currency: string): bigint | null {
  return steps === null ? 1n : (steps[currency] ?? null);
}

/** Candidates, with those that would be eligible but for their currency told apart: they are never sent, so never promised. */
export function withoutUntaken<Row extends { readonly currency: string; readonly status: string }>(
  rows: readonly Row[],
  stepsFor: (row: Row) => PayableSteps,
): (Omit<Row, 'status'> & { readonly status: Row['status'] | 'currency_not_taken' })[] {
  return rows.map((row) =>
    row.status === 'eligible' && stepOf(stepsFor(row), row.currency) === null
      ? { ...row, status: 'currency_not_taken' as const }
      : row,
  );
}
