import { sql } from 'kysely';
import type { Bucket } from '../core/attempt.ts';
import type { Db } from './db.ts';
import { all, one, run } from './db.ts';

type BatchState = 'preparing' | 'processing' | 'completed' | 'cancelled' | 'failed';

export interface BatchRow {
  id: bigint;
  publicId: string;
  cycleId: bigint | null;
  cyclePublicId: string | null;
  provider: string;
  state: BatchState;
  startedBy: string;
  /** Null: from before ids were kept. */
  startedById: string | null;
  notes: string | null;
  checksum: string;
  retryOf: string | null;
  totalItems: number;
  /** Items that are pending or held. */
  openItems: number;
  pollVersion: bigint;
  createdAt: Date;
  completedAt: Date | null;
}

const columns =
  sql.raw(`b.id, b.public_id as "publicId", b.cycle_id as "cycleId", c.public_id as "cyclePublicId",
  b.provider, b.state, b.started_by as "startedBy", b.started_by_id as "startedById", b.notes, b.checksum, source.public_id as "retryOf",
  b.total_items as "totalItems", b.open_items as "openItems", b.poll_version as "pollVersion", b.created_at as "createdAt",
  b.completed_at as "completedAt"`);
const from = sql.raw(
  `payout_batch b left join cycle c on c.id = b.cycle_id left join payout_batch source on source.id = b.retry_of`,
);

export interface NewBatch {
  readonly publicId: string;
  readonly cycleId: bigint | null;
  readonly provider: string;
  readonly startedBy: string;
  readonly notes: string | null;
  readonly retryOf: bigint | null;
  /** Id of whoever started it. */
  readonly startedById: string;
  /** Takes everything eligible of its cycle. */
  readonly wholeCycle: boolean;
  /** Checksum of the preview it was started from. */
  readonly requestChecksum: string | null;
}

/** Writes a batch in `preparing`. A second active batch of the cycle violates a unique index (23505). */
export async function insertBatch(tx: Db, batch: NewBatch, now: Date): Promise<bigint> {
  const row = await one(
    tx,
    sql<{
      id: bigint;
    }>`insert into payout_batch (public_id, cycle_id, provider, state, started_by, notes, checksum,
        retry_of, total_items, created_at, started_by_id, whole_cycle, request_checksum)
      values (${batch.publicId}, ${batch.cycleId}, ${batch.provider}, 'preparing', ${batch.startedBy}, ${batch.notes}, '',
        ${batch.retryOf}, 0, ${now}, ${batch.startedById}, ${batch.wholeCycle}, ${batch.requestChecksum}) returning id`,
  );
  if (!row) throw new Error('batch was not written');
  return row.id;
}

/** The batch is prepared: its items are counted, `openItems` of them to be sent. With none it is completed at once. */
export async function startBatch(
  tx: Db,
  batchId: bigint,
  batch: { checksum: string; totalItems: number; openItems: number },
  now: Date,
): Promise<void> {
  const changed = await run(
    tx,
    sql`update payout_batch set state = case when ${batch.openItems}::int = 0 then 'completed' else 'processing' end::batch_state,
        completed_at = case when ${batch.openItems}::int = 0 then ${now}::timestamptz end,
        checksum = ${batch.checksum}, total_items = ${batch.totalItems}, open_items = ${batch.openItems},
        poll_version = poll_version + 1
      where id = ${batchId} and state = 'preparing'`,
  );
  if (changed !== 1) throw new Error('batch is not being prepared');
}

/**
 * Something changed in the batch: readers see a higher version. `closed` attempts stopped being open (negative: some are
 * open again); with the last one the batch is completed. The row lock makes concurrent writers take turns. Answers whether
 * this completed it.
 */
export async function touchBatch(
  tx: Db,
  batchId: bigint,
  closed: number,
  now: Date,
): Promise<{ publicId: string; completed: boolean }> {
  const row = await one(
    tx,
    sql<{ publicId: string; state: BatchState }>`update payout_batch set poll_version = poll_version + 1,
        open_items = open_items - ${closed}::int,
        state = case when state = 'processing' and open_items = ${closed}::int then 'completed'
          when state = 'completed' and open_items > ${closed}::int then 'processing' else state end,
        completed_at = case when state = 'processing' and open_items = ${closed}::int then ${now}::timestamptz
          when state = 'completed' and open_items > ${closed}::int then null else completed_at end
      where id = ${batchId} returning public_id as "publicId", state`,
  );
  if (!row) throw new Error('batch does not exist');
  return { publicId: row.publicId, completed: closed > 0 && row.state === 'completed' };
}

/** How many attempts of a batch were cancelled, now or earlier. */
export async function countCancelled(tx: Db, batchId: bigint): Promise<number> {
  const row = await one(
    tx,
    sql<{
      n: bigint;
    }>`select count(*) as n from payout_attempt where batch_id = ${batchId} and state = 'cancelled'`,
  );
  return Number(row?.n ?? 0n);
}

/** Ends a batch whose every attempt was cancelled. */
export async function cancelBatch(tx: Db, batchId: bigint, now: Date): Promise<void> {
  await run(
    tx,
    sql`update payout_batch set state = 'cancelled', completed_at = ${now}, open_items = 0,
        poll_version = poll_version + 1
      where id = ${batchId} and state in ('preparing', 'processing')`,
  );
}

