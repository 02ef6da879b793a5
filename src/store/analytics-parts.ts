import { sql } from 'kysely';
import type { PayoutState } from '../core/payout.ts';
import type { AnalyticsScope } from './analytics.ts';
import { scoped } from './analytics.ts';
import type { Db } from './db.ts';
import { all } from './db.ts';

// What the payouts of a scope are made of. The same rows as the periods, along the index of ranges.

export interface ReasonCount {
  reason: string;
  state: 'failed' | 'returned';
  count: number;
}

/** Why payouts of the scope failed or came back, most first. */
export async function reasonCounts(db: Db, scope: AnalyticsScope, limit: number): Promise<ReasonCount[]> {
  return all(
    db,
    sql<ReasonCount>`select coalesce(x.reason_code, '') as reason, x.state::text as state, count(*)::int as count
      from (${scoped(scope)}) x where x.state in ('failed', 'returned') group by 1, 2 order by 3 desc, 1, 2 limit ${limit}`,
  );
}

/** States of payouts whose money was sent, wherever it is now; what waits and what was called off was not. */
const sentStates = [
  'sending',
  'sent',
  'held',
  'unclaimed',
  'completed',
  'failed',
  'returned',
] as const satisfies PayoutState[];

export interface MethodSum {
  method: string;
  currency: string;
  count: number;
  amount: bigint;
  completed: number;
  failed: number;
}

/** What was sent, counted and summed up by the type of method a payout is pinned to, else of its last attempt, and by currency; empty: of none. */
export async function methodSums(db: Db, scope: AnalyticsScope): Promise<MethodSum[]> {
  return all(
    db,
    // Looked up one by one: a join may read all attempts for the payouts of an hour.
    sql<MethodSum>`select coalesce(i.method, '') as method, i.currency, count(*)::int as count,
        sum(i.amount)::bigint as amount, count(*) filter (where i.state = 'completed')::int as completed,
        count(*) filter (where i.state in ('failed', 'returned'))::int as failed
      from (select x.currency, x.amount, x.state, (select m.type from payout_method m
          where m.id = coalesce(x.method_id, (select a.method_id from payout_attempt a
            where a.payout_id = x.id and a.ordinal = x.attempt_count))) as method
        from (${scoped(scope)}) x where x.state::text = any(${sentStates}::text[]) offset 0) i group by 1, 2 order by 3 desc, 1, 2`,
  );
}

export interface TopPayee {
  payeeId: string;
  name: string;
  currency: string;
  count: number;
  amount: bigint;
}

/** Of each currency the payees who were paid most. Amounts of two currencies are never compared. */
export async function topPayees(db: Db, scope: AnalyticsScope, each: number): Promise<TopPayee[]> {
  return all(
    db,
    sql<TopPayee>`with paid as (
        select x.payee_id, x.currency, count(*)::int as count, sum(x.amount)::bigint as amount
        from (${scoped(scope)}) x where x.state = 'completed' group by 1, 2),
      ranked as (select *, row_number() over (partition by currency order by amount desc, payee_id) as place from paid)
      select y.external_id as "payeeId", y.name, r.currency, r.count, r.amount
      from ranked r join payee y on y.id = r.payee_id where r.place <= ${each}
      order by r.currency, r.place`,
  );
}

export interface ProviderTimes {
  provider: string;
  count: number;
  meanSeconds: number;
  p50Seconds: number;
  p95Seconds: number;
}

/** Seconds from made to arrived, by who paid: the provider of the last attempt, `manual` by hand. */
export async function providerTimes(db: Db, scope: AnalyticsScope): Promise<ProviderTimes[]> {
  return all(
    db,
    sql<ProviderTimes>`select x.provider, count(*)::int as count, round(avg(x.seconds))::float8 as "meanSeconds",
        round((percentile_cont(0.5) within group (order by x.seconds))::numeric)::float8 as "p50Seconds",
        round((percentile_cont(0.95) within group (order by x.seconds))::numeric)::float8 as "p95Seconds"
      from (select extract(epoch from p.completed_at - p.created_at) as seconds,
          case when p.paid_by_hand_at is null then coalesce((select b.provider from payout_batch b
            where b.id = (select a.batch_id from payout_attempt a
              where a.payout_id = p.id and a.ordinal = p.attempt_count)), 'manual') else 'manual' end as provider
        from (${scoped(scope)}) p where p.state = 'completed' offset 0) x group by 1 order by 2 desc, 1`,
  );
}
