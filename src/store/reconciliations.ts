import { sql } from 'kysely';
import type { Db } from './db.ts';
import { all, one, rowsOf, run } from './db.ts';
import { isDead } from './liveness.ts';
import type { Claim } from './submissions.ts';

export interface Discrepancy {
  readonly kind: string;
  readonly provider: string;
  readonly providerBatchId: string | null;
  readonly itemReference: string | null;
  readonly detail: string;
}

/** True for a run `r` that its holder is still at. */
function isHeld(takesOverDead: boolean, now: Date) {
  const dead = takesOverDead ? isDead('r.held_by') : sql`false`;
  return sql`(r.held_by is not null and r.held_until > ${now} and not ${dead})`;
}

/**
 * Begins a comparison of a batch; null while another one is under way. What a dead process holds is freed first. Of two that
 * begin at once the unique index of held runs lets one through.
 */
export async function startRun(
  tx: Db,
  publicId: string,
  batchId: bigint,
  claim: Claim,
  now: Date,
): Promise<bigint | null> {
  const until = new Date(now.getTime() + claim.leaseMs);
  const row = await one(
    tx,
    sql<{ id: bigint }>`with freed as (
        update reconciliation_run r set held_by = null, held_until = null
        where r.batch_id = ${batchId} and r.held_by is not null and not ${isHeld(claim.takesOverDead === true, now)}
        returning 1)
      insert into reconciliation_run (public_id, batch_id, started_at, held_by, held_until)
      select ${publicId}, ${batchId}, ${now}, ${claim.owner}, ${until} from (select count(*) from freed) done
      on conflict (batch_id) where held_by is not null do nothing returning id`,
  );
  return row?.id ?? null;
}

/** Holds a run for longer; false when it went to somebody else. */
export async function keepRun(tx: Db, id: bigint, claim: Claim, now: Date): Promise<boolean> {
  const until = new Date(now.getTime() + claim.leaseMs);
  const kept = await run(
    tx,
    sql`update reconciliation_run set held_until = ${until} where id = ${id} and held_by is not null`,
  );
  return kept > 0;
}

/** Lets go of a run that came to no end: it stays open and compares nothing. */
export async function leaveRun(tx: Db, id: bigint, gaveWay: boolean): Promise<void> {
  await run(
    tx,
    sql`update reconciliation_run set held_by = null, held_until = null, gave_way = ${gaveWay} where id = ${id}`,
  );
}

export async function recordDiscrepancies(
  tx: Db,
  runId: bigint,
  found: readonly Discrepancy[],
  now: Date,
): Promise<void> {
  if (found.length === 0) return;
  await sql`insert into discrepancy (run_id, kind, provider, provider_batch_id, item_reference, detail, found_at)
    select ${runId}, kind, provider, batch, item, detail, ${now} from ${rowsOf('i', found, {
      kind: ['text', (row) => row.kind],
      provider: ['text', (row) => row.provider],
      batch: ['text', (row) => row.providerBatchId],
      item: ['text', (row) => row.itemReference],
      detail: ['text', (row) => row.detail],
    })}`.execute(tx);
}

/** Writes what a comparison found; false, and nothing is written, when it went to somebody else. */
export async function finishRun(
  tx: Db,
  id: bigint,
  result: { checked: number; corrected: number; differences: number },
  now: Date,
): Promise<boolean> {
  const finished = await run(
    tx,
    sql`update reconciliation_run set finished_at = ${now}, checked = ${result.checked}, held_by = null, held_until = null,
      corrected = ${result.corrected}, differences = ${result.differences} where id = ${id} and held_by is not null`,
  );
  return finished > 0;
}

export interface RunRow {
  id: bigint;
  publicId: string;
  batchId: string;
  startedAt: Date;
  finishedAt: Date | null;
  checked: number;
  corrected: number;
  differences: number;
}

/** Reconciliations, newest first, of one batch or of all. */
export async function listRuns(
  db: Db,
  batchId: bigint | null,
  limit: number,
  before: bigint | null = null,
): Promise<RunRow[]> {
  return all(
    db,
    sql<RunRow>`select r.id, r.public_id as "publicId", b.public_id as "batchId", r.started_at as "startedAt",
        r.finished_at as "finishedAt", r.checked, r.corrected, r.differences
      from reconciliation_run r join payout_batch b on b.id = r.batch_id
      where (${batchId}::bigint is null or r.batch_id = ${batchId}) and (${before}::bigint is null or r.id < ${before}) order by r.id desc limit ${limit}`,
  );
}

export interface DiscrepancyRow extends Discrepancy {
  id: bigint;
  foundAt: Date;
}