export async function findBatch(db: Db, publicId: string): Promise<BatchRow | undefined> {
  return one(db, sql<BatchRow>`select ${columns} from ${from} where b.public_id = ${publicId}`);
}

export async function batchPublicId(db: Db, id: bigint): Promise<string> {
  const row = await one(db, sql<{ id: string }>`select public_id as id from payout_batch where id = ${id}`);
  if (!row) throw new Error('batch does not exist');
  return row.id;
}

/** The batch that retries this one, if any is not cancelled. */
export async function findRetryOf(db: Db, batchId: bigint): Promise<BatchRow | undefined> {
  return one(
    db,
    sql<BatchRow>`select ${columns} from ${from} where b.retry_of = ${batchId} and b.state <> 'cancelled'`,
  );
}

/** The batch that was started from the preview with this checksum, if any is not cancelled. */
export async function findStartedFrom(
  db: Db,
  cycleId: bigint,
  checksum: string | null,
): Promise<BatchRow | undefined> {
  if (checksum === null) return undefined;
  return one(
    db,
    sql<BatchRow>`select ${columns} from ${from}
      where b.cycle_id = ${cycleId} and b.request_checksum = ${checksum} and b.state <> 'cancelled'`,
  );
}

/** When this caller last started a run of the whole cycle between the two moments. */
export async function lastWholeRun(
  db: Db,
  run: { cycleId: bigint; startedById: string },
  after: Date,
  before: Date,
): Promise<Date | undefined> {
  const row = await one(
    db,
    sql<{ at: Date }>`select created_at as at from payout_batch
      where cycle_id = ${run.cycleId} and started_by_id = ${run.startedById} and whole_cycle
        and created_at > ${after} and created_at < ${before}
      order by created_at desc limit 1`,
  );
  return row?.at;
}

/** The active batch of a cycle. */
export async function findActiveBatch(db: Db, cycleId: bigint): Promise<BatchRow | undefined> {
  return one(
    db,
    sql<BatchRow>`select ${columns} from ${from}
      where b.cycle_id = ${cycleId} and b.state in ('preparing', 'processing')`,
  );
}

/** Batches, newest first. */
export async function listBatches(
  db: Db,
  cycleId: bigint | null,
  limit: number,
  before: bigint | null,
): Promise<BatchRow[]> {
  return all(
    db,
    sql<BatchRow>`select ${columns} from ${from}
      where (${cycleId}::bigint is null or b.cycle_id = ${cycleId}) and (${before}::bigint is null or b.id < ${before})
      order by b.id desc limit ${limit}`,
  );
}

/** Batches that are being paid, oldest first. */
export async function activeBatches(db: Db, limit: number): Promise<BatchRow[]> {
  return all(
    db,
    sql<BatchRow>`select ${columns} from ${from} where b.state in ('preparing', 'processing')
      order by b.id limit ${limit}`,
  );
}

/** Batches that ended, the last one first. */
export async function lastBatches(db: Db, limit: number): Promise<BatchRow[]> {
  return all(
    db,
    sql<BatchRow>`select ${columns} from ${from} where b.state not in ('preparing', 'processing')
      order by b.id desc limit ${limit}`,
  );
}

/**
 * Is an item of the batch left that the provider has not looked at yet? Read from the end, where the last ones are sent
 * from, so that the answer is quick until there is none.
 */
export async function hasPending(db: Db, batchId: bigint): Promise<boolean> {
  const row = await one(
    db,
    sql<{ id: bigint }>`select id from payout_attempt where batch_id = ${batchId} and state = 'pending'
      order by id desc limit 1`,
  );
  return row !== undefined;
}

export interface SummaryRow {
  bucket: Bucket;
  currency: string;
  count: bigint;
  amount: bigint;
}

/** Counts and sums of a batch by bucket and currency; it is made of attempts, so a later batch never changes it. */
export async function batchSummary(db: Db, batchId: bigint): Promise<SummaryRow[]> {
  return batchSummaries(db, [batchId]);
}

/** The same of several batches in one statement. It reads each of their attempts once. */
export async function batchSummaries(
  db: Db,
  batchIds: readonly bigint[],
): Promise<(SummaryRow & { batchId: bigint })[]> {
  return all(
    db,
    sql<SummaryRow & { batchId: bigint }>`select batch_id as "batchId",
        case state when 'completed' then 'success' when 'held' then 'pending' else state::text end as bucket,
        currency, count(*) as count, sum(amount)::bigint as amount
      from payout_attempt where batch_id = any(${batchIds as bigint[]}::bigint[]) group by 1, 2, 3 order by 1, 2, 3`,
  );
}

/** Why items of a batch failed or came back: reason codes with counts, most first. */
export async function batchReasons(
  db: Db,
  batchId: bigint,
): Promise<{ state: string; code: string; count: bigint }[]> {
  return all(
    db,
    sql<{
      state: string;
      code: string;
      count: bigint;
    }>`select state::text as state, coalesce(reason_code, '') as code,
        count(*) as count from payout_attempt
      where batch_id = ${batchId} and state in ('failed', 'returned', 'unclaimed') group by 1, 2 order by 3 desc, 2`,
  );
}
