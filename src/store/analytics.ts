import { sql } from 'kysely';
import type { PayoutState } from '../core/payout.ts';
import type { Db } from './db.ts';
import { all } from './db.ts';

/** Payouts made from a moment (included) to another (not), of one provider or of all, by a part of the calendar in UTC. */
export interface AnalyticsScope {
  readonly from: Date;
  readonly to: Date;
  readonly by: 'day' | 'week' | 'month';
  readonly provider: string | null;
}

/** The payouts of a scope, without those of an earlier system; the index of ranges leaves out what was made at other times. */
export function scoped({ from, to, by, provider }: AnalyticsScope) {
  const through =
    provider === null
      ? sql`true`
      : sql`exists (select 1 from payout_attempt a join payout_batch b on b.id = a.batch_id
          where a.payout_id = p.id and a.ordinal = p.attempt_count and b.provider = ${provider})`;
  return sql`select p.*, date_trunc(${by}, p.created_at, 'UTC') as period from payout p
    where p.created_at >= ${from} and p.created_at < ${to} and p.kind <> 'legacy' and ${through}`;
}

export interface StateSum {
  period: Date;
  state: PayoutState;
  currency: string;
  count: number;
  amount: bigint;
}

/** Counts and sums of minor units by period, state and currency. */
export async function stateSums(db: Db, scope: AnalyticsScope): Promise<StateSum[]> {
  return all(
    db,
    sql<StateSum>`select x.period, x.state, x.currency, count(*)::int as count, sum(x.amount)::bigint as amount
      from (${scoped(scope)}) x group by 1, 2, 3 order by 1, 2, 3`,
  );
}

export interface PeriodFacts {
  period: Date;
  retries: number;
  /** Seconds from made to arrived, of those that arrived; null when none has. */
  meanSeconds: number | null;
  p50Seconds: number | null;
  p95Seconds: number | null;
}

/** How often it was tried again, and how long it took, by period. */
export async function periodFacts(db: Db, scope: AnalyticsScope): Promise<PeriodFacts[]> {
  return all(
    db,
    sql<PeriodFacts>`select x.period, sum(greatest(x.attempt_count - 1, 0))::int as retries,
        round(avg(t.seconds))::float8 as "meanSeconds",
        round((percentile_cont(0.5) within group (order by t.seconds))::numeric)::float8 as "p50Seconds",
        round((percentile_cont(0.95) within group (order by t.seconds))::numeric)::float8 as "p95Seconds"
      from (${scoped(scope)}) x cross join lateral (select case when x.state = 'completed'
        then extract(epoch from x.completed_at - x.created_at) end as seconds) t
      group by 1 order by 1`,
  );
}
