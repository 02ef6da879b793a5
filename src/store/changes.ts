import { sql } from 'kysely';
import { isHeld } from './cycle-locks.ts';
import type { Db } from './db.ts';
import { all, one } from './db.ts';

/** Batches under way whose progress is told; more at once are told as "changed" only. */
const batchesShownMax = 50;
/** Newest alerts, locks and runs that are looked at for a change. */
const newestLookedAt = 200;
/** Newest payouts of one payee that are looked at for a change: what the first page of the portal shows. */
const ownPayoutsLookedAt = 20;
/** Deeds whose subjects are read at once; beyond it everything counts as changed. */
const subjectsReadMax = 1_000;

export interface LiveBatch {
  readonly id: string;
  readonly status: string;
  readonly processedItems: number;
  readonly totalItems: number;
  readonly pollVersion: number;
}

/** How far the database is, in one snapshot. Every field is compared with the one before, none means anything by itself. */
export interface Mark {
  readonly journal: string;
  readonly payoutEvent: string;
  readonly submissionEvent: string;
  readonly audit: string;
  readonly alerts: string;
  readonly locks: string;
  readonly runs: string;
  readonly float: string;
  readonly batches: readonly LiveBatch[];
  /** Transactions that were writing and had not ended: what they wrote may have lower ids than what is seen here. */
  readonly writing: readonly string[];
}

/**
 * Where the database stands. The tables that grow for ever are looked at by the last id of their key, so the cost does not
 * grow with them. Ids are given before a transaction commits; `writing` tells of those whose rows are still to appear.
 */
export async function readMark(db: Db): Promise<Mark> {
  const row = await one(
    db,
    sql<Omit<Mark, 'writing'> & { snapshot: string }>`select pg_current_snapshot()::text as snapshot,
      (select coalesce(max(id), 0)::text from journal) as journal,
      (select coalesce(max(id), 0)::text from payout_event) as "payoutEvent",
      (select coalesce(max(id), 0)::text from submission_event) as "submissionEvent",
      (select coalesce(max(id), 0)::text from audit_event) as audit,
      (select coalesce(md5(string_agg(concat_ws(' ', id, message), ',' order by id)), '') from
        (select id, message from alert where closed_at is null order by id desc limit ${newestLookedAt}) a) as alerts,
      (select coalesce(md5(string_agg(concat_ws(' ', cycle_id, acquired_at), ',' order by cycle_id)), '') from
        (select cycle_id, acquired_at from cycle_lock k where ${isHeld}
          order by cycle_id limit ${newestLookedAt}) k) as locks,
      (select concat_ws(' ', max(id), count(finished_at)) from
        (select id, finished_at from reconciliation_run order by id desc limit ${newestLookedAt}) r) as runs,
      (select coalesce(md5(string_agg(concat_ws(' ', provider, currency, available, pending), ','
        order by provider, currency)), '') from float_reading) as float,
      (select coalesce(json_agg(json_build_object('id', public_id, 'status', state, 'processedItems',
        total_items - open_items, 'totalItems', total_items, 'pollVersion', poll_version) order by id), '[]') from
        (select * from payout_batch where state in ('preparing', 'processing') order by id limit ${batchesShownMax}) b)
        as batches`,
  );
  if (!row) throw new Error('the database says nothing');
  const { snapshot, ...mark } = row;
  const writing = (snapshot.split(':')[2] ?? '').split(',').filter((id) => id !== '');
  return { ...mark, writing };
}

/** These batches as they are now. */
export async function batchesNow(db: Db, publicIds: readonly string[]): Promise<LiveBatch[]> {
  return all(
    db,
    sql<LiveBatch>`select public_id as id, state as status, total_items - open_items as "processedItems",
        total_items as "totalItems", poll_version::float8 as "pollVersion"
      from payout_batch where public_id = any(${publicIds}::text[]) order by payout_batch.id`,
  );
}

/** What deeds after this one were about; null when they are too many to read. */
export async function subjectsAfter(db: Db, auditId: string): Promise<string[] | null> {
  const rows = await all(
    db,
    sql<{ type: string; deeds: number }>`select subject_type as type, count(*)::int as deeds from
      (select subject_type from audit_event where id > ${auditId}::bigint order by id limit ${subjectsReadMax}) e
      group by subject_type`,
  );
  const deeds = rows.reduce((sum, row) => sum + row.deeds, 0);
  return deeds < subjectsReadMax ? rows.map((row) => row.type) : null;
}

/** What one payee could see, as fingerprints. */
export interface OwnMark {
  readonly payeeId: bigint;
  readonly payouts: string;
  readonly balance: string;
  readonly methods: string;
  readonly profile: string;
}

/** Fingerprints of what these payees can see of their own. */
export async function readOwnMarks(db: Db, payeeIds: readonly bigint[]): Promise<OwnMark[]> {
  return all(
    db,
    sql<OwnMark>`select y.id as "payeeId",
        (select coalesce(md5(string_agg(concat_ws(' ', id, version, state, state_at, hold_reason, hold_until), ','
          order by id)), '') from
          (select * from payout p where p.payee_id = y.id order by id desc limit ${ownPayoutsLookedAt}) p) as payouts,
        (select coalesce(md5(string_agg(concat_ws(' ', account, currency, amount, on_its_way, paid), ',' order by account, currency)), '')
          from balance b where b.owner_id = y.id) as balance,
        (select coalesce(md5(string_agg(concat_ws(' ', id, is_default, is_backup, retired_at, frozen_at, usable_from), ','
          order by id)), '') from payout_method m where m.payee_id = y.id) as methods,
        md5(concat_ws(' ', y.updated_at, y.status, y.hold_reason, y.hold_until)) as profile
      from payee y where y.id = any(${payeeIds}::bigint[])`,
  );
}
