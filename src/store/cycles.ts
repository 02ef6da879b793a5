import { sql } from 'kysely';
import type { Db } from './db.ts';
import { isHeld } from './cycle-locks.ts';
import { all, one, rowsOf, run } from './db.ts';

export interface CycleRow {
  id: bigint;
  publicId: string;
  name: string;
  status: 'open' | 'closed';
  createdAt: Date;
  activeBatchId: string | null;
  activeBatchStartedBy: string | null;
  activeBatchStartedById: string | null;
  lastCompletedBatchId: string | null;
  /** Who is preparing a batch of it now, and when that lock ends at the latest. */
  lockedBy: string | null;
  lockExpiresAt: Date | null;
}

const columns = sql.raw(`c.id, c.public_id as "publicId", c.name, c.status, c.created_at as "createdAt",
  active.public_id as "activeBatchId", active.started_by as "activeBatchStartedBy",
  active.started_by_id as "activeBatchStartedById",
  (select b.public_id from payout_batch b where b.cycle_id = c.id and b.state = 'completed'
    order by b.id desc limit 1) as "lastCompletedBatchId",
  k.owner_name as "lockedBy", k.expires_at as "lockExpiresAt"`);
const from = sql`cycle c left join payout_batch active on active.cycle_id = c.id and active.state in ('preparing', 'processing')
  left join cycle_lock k on k.cycle_id = c.id and ${isHeld}`;

/** Creates the cycle unless it exists; answers true when it was created. */
export async function createCycle(tx: Db, publicId: string, name: string, now: Date): Promise<boolean> {
  const created = await run(
    tx,
    sql`insert into cycle (public_id, name, created_at) values (${publicId}, ${name}, ${now})
      on conflict (public_id) do nothing`,
  );
  return created === 1;
}

/** One cycle with its active and last completed batch. */
export async function findCycle(db: Db, publicId: string): Promise<CycleRow | undefined> {
  return one(db, sql<CycleRow>`select ${columns} from ${from} where c.public_id = ${publicId}`);
}

/** Who opened it, by the audit trail; null: it is not on record. */
export async function whoOpenedCycle(db: Db, publicId: string): Promise<string | null> {
  const found = await one(
    db,
    sql<{ name: string }>`select actor_name as "name" from audit_event
      where subject_type = 'cycle' and subject_id = ${publicId} and event = 'cycle.created' order by at, id limit 1`,
  );
  return found?.name ?? null;
}

/** Ids and status of the cycles with these public ids. */
export async function cyclesByPublicId(
  db: Db,
  publicIds: readonly string[],
): Promise<{ id: bigint; publicId: string; status: 'open' | 'closed' }[]> {
  return all(
    db,
    sql<{
      id: bigint;
      publicId: string;
      status: 'open' | 'closed';
    }>`select c.id, c.public_id as "publicId", c.status
      from ${rowsOf('i', publicIds, { public_id: ['text', (id) => id] })} join cycle c on c.public_id = i.public_id`,
  );
}

/** Serialises everything that prepares batches of one cycle, in whatever process. */
export async function lockCycle(tx: Db, cycleId: bigint): Promise<void> {
  await sql`select 1 from cycle where id = ${cycleId} for update`.execute(tx);
}

/** A page of cycles, newest first. */
export async function listCycles(db: Db, limit: number, before: bigint | null): Promise<CycleRow[]> {
  return all(
    db,
    sql<CycleRow>`select ${columns} from ${from}
      where (${before}::bigint is null or c.id < ${before}) order by c.id desc limit ${limit}`,
  );
}
