import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import { otherMethodCodes } from '../core/reasons.ts';
import { keyMarginMs } from '../core/submission.ts';
import type { Db } from './db.ts';
import { all, one } from './db.ts';
import type { NeedTimes } from './payout-needs.ts';
import { byHand, needed } from './payout-needs.ts';
import { payable } from './payable.ts';
import { settledAtText } from './settled.ts';
import { lookedAtMax } from './windows.ts';

// What needs a person, each by one look along an index at no more rows than a page may look at.

/** What of a heap is in one currency. Minor units. */
export interface HeapRow {
  currency: string;
  count: number;
  amount: bigint;
  oldestAt: Date;
  /** When the first of them ends by the clock. */
  dueAt: Date | null;
  /** There are more rows behind those that were looked at. */
  capped: boolean;
}

/** Rows `x` of `looked` (currency, amount, at, due, …) that match, by currency. */
async function heap(
  db: Db,
  looked: RawBuilder<unknown>,
  match: RawBuilder<unknown> = sql`true`,
): Promise<HeapRow[]> {
  return all(
    db,
    sql<HeapRow>`with l as materialized (${looked} limit ${lookedAtMax + 1})
      select x.currency, count(*)::int as count, sum(x.amount)::bigint as amount, min(x.at) as "oldestAt",
        min(x.due) as "dueAt", (select count(*) > ${lookedAtMax} from l) as capped
      from (select * from l limit ${lookedAtMax}) x where ${match} group by 1 order by 1`,
  );
}

const offWay = (state: string, due: RawBuilder<unknown> = sql`null::timestamptz`) => sql`
  select p.id, p.currency, p.amount, p.state_at as at, ${due} as due, p.kind, p.method_id, p.attempt_count,
    p.next_retry_at, p.payee_id, p.reason_code, p.hold_until, p.hold_reason, p.hand_exported_at
  from payout p where p.off_state = ${state}::payout_state order by p.off_state, p.id`;

/** What waits for approval. */
export async function approvalsHeap(db: Db): Promise<HeapRow[]> {
  return heap(db, offWay('pending_approval', sql`p.expires_at`));
}

/** What the clock declines before `until`. */
export async function expiringHeap(db: Db, until: Date): Promise<HeapRow[]> {
  return heap(
    db,
    sql`select p.currency, p.amount, p.state_at as at, p.expires_at as due from payout p
      where p.expires_at <= ${until} order by p.expires_at`,
  );
}

/** What failed and is not tried again by itself, or came back. What an earlier system did is only counted. */
export async function brokenHeap(db: Db, state: 'failed' | 'returned', times: NeedTimes): Promise<HeapRow[]> {
  return heap(db, offWay(state), needed(state, times));
}

/** How many of these can be paid again now, as their payees have another method in use or say that it is settled. */
export async function againNow(db: Db, state: 'failed' | 'returned', times: NeedTimes): Promise<number> {
  const row = await one(
    db,
    sql<{ count: number }>`select count(*)::int as count
      from (${offWay(state)} limit ${lookedAtMax}) x join payee y on y.id = x.payee_id
      join payout_method m on m.payee_id = y.id and m.is_default
      join payout_attempt a on a.payout_id = x.id and a.ordinal = x.attempt_count
      where (a.method_id <> m.id or exists (select 1 from payout p where p.id = x.id and ${sql.raw(settledAtText)} is not null))
        and x.reason_code = any(${otherMethodCodes}::text[])
        and ${needed(state, times)} and ${payable(times.now)}`,
  );
  return row?.count ?? 0;
}

/** Approved transfers that people make. */
export async function handHeap(db: Db): Promise<HeapRow[]> {
  return heap(db, offWay('approved'), byHand);
}

/** Approved payouts of providers that are not on hold: they are sent when somebody says so. */
export async function approvedHeap(db: Db, times: NeedTimes): Promise<HeapRow[]> {
  return heap(db, offWay('approved'), needed('approved_to_pay', times));
}

/** What is on hold until soon, waiting for approval or approved. */
export async function holdsHeap(db: Db, times: NeedTimes): Promise<HeapRow[]> {
  const ends = sql`p.hold_until`;
  const both = sql`select * from ((${offWay('approved', ends)} limit ${lookedAtMax})
    union all (${offWay('pending_approval', ends)} limit ${lookedAtMax})) o`;
  return heap(db, both, needed('holds_ending', times));
}

/** What nobody has claimed and the provider takes back soon. */
export async function unclaimedHeap(db: Db, times: NeedTimes): Promise<HeapRow[]> {
  return heap(db, offWay('unclaimed'), needed('unclaimed_ending', times));
}

/** Submissions of which nobody but a person can find out what became of them. */
export async function resolvableHeap(db: Db, now: Date): Promise<(HeapRow & { first: string })[]> {
  const keyOver = new Date(now.getTime() + keyMarginMs);
  return all(
    db,
    sql<
      HeapRow & { first: string }
    >`select x.currency, count(*)::int as count, sum(x.total)::bigint as amount,
        min(x.first_sent_at) as "oldestAt", null::timestamptz as "dueAt", false as capped,
        (array_agg(x.public_id order by x.id))[1] as first
      from (select * from submission where state in ('planned', 'sending', 'unknown') and state = 'unknown'
        order by next_action_at limit ${lookedAtMax}) x
      where (x.refused_at is not null or x.handed_over_at is not null or x.key_valid_until <= ${keyOver})
        and (x.lease_until is null or x.lease_until <= ${now}) group by 1 order by 1`,
  );
}

/** How many there are, up to a bound, and the oldest. */
export interface Tally {
  count: number;
  oldestAt: Date | null;
  capped: boolean;
}

async function tally(db: Db, looked: RawBuilder<unknown>): Promise<Tally> {
  const row = await one(
    db,
    sql<Tally>`select least(count(*), ${lookedAtMax})::int as count, min(x.at) as "oldestAt",
        count(*) > ${lookedAtMax} as capped from (${looked} limit ${lookedAtMax + 1}) x`,
  );
  return row ?? { count: 0, oldestAt: null, capped: false };
}

/** Newest differences that are looked at: what an older comparison found has been compared again since. */
const differencesMax = 1000;

/** What provider and Purser disagreed about when a batch was compared last. */
export async function openDifferences(db: Db): Promise<Tally> {
  return tally(
    db,
    // Looked up one by one: a join would read all comparisons.
    sql`select d.found_at as at from (select * from discrepancy order by id desc limit ${differencesMax}) d
      where d.run_id >= (select n.id from reconciliation_run n
        where n.batch_id = (select r.batch_id from reconciliation_run r where r.id = d.run_id)
          and n.finished_at is not null order by n.batch_id desc, n.id desc limit 1)`,
  );
}

/** Payout methods that nobody may be paid to, as their payees called a change not theirs. */
export async function frozenMethods(db: Db): Promise<Tally> {
  return tally(
    db,
    sql`select m.frozen_at as at from payout_method m where m.frozen_at is not null and m.retired_at is null
      order by m.id`,
  );
}

/** Open alerts of these kinds, or of all others. */
export async function alertsTally(db: Db, kinds: readonly string[], others: boolean): Promise<Tally> {
  return tally(
    db,
    sql`select opened_at as at from alert where closed_at is null
      and (kind = any(${kinds}::text[])) <> ${others}::boolean order by id`,
  );
}
