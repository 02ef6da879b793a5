import { z } from 'zod';
import { payoutStates } from '../core/payout.ts';
import { count, currencyCode, moment, sum } from './shapes.ts';
import { text, time } from './text.ts';

export const analyticsQuery = z.object({
  from: time.optional(),
  to: time.optional(),
  by: z.enum(['day', 'week', 'month']).default('day'),
  provider: text(40).optional(),
});

const share = z.number().min(0).max(1).nullable();

const periodView = z
  .strictObject({
    period: moment.meta({ description: 'When it begins, in UTC; weeks begin on Monday' }),
    total: count,
    retries: count.meta({ description: 'Attempts after the first' }),
    successRate: share.meta({
      description: 'Of those that arrived, failed or came back; null when none has',
    }),
    failureRate: share,
    meanSeconds: count.nullable().meta({ description: 'From made to arrived' }),
    p50Seconds: count.nullable(),
    p95Seconds: count.nullable(),
    states: z.array(
      z.strictObject({ status: z.enum(payoutStates), currency: currencyCode, count, amount: sum }),
    ),
  })
  .meta({ id: 'AnalyticsPeriod' });

export const analyticsView = z
  .strictObject({ from: moment, to: moment, by: z.string(), periods: z.array(periodView) })
  .meta({ id: 'PayoutAnalytics' });

/** The same range, without its periods. */
export const analyticsPartsQuery = analyticsQuery.omit({ by: true });

export const analyticsPartsView = z
  .strictObject({
    from: moment,
    to: moment,
    reasons: z.array(
      z
        .strictObject({
          reason: z.string(),
          status: z.enum(['failed', 'returned']),
          words: z.string(),
          fix: z.string(),
          count,
        })
        .meta({ id: 'AnalyticsReason', description: 'Why they failed or came back, most first' }),
    ),
    methods: z.array(
      z
        .strictObject({
          method: z.string().nullable().meta({ description: 'Null: none is known' }),
          currency: currencyCode,
          count,
          amount: sum,
          completed: count,
          failed: count.meta({ description: 'Failed or came back' }),
        })
        .meta({ id: 'AnalyticsMethod' }),
    ),
    topPayees: z.array(
      z
        .strictObject({
          payeeId: z.string(),
          name: z.string(),
          currency: currencyCode,
          count,
          amount: sum,
        })
        .meta({ id: 'AnalyticsPayee', description: 'Of each currency the ten who were paid most' }),
    ),
    providers: z.array(
      z
        .strictObject({
          provider: z.string().meta({ description: '`manual`: paid by hand' }),
          count,
          meanSeconds: count,
          p50Seconds: count,
          p95Seconds: count,
        })
        .meta({ id: 'AnalyticsProvider', description: 'From made to arrived, of those that arrived' }),
    ),
  })
  .meta({ id: 'PayoutAnalyticsParts' });

interface StateFacts {
  readonly period: Date;
  readonly state: (typeof payoutStates)[number];
  readonly currency: string;
  readonly count: number;
  readonly amount: bigint;
}

interface PeriodFacts {
  readonly period: Date;
  readonly retries: number;
  readonly meanSeconds: number | null;
  readonly p50Seconds: number | null;
  readonly p95Seconds: number | null;
}

const shareDigits = 10_000;

/** One period with its states. What is on its way, waits or was called off counts for no rate. */
export function presentPeriod(
  facts: PeriodFacts,
  states: readonly StateFacts[],
): z.output<typeof periodView> {
  const countOf = (...wanted: string[]) =>
    states.reduce((total, row) => total + (wanted.includes(row.state) ? row.count : 0), 0);
  const ended = countOf('completed', 'failed', 'returned');
  const rate = (part: number) =>
    ended === 0 ? null : Math.round((part / ended) * shareDigits) / shareDigits;
  return {
    ...facts,
    total: states.reduce((total, row) => total + row.count, 0),
    successRate: rate(countOf('completed')),
    failureRate: rate(countOf('failed')),
    states: states.map(({ state: status, currency, count: n, amount }) => ({
      status,
      currency,
      count: n,
      amount,
    })),
  };
}
