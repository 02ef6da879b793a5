import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import { handMethods } from '../core/hand-transfer.ts';
import type { Db } from './db.ts';
import { all } from './db.ts';
import { doubted } from './doubts.ts';
import { owes } from './owed.ts';
import { payable } from './payable.ts';
import { isUnready } from './provider-accounts.ts';
import { unmended } from './unmended.ts';

// What failed and still waits. What was paid or is tried again is in no state that is looked at here, so history costs nothing.

/** Newest payouts of each state that are looked at. */
const failuresLookedAtMax = 2_500;

/** The newest payouts in a state that is off the way, without those of an earlier system; one more than are looked at. */
const newest = (state: 'failed' | 'returned') => sql`(select p.* from payout p
  where p.off_state = ${state}::payout_state and p.kind <> 'legacy' order by p.off_state desc, p.id desc limit ${failuresLookedAtMax + 1})`;

/** A batch that is over, and of what failed in it and has not moved on how much a retry meets. Amount in minor units. */
export interface RetryableBatch {
  publicId: string;
  cyclePublicId: string | null;
  cycleName: string | null;
  provider: string;
  completedAt: Date | null;
  /** It was retried already: asked for again, that one is the answer. */
  retriedAs: string | null;
  /** A batch of its cycle that is under way: until it is over no other begins. */
  activeBatchId: string | null;
  currency: string;
  failed: number;
  amount: bigint;
  /** Nothing is in the way of these now. */
  ready: number;
  /** These would fail again, until their payees mend it. */
  payees: number;
  /** These are tried again by themselves, at once or when a hold ends. */
  byItself: number;
  /** These cannot be paid now, nor are tried again by themselves: a hold, a block, a cool-off, a debt, another provider, or a doubt. */
  kept: number;
}

/** No retry is made of `p`: its payee owes, or it may have been paid after all. */
const stays = sql`(${doubted} or ${owes('p.payee_id', 'coalesce(p.source_currency, p.currency)')})`;

/**
 * A retry of `p` is planned, and nothing bars it: what only a hold or a cool-off keeps goes on when that ends. `off.tried` is the
 * method it failed with. `core/retry-ahead.ts` says the same in words.
 */
const goesOn = sql`(p.next_retry_at is not null and y.status = 'active' and m.frozen_at is null
  and m.type <> all(${handMethods}::text[]) and (p.kind = 'cycle' or m.id = off.tried)
  and not ${isUnready} and not ${stays})`;

/** What of payout `p` a retry meets, the first that is true. Payee `y`, method `m` in use, and batch `b` with its provider. */
function meets(now: Date): RawBuilder<unknown> {
  return sql`case when ${goesOn} then 'byItself'
    when ${unmended} then 'payees'
    when m.type = b.provider and ${payable(now)} and (p.method_id is null or p.method_id = m.id) and not ${stays} then 'ready'
    else 'kept' end`;
}

/** The newest batches with something that failed in them and waits, one row per currency. */
export async function retryableBatches(db: Db, now: Date, limit: number): Promise<RetryableBatch[]> {
  return all(
    db,
    // Looked up one by one: a join would read all attempts.
    sql<RetryableBatch>`with off as materialized (select a.batch_id, a.method_id as tried, l.id from (select * from ${newest('failed')} n limit ${failuresLookedAtMax}) l
        cross join lateral (select t.batch_id, t.method_id from payout_attempt t
          where t.payout_id = l.id and t.ordinal = l.attempt_count and t.state = 'failed' offset 0) a),
      top as materialized (select b.* from payout_batch b
        where b.id = any(array(select batch_id from off)) and b.state not in ('preparing', 'processing')
        order by b.id desc limit ${limit}),
      met as materialized (select off.batch_id, p.currency, p.amount, ${meets(now)} as meets
        from off join top b on b.id = off.batch_id
        cross join lateral (select * from payout where id = off.id offset 0) p
        join payee y on y.id = p.payee_id
        left join payout_method m on m.payee_id = y.id and m.is_default)
      select b.public_id as "publicId", c.public_id as "cyclePublicId", c.name as "cycleName", b.provider,
        b.completed_at as "completedAt",
        (select r.public_id from payout_batch r where r.retry_of = b.id and r.state <> 'cancelled') as "retriedAs",
        (select o.public_id from payout_batch o where o.cycle_id = b.cycle_id
          and o.state in ('preparing', 'processing')) as "activeBatchId",
        met.currency, count(*)::int as failed, sum(met.amount)::bigint as amount,
        count(*) filter (where met.meets = 'ready')::int as ready,
        count(*) filter (where met.meets = 'payees')::int as payees,
        count(*) filter (where met.meets = 'byItself')::int as "byItself",
        count(*) filter (where met.meets = 'kept')::int as kept
      from met join top b on b.id = met.batch_id left join cycle c on c.id = b.cycle_id
      group by b.id, b.public_id, c.public_id, c.name, b.provider, b.completed_at, b.cycle_id, met.currency
      order by b.id desc, met.currency`,
  );
}

/** What failed or came back for one reason through one provider and waits still. Amount in minor units. */
export interface ErrorRow {
  /** Null: none is known. */
  code: string | null;
  state: 'failed' | 'returned';
  /** The type of the method it went to. */
  provider: string;
  currency: string;
  count: number;
  amount: bigint;
  lastAt: Date;
}

/** By reason, state, provider and currency, the newest first. */
export async function newestErrors(db: Db): Promise<ErrorRow[]> {
  return all(
    db,
    sql<ErrorRow>`select x.code, x.state::text as state, x.provider, x.currency, count(*)::int as count,
        sum(x.amount)::bigint as amount, max(x.state_at) as "lastAt"
      from (select p.reason_code as code, p.state, p.currency, p.amount, p.state_at,
          (select m.type from payout_method m where m.id = coalesce(p.method_id, (select a.method_id from payout_attempt a
            where a.payout_id = p.id and a.ordinal = p.attempt_count))) as provider
        from ((select * from ${newest('failed')} f limit ${failuresLookedAtMax})
          union all (select * from ${newest('returned')} r limit ${failuresLookedAtMax})) p offset 0) x
      where x.provider is not null group by 1, 2, 3, 4 order by 7 desc, 1, 2, 3, 4`,
  );
}

/** True when there are more than are looked at. */
export async function hasMoreFailures(db: Db): Promise<boolean> {
  const [row] = await all(
    db,
    sql<{ capped: boolean }>`select (select count(*) from ${newest('failed')} f) > ${failuresLookedAtMax}
      or (select count(*) from ${newest('returned')} r) > ${failuresLookedAtMax} as capped`,
  );
  return row?.capped === true;
}
