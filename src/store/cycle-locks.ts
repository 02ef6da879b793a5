import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Db } from './db.ts';
import { all, one, run } from './db.ts';
import { isDead } from './liveness.ts';

/** How long a cycle stays locked when whoever locked it is never heard of again. */
const cycleLockMs = 15 * 60_000;
/** How long taking a lock waits for a holder whose last moment this is. */
const lockWaitMs = 1_000;

export type LockPurpose = 'process' | 'retry-failed' | 'payouts-retry';

/** A lock in the hands of whoever has its token. */
export interface HeldLock {
  readonly cycleId: bigint;
  readonly token: string;
}

export interface NewLock extends HeldLock {
  readonly ownerId: string;
  readonly ownerName: string;
  readonly purpose: LockPurpose;
  readonly holder: string | null;
  readonly requestScope: string | null;
  /** Also take a lock whose process is proven gone. */
  readonly takesOverDead: boolean;
}

export interface LockRow {
  cycleId: string;
  lockedBy: string;
  purpose: LockPurpose;
  requestScope: string | null;
  acquiredAt: Date;
  expiresAt: Date;
  /** Whole seconds since it was taken, and until it expires; at least 1. */
  secondsHeld: number;
  secondsLeft: number;
}

/**
 * Takes the lock of a cycle if nobody holds it, the last holder's time is over by the database's clock (the clock of a process
 * decides nothing), or its process is proven gone (`store/liveness.ts`). One statement, so of many only one succeeds; it first
 * looks without locking, because the row is locked while its holder prepares. Answers the lock that was there before, if any.
 * Throws 55P03 when it would have to wait.
 *
 * Taking over pays nobody twice, even if the proof were wrong. A holder begins the transaction that prepares by locking
 * its row and finding its token in it (`keepLock`), and a takeover changes both token and row. So either the takeover comes
 * first, and the old holder finds another token and writes nothing; or the old holder's transaction comes first, and the
 * takeover has to wait for the row until that is rolled back or committed – with the lock given back in the same commit. What
 * was committed is then found: under the same key as its answer, which is in that commit too, and under another one as the
 * active batch of the cycle, behind which a unique index stands.
 */
export async function takeLock(
  tx: Db,
  lock: NewLock,
): Promise<{ taken: boolean; lockedBy: string | null; expiresAt: Date | null }> {
  await sql`set local lock_timeout = ${sql.lit(`${lockWaitMs}ms`)}`.execute(tx);
  const row = await one(
    tx,
    sql<{ taken: boolean; lockedBy: string | null; expiresAt: Date | null }>`with
      took as (
        insert into cycle_lock as k (cycle_id, owner_id, owner_name, token, purpose, holder, request_scope, acquired_at,
          expires_at)
        select ${lock.cycleId}, ${lock.ownerId}, ${lock.ownerName}, ${lock.token}, ${lock.purpose}, ${lock.holder},
          ${lock.requestScope}, t.at, t.at + ${`${cycleLockMs} milliseconds`}::interval from (select clock_timestamp() as at) t
        where not exists (select 1 from cycle_lock k where k.cycle_id = ${lock.cycleId} and not ${isFree(lock)})
        on conflict (cycle_id) do update set owner_id = excluded.owner_id, owner_name = excluded.owner_name,
          token = excluded.token, purpose = excluded.purpose, holder = excluded.holder,
          request_scope = excluded.request_scope, acquired_at = excluded.acquired_at, expires_at = excluded.expires_at
        where ${isFree(lock)}
        returning 1)
      select exists (select 1 from took) as taken, k.owner_name as "lockedBy", k.expires_at as "expiresAt"
      from (select) nothing left join cycle_lock k on k.cycle_id = ${lock.cycleId}`,
  );
  return row ?? { taken: false, lockedBy: null, expiresAt: null };
}

function isFree(lock: NewLock): RawBuilder<unknown> {
  const over = sql`k.expires_at <= clock_timestamp()`;
  return lock.takesOverDead ? sql`(${over} or ${isDead('k.holder')})` : sql`(${over})`;
}

/**
 * True when the lock is still this one; then nobody takes it over before the transaction ends, however long it lasts.
 * False: it expired and was taken by somebody else.
 */
export async function keepLock(tx: Db, lock: HeldLock): Promise<boolean> {
  const row = await one(
    tx,
    sql<{
      n: number;
    }>`select 1 as n from cycle_lock where cycle_id = ${lock.cycleId} and token = ${lock.token} for update`,
  );
  return row !== undefined;
}

/** Gives the lock back; a lock that somebody else has taken since stays theirs. */
export async function releaseLock(db: Db, lock: HeldLock): Promise<void> {
  await run(db, sql`delete from cycle_lock where cycle_id = ${lock.cycleId} and token = ${lock.token}`);
}

/**
 * True for a lock `k` that somebody holds: it has not expired, and its process is not proven gone. This is what people and
 * programs are shown, so that nobody waits for the dead.
 */
export const isHeld = sql`(k.expires_at > clock_timestamp() and not ${isDead('k.holder')})`;

/** Ends every lock: for the only process of a database, when it starts, as whoever held one is gone. */
export async function endLocks(db: Db): Promise<void> {
  await run(db, sql`delete from cycle_lock`);
}

const columns =
  sql.raw(`c.public_id as "cycleId", k.owner_name as "lockedBy", k.purpose, k.request_scope as "requestScope",
  k.acquired_at as "acquiredAt", k.expires_at as "expiresAt",
  greatest(1, floor(extract(epoch from clock_timestamp() - k.acquired_at)))::int as "secondsHeld",
  greatest(1, ceil(extract(epoch from k.expires_at - clock_timestamp())))::int as "secondsLeft"`);

/** The lock of a cycle, also one whose time is over. */
export async function findLock(db: Db, cycleId: bigint): Promise<LockRow | undefined> {
  return one(
    db,
    sql<LockRow>`select ${columns} from cycle_lock k join cycle c on c.id = k.cycle_id where k.cycle_id = ${cycleId}`,
  );
}

/** True while somebody who lives holds the lock of a cycle, by the database's clock. */
export async function isCycleLocked(db: Db, cycleId: bigint): Promise<boolean> {
  const row = await one(
    db,
    sql<{ held: boolean }>`select exists (select 1 from cycle_lock k
      where k.cycle_id = ${cycleId} and ${isHeld}) as held`,
  );
  return row?.held === true;
}

/** Locks that are held now, the oldest first. */
export async function heldLocks(db: Db, limit: number): Promise<LockRow[]> {
  return all(
    db,
    sql<LockRow>`select ${columns} from cycle_lock k join cycle c on c.id = k.cycle_id
      where ${isHeld} order by k.acquired_at, k.cycle_id limit ${limit}`,
  );
}
