import type { ApiClient } from './client.ts';
import { counted } from '../core/words.ts';
import { ApiProblem, call } from './client.ts';
import type { Io } from './command.ts';
import { momentText } from './moment.ts';
import { totalsText } from './progress.ts';

/** A batch as the API shows it. */
export interface BatchView {
  readonly id: string;
  readonly cycleId: string | null;
  readonly status: string;
  readonly totalItems: number;
  readonly processedItems: number;
  readonly totalChunks: number;
  readonly completedChunks: number;
  readonly pollVersion: number;
  /** True when only items that the provider itself holds are left: waiting here longer tells nothing. */
  readonly resting?: boolean;
  readonly reconciledAt?: string | null;
}

export interface SummaryView {
  readonly id: string;
  readonly totalItems: number;
  readonly success: number;
  readonly failed: number;
  readonly unclaimed: number;
  readonly pending: number;
  readonly returned: number;
  readonly cancelled?: number;
  readonly totalsByCurrency: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly reasons?: readonly {
    status: string;
    code: string;
    count: number;
    operator: string;
    fix: string;
  }[];
}

export async function getBatch(api: ApiClient, id: string): Promise<BatchView> {
  return call(api, 'GET', `/api/admin/payout-batches/${encodeURIComponent(id)}`);
}

export async function getSummary(api: ApiClient, id: string): Promise<SummaryView> {
  return call(api, 'GET', `/api/admin/payout-batches/${encodeURIComponent(id)}/summary`);
}

/** What became since of what failed or came back in a batch. */
export interface SinceView {
  readonly paid: number;
  readonly underWay: number;
  readonly retriedByThemselves: number;
  readonly nextRetryAt: string | null;
  readonly capped: boolean;
}

/** Null when an older server answers. */
export async function getSince(api: ApiClient, id: string): Promise<SinceView | null> {
  try {
    return await call<SinceView>(api, 'GET', `/api/admin/payout-batches/${encodeURIComponent(id)}/since`);
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'not_found') return null;
    throw error;
  }
}

/** What is worth knowing before anything is tried again; the counts of the batch itself never change. */
export function sinceText(since: SinceView | null): string[] {
  if (since === null) return [];
  const { paid, underWay, retriedByThemselves, nextRetryAt, capped } = since;
  const atLeast = capped ? 'At least ' : '';
  return [
    ...(paid > 0 ? [`${atLeast}${paid} of these ${paid === 1 ? 'was' : 'were'} paid since.`] : []),
    ...(underWay > 0
      ? [`${atLeast}${underWay} of these ${underWay === 1 ? 'is' : 'are'} under way again.`]
      : []),
    ...(retriedByThemselves > 0
      ? [
          `${atLeast}${counted(retriedByThemselves, 'failed one is', 'failed ones are')} tried again by ${retriedByThemselves === 1 ? 'itself' : 'themselves'}${nextRetryAt === null ? '' : `, the next at ${momentText(nextRetryAt)}`}.`,
        ]
      : []),
  ];
}

/** The last line of `--json`: the same shape for pay, batch and retry-failed. */
export function summaryJson(batch: BatchView, summary: SummaryView): Record<string, unknown> {
  return {
    batchId: batch.id,
    cycleId: batch.cycleId,
    status: batch.status,
    totalItems: summary.totalItems,
    success: summary.success,
    failed: summary.failed,
    unclaimed: summary.unclaimed,
    pending: summary.pending,
    returned: summary.returned,
    totals: summary.totalsByCurrency,
  };
}

/** The buckets of a summary with the words people read. */
export const bucketWords = [
  ['success', 'Arrived'],
  ['failed', 'Failed'],
  ['unclaimed', 'Unclaimed'],
  ['pending', 'Pending'],
  ['returned', 'Came back'],
] as const;

type Bucket = (typeof bucketWords)[number][0];

/** What one bucket holds, per currency. */
export function bucketTotals(summary: Pick<SummaryView, 'totalsByCurrency'>, key: Bucket): string {
  const sums = Object.entries(summary.totalsByCurrency).map(([name, of]) => [name, of[key] ?? 0] as const);
  return totalsText(Object.fromEntries(sums.filter(([, amount]) => amount > 0)));
}

/** The summary in words, with reasons and where to look further. */
export function summaryText(batch: BatchView, summary: SummaryView): string[] {
  const lines = [
    `Batch ${batch.id}${batch.cycleId === null ? '' : ` of cycle ${batch.cycleId}`}: ${batch.status}`,
  ];
  for (const [key, label] of bucketWords) {
    const totals = summary[key] === 0 ? '' : bucketTotals(summary, key);
    lines.push(`  ${label.padEnd(10)} ${String(summary[key]).padStart(8)}   ${totals}`.trimEnd());
  }
  if (summary.cancelled) lines.push(`  ${'Cancelled'.padEnd(10)} ${String(summary.cancelled).padStart(8)}`);
  for (const reason of summary.reasons ?? []) {
    lines.push(`  ${reason.count} × ${reason.operator}`, `      ${reason.fix}`);
  }
  return lines;
}

/** Prints a batch and where to look further. */
export function printSummary(io: Io, batch: BatchView, summary: SummaryView, since: SinceView | null): void {
  for (const line of [...summaryText(batch, summary), ...sinceText(since)]) io.out(line);
  io.out('');
  io.out(`Every item:  purser export ${batch.id} --status all`);
  if (summary.failed > 0) io.out(`Try again:   purser retry-failed ${batch.id}`);
  if (summary.returned > 0) io.out('Came back:   mend the cause, then purser retry REFERENCE');
  io.out('One payout:  purser why REFERENCE');
}
