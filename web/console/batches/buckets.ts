import type { BatchSummary } from '../../client/types.ts';

/** What can become of an item, in the order in which it is told. */
export const buckets = ['success', 'failed', 'unclaimed', 'pending', 'returned', 'cancelled'] as const;
export type Bucket = (typeof buckets)[number];

/** Good, wrong, waits for somebody else, under way, over. */
export const bucketColors: Readonly<Record<Bucket, string>> = {
  success: 'teal.7',
  failed: 'red.7',
  unclaimed: 'yellow.6',
  pending: 'sea.4',
  returned: 'red.4',
  cancelled: 'gray.5',
};

export type Counts = Pick<BatchSummary, Bucket | 'totalsByCurrency'>;

/** What a bucket comes to by currency; currencies with nothing in it are left out. */
export function bucketTotals({ totalsByCurrency }: Counts, bucket: Bucket): Record<string, number | string> {
  return Object.fromEntries(
    Object.entries(totalsByCurrency).flatMap(([currency, of]) =>
      BigInt(of[bucket]) === 0n ? [] : [[currency, of[bucket]] as const],
    ),
  );
}

/** All buckets together, by currency. */
export function wholeTotals({ totalsByCurrency }: Counts): Record<string, bigint> {
  return Object.fromEntries(
    Object.entries(totalsByCurrency).map(([currency, of]) => [
      currency,
      buckets.reduce((sum, bucket) => sum + BigInt(of[bucket]), 0n),
    ]),
  );
}

/** Those of a summary, also where nothing is in them, as nobody asks after what stands there; cancelled only where something was. */
export function shownBuckets(counts: Counts): readonly Bucket[] {
  return buckets.filter((bucket) => bucket !== 'cancelled' || counts.cancelled > 0);
}

/** The bucket of this name; everything else means all of them. */
export function bucketNamed(name: string | undefined): Bucket | 'all' {
  return buckets.find((bucket) => bucket === name) ?? 'all';
}

/** How many items a batch has, and how many of them nothing is awaited for any more. */
export function howFar(counts: Pick<BatchSummary, Bucket>): { done: number; total: number } {
  const total = buckets.reduce((sum, bucket) => sum + counts[bucket], 0);
  return { done: total - counts.pending, total };
}