/** Discrepancies, newest first. */
export async function listDiscrepancies(
  db: Db,
  limit: number,
  before: bigint | null,
): Promise<DiscrepancyRow[]> {
  return all(
    db,
    sql<DiscrepancyRow>`select id, kind, provider, provider_batch_id as "providerBatchId",
        item_reference as "itemReference", detail, found_at as "foundAt"
      from discrepancy where (${before}::bigint is null or id < ${before}) order by id desc limit ${limit}`,
  );
}

/** Asks for a reconciliation of a batch; the engine does it. */
export async function requestReconciliation(tx: Db, batchId: bigint, now: Date): Promise<void> {
  await run(tx, sql`update payout_batch set reconcile_requested_at = ${now} where id = ${batchId}`);
}

/** When the batch was last reconciled; null when it was not since it completed or since somebody asked. */
export async function reconciledAt(db: Db, batchId: bigint): Promise<Date | null> {
  const row = await one(
    db,
    sql<{ at: Date | null }>`select max(r.finished_at) as at from reconciliation_run r
      join payout_batch b on b.id = r.batch_id
      where b.id = ${batchId} and r.started_at >= greatest(b.completed_at, b.reconcile_requested_at)`,
  );
  return row?.at ?? null;
}

/** Who is compared again although nobody asked. */
interface Repeated {
  /** What was not compared since then, */
  readonly since: Date;
  /** as long as it was not compared so many days after it completed. */
  readonly forDays: number;
  /** What completed before is left alone: its provider may have forgotten it. */
  readonly completedAfter: Date;
}

export interface Unreconciled {
  id: bigint;
  publicId: string;
  provider: string;
  /** How often it was begun since it was last compared, without an answer of the provider. */
  unanswered: number;
  /** How often in a row it was left to who was reading it. */
  gaveWay: number;
}

/** Seconds until a batch is tried again that could not be compared: doubled with each try, */
const againAfterSeconds = 2;
/** up to six hours. */
const doublingsMax = 13;
const againAfterSecondsMax = 6 * 60 * 60;

/** Which batches are looked for. */
interface Sought {
  readonly batchId: bigint | null;
  readonly limit: number;
  readonly providers: readonly string[];
  readonly repeated: Repeated | null;
  readonly takesOverDead: boolean;
}

/**
 * Batches of these providers that completed, or were asked to be reconciled, and were not since; and those that are compared
 * again from time to time. One that is being compared is left out. What somebody asks for comes first, then what was tried
 * least: a batch of which a provider says nothing keeps nobody from being compared, and waits longer each time.
 */
export async function unreconciledBatches(
  db: Db,
  { batchId, limit, providers, repeated, takesOverDead }: Sought,
  now: Date,
): Promise<Unreconciled[]> {
  return all(
    db,
    sql<Unreconciled>`select b.id, b.public_id as "publicId", b.provider, u.unanswered,
        (select count(*)::int from reconciliation_run g where g.batch_id = b.id and g.gave_way and g.id > coalesce(
          (select max(o.id) from reconciliation_run o where o.batch_id = b.id and not o.gave_way), 0)) as "gaveWay"
      from payout_batch b
      cross join lateral (select count(*)::int as tries, (count(*) filter (where not r.gave_way))::int as unanswered,
          max(r.started_at) as last_at from reconciliation_run r
        where r.batch_id = b.id and r.finished_at is null and r.id > coalesce((select max(f.id) from reconciliation_run f
          where f.batch_id = b.id and f.finished_at is not null), 0)) u
      where (b.state = 'completed' or b.reconcile_requested_at is not null) and (${batchId}::bigint is null or b.id = ${batchId})
        and b.provider = any(${providers as string[]}::text[])
        and not exists (select 1 from reconciliation_run r where r.batch_id = b.id and ${isHeld(takesOverDead, now)})
        and not exists (select 1 from reconciliation_run r
          where r.batch_id = b.id and r.finished_at is not null and r.started_at >= greatest(b.completed_at, b.reconcile_requested_at,
            case when b.completed_at > ${repeated?.completedAfter ?? null}::timestamptz
              then least(${repeated?.since ?? null}::timestamptz,
                b.completed_at + make_interval(days => ${repeated?.forDays ?? 0})) end))
        and (u.tries = 0 or b.reconcile_requested_at > u.last_at or u.last_at + make_interval(secs =>
          least(${againAfterSeconds} * power(2, least(u.tries - 1, ${doublingsMax})), ${againAfterSecondsMax})) <= ${now})
      order by (b.reconcile_requested_at > coalesce(u.last_at, '-infinity')) is not true, u.tries, b.id limit ${limit}`,
  );
}
