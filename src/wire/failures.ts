import { z } from 'zod';
import type { TeamLanguage } from '../core/language.ts';
import type { Totals } from '../core/money.ts';
import { addTo } from '../core/money.ts';
import { operatorReason } from '../core/operator-reasons.ts';
import { reasonCodeOf } from '../core/reasons.ts';
import { count, moment, sumsByCurrency } from './shapes.ts';

const retryableView = z
  .strictObject({
    batchId: z.string(),
    cycleId: z.string().nullable(),
    cycleName: z.string().nullable(),
    provider: z.string(),
    completedAt: moment.nullable(),
    failed: count.meta({ description: 'Failed in this batch and not moved on since' }),
    totals: sumsByCurrency,
    ready: count.meta({ description: 'Of these: nothing is in the way of a retry now' }),
    payees: count.meta({ description: 'Would fail again until their payees mend it' }),
    byItself: count.meta({ description: 'Tried again by themselves' }),
    kept: count.meta({ description: 'Cannot be paid now: a hold, a cool-off, a block, a debt or a doubt' }),
    retriedAs: z
      .string()
      .nullable()
      .meta({ description: 'The batch it was retried as: asked for again, that one is the answer' }),
    activeBatchId: z
      .string()
      .nullable()
      .meta({ description: 'A batch of its cycle that is under way: no other begins until it is over' }),
  })
  .meta({ id: 'RetryableBatch' });

const errorView = z
  .strictObject({
    code: z.string().meta({ examples: ['receiver_locked'] }),
    status: z.enum(['failed', 'returned']),
    provider: z.string(),
    operator: z.string(),
    fix: z.string(),
    count,
    totals: sumsByCurrency,
    lastAt: moment,
  })
  .meta({ id: 'RecentError' });

/** What failed and waits still. */
export const failuresView = z
  .strictObject({
    retryable: z.array(retryableView).meta({ description: 'Batches that are over, the newest first' }),
    errors: z.array(errorView).meta({ description: 'By reason, status and provider, the newest first' }),
    capped: z.boolean().meta({ description: 'There are more payouts than the newest that were looked at' }),
  })
  .meta({ id: 'Failures' });

interface Counted {
  readonly currency: string;
  readonly amount: bigint;
}

interface RetryableFacts extends Counted {
  readonly publicId: string;
  readonly cyclePublicId: string | null;
  readonly cycleName: string | null;
  readonly provider: string;
  readonly completedAt: Date | null;
  readonly retriedAs: string | null;
  readonly activeBatchId: string | null;
  readonly failed: number;
  readonly ready: number;
  readonly payees: number;
  readonly byItself: number;
  readonly kept: number;
}

/** One entry per batch, in the order of the rows. */
export function presentRetryable(rows: readonly RetryableFacts[]): z.output<typeof retryableView>[] {
  return [...Map.groupBy(rows, ({ publicId }) => publicId).values()].flatMap((of) => {
    const [first] = of;
    if (!first) return [];
    const sumOf = (name: 'failed' | 'ready' | 'payees' | 'byItself' | 'kept') =>
      of.reduce((sum, row) => sum + row[name], 0);
    const { publicId, cyclePublicId, cycleName, provider, completedAt, retriedAs, activeBatchId } = first;
    return [
      {
        batchId: publicId,
        cycleId: cyclePublicId,
        cycleName,
        provider,
        completedAt,
        failed: sumOf('failed'),
        totals: totalsOf(of),
        ready: sumOf('ready'),
        payees: sumOf('payees'),
        byItself: sumOf('byItself'),
        kept: sumOf('kept'),
        retriedAs,
        activeBatchId,
      },
    ];
  });
}

interface ErrorFacts extends Counted {
  readonly code: string | null;
  readonly state: 'failed' | 'returned';
  readonly provider: string;
  readonly count: number;
  readonly lastAt: Date;
}

/** One entry per reason, status and provider, whatever the currencies; the newest first. */
export function presentErrors(
  rows: readonly ErrorFacts[],
  language: TeamLanguage,
): z.output<typeof errorView>[] {
  const groups = Map.groupBy(rows, (row) => `${reasonCodeOf(row.code)} ${row.state} ${row.provider}`);
  return [...groups.values()].flatMap((of) => {
    const [newest] = of.toSorted((a, b) => b.lastAt.getTime() - a.lastAt.getTime());
    if (!newest) return [];
    const { code, state: status, provider, lastAt } = newest;
    const { operator, fix } = operatorReason(code, language);
    const many = of.reduce((sum, row) => sum + row.count, 0);
    const facts = { code: reasonCodeOf(code), status, provider, operator, fix };
    return [{ ...facts, count: many, totals: totalsOf(of), lastAt }];
  });
}

function totalsOf(rows: readonly Counted[]): Totals {
  const totals: Totals = {};
  for (const { currency, amount } of rows) addTo(totals, currency, amount);
  return totals;
}
