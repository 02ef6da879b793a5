import type { Bucket } from '../core/attempt.ts';
import { reasonFor } from '../core/reasons.ts';
import { buckets } from './batches.ts';

/** Items of a batch in one bucket and currency; amount in minor units. */
export interface SummaryFacts {
  readonly bucket: Bucket;
  readonly currency: string;
  readonly count: bigint;
  readonly amount: bigint;
}

type PerBucket<T> = Record<Bucket, T>;

/**
 * Counts and totals of a batch. `totals` holds integers when the batch has one currency, else objects by currency;
 * `totalsByCurrency` is always there.
 */
export function presentSummary(
  batch: { publicId: string; totalItems: number },
  rows: readonly SummaryFacts[],
  reasons: readonly { state: string; code: string; count: bigint }[],
) {
  const currencies = [...new Set(rows.map((row) => row.currency))].sort();
  const sum = (bucket: Bucket, currency: string) =>
    rows.find((row) => row.bucket === bucket && row.currency === currency)?.amount ?? 0n;
  const only = currencies[0] ?? '';
  const counts = perBucket((bucket) =>
    rows.reduce((count, row) => count + (row.bucket === bucket ? Number(row.count) : 0), 0),
  );
  return {
    id: batch.publicId,
    totalItems: batch.totalItems,
    ...counts,
    totals: perBucket((bucket) =>
      currencies.length <= 1
        ? sum(bucket, only)
        : Object.fromEntries(currencies.map((currency) => [currency, sum(bucket, currency)])),
    ),
    totalsByCurrency: Object.fromEntries(
      currencies.map((currency) => [currency, perBucket((bucket) => sum(bucket, currency))]),
    ),
    reasons: reasons.map(({ state, code, count }) => ({
      status: state,
      code,
      count,
      operator: reasonFor(code).operator,
      fix: reasonFor(code).fix,
    })),
  };
}

function perBucket<T>(read: (bucket: Bucket) => T): PerBucket<T> {
  return Object.fromEntries(buckets.map((bucket) => [bucket, read(bucket)])) as PerBucket<T>;
}
