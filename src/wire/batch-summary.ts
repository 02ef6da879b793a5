import { z } from 'zod';
import type { Bucket } from '../core/attempt.ts';
import type { TeamLanguage } from '../core/language.ts';
import { operatorReason } from '../core/operator-reasons.ts';
import { batchView, buckets } from './batches.ts';
import { bigCount, count, sum, sumsByCurrency } from './shapes.ts';

/** Items of a batch in one bucket and currency; amount in minor units. */
export interface SummaryFacts {
  readonly bucket: Bucket;
  readonly currency: string;
  readonly count: bigint;
  readonly amount: bigint;
}

type PerBucket<T> = Record<Bucket, T>;

const counts = perBucket(() => count);
const totals = {
  totals: z.strictObject(perBucket(() => z.union([sum, sumsByCurrency]))),
  totalsByCurrency: z.record(z.string(), z.strictObject(perBucket(() => sum)).meta({ id: 'BucketTotals' })),
};

export const summaryView = z
  .strictObject({
    id: z.string(),
    totalItems: count,
    ...counts,
    ...totals,
    reasons: z.array(
      z.strictObject({
        status: z.string(),
        code: z.string(),
        count: bigCount,
        operator: z.string(),
        fix: z.string(),
      }),
    ),
  })
  .meta({ id: 'BatchSummary' });

/** A batch of a list; its counts when they were asked for. */
export const listedBatchView = batchView
  .extend({ summary: z.strictObject({ ...counts, ...totals }).optional() })
  .meta({ id: 'ListedBatch' });

/**
 * Counts and totals of a batch. `totals` holds integers when the batch has one currency, else objects by currency;
 * `totalsByCurrency` is always there.
 */
export function presentSummary(
  batch: { publicId: string; totalItems: number },
  rows: readonly SummaryFacts[],
  reasons: readonly { state: string; code: string; count: bigint }[],
  language: TeamLanguage,
): z.output<typeof summaryView> {
  const currencies = [...new Set(rows.map((row) => row.currency))].sort();
  const amountOf = (bucket: Bucket, currency: string) =>
    rows.find((row) => row.bucket === bucket && row.currency === currency)?.amount ?? 0n;
  const only = currencies[0] ?? '';
  const countsNow = perBucket((bucket) =>
    rows.reduce((count, row) => count + (row.bucket === bucket ? Number(row.count) : 0), 0),
  );
  return {
    id: batch.publicId,
    totalItems: batch.totalItems,
    ...countsNow,
    totals: perBucket((bucket) =>
      currencies.length <= 1
        ? amountOf(bucket, only)
        : Object.fromEntries(currencies.map((currency) => [currency, amountOf(bucket, currency)])),
    ),
    totalsByCurrency: Object.fromEntries(
      currencies.map((currency) => [currency, perBucket((bucket) => amountOf(bucket, currency))]),
    ),
    reasons: reasons.map(({ state: status, code, count }) => {
      const { operator, fix } = operatorReason(code, language);
      return { status, code, count, operator, fix };
    }),
  };
}

function perBucket<T>(read: (bucket: Bucket) => T): PerBucket<T> {
  return Object.fromEntries(buckets.map((bucket) => [bucket, read(bucket)])) as PerBucket<T>;
}
