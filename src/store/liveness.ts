import { sql } from 'kysely';
import type { Db } from './db.ts';
import { one, run } from './db.ts';

/** First key of the advisory locks that say "this worker is alive". */
const livenessClass = 7_283_002;
/** How often a worker makes sure that it still holds its lock. */
const checkEveryMs = 5_000;
const retryMs = 1_000;

/** True when the process that this column names has no session any more: PostgreSQL ended its lock with it. */
export function isDead(column: 's.lease_owner' | 'k.holder' | 'r.held_by') {
  return sql`(${sql.ref(column)} is not null and not exists (select 1 from pg_locks l
    where l.locktype = 'advisory' and l.classid = ${sql.lit(livenessClass)}
      and l.database = (select oid from pg_database where datname = current_database())
      and l.objid::bigint = (hashtext(${sql.ref(column)})::bigint & 4294967295)))`;
}

/**
 * True for a leased submission `s` whose holder is gone. Taking over early is safe, as the fence stops a holder that lives
 * on after all; it only saves waiting for the lease.
 */
export const ownerIsDead = isDead('s.lease_owner');

/** Ends all leases and holds: for a process that owns the database alone, and so knows that every holder is gone. */
export async function endLeases(db: Db, now: Date): Promise<void> {
  await run(
    db,
    sql`update submission set lease_owner = null, lease_until = null, next_action_at = ${now} where lease_owner is not null`,
  );
  await run(
    db,
    sql`update reconciliation_run set held_by = null, held_until = null where held_by is not null`,
  );
}

/** How many processes say that they live in this database; a process that does not say it counts nothing. */
export async function othersAlive(db: Db): Promise<number> {
  const row = await one(
    db,
    sql<{ count: bigint }>`select count(*) as count from pg_locks where locktype = 'advisory' and granted
      and classid = ${livenessClass}::oid and database = (select oid from pg_database where datname = current_database())`,
  );
  return Number(row?.count ?? 0n);
}

/**
 * Holds this worker's lock in a session of its own until `signal` aborts, and takes it again after the database was away.
 * Resolves when the lock is held for the first time.
 */
export async function holdLiveness(db: Db, worker: string, signal: AbortSignal): Promise<void> {
  await new Promise<void>((held) => {
    void keep(db, worker, signal, held);
  });
}

async function keep(db: Db, worker: string, signal: AbortSignal, held: () => void): Promise<void> {
  while (!signal.aborted) {
    try {
      await db.connection().execute(async (session) => hold(session, worker, signal, held));
    } catch {
      // The database is away; whoever needs it says so. The lock is taken again when it is back.
      await pause(retryMs, signal);
    }
  }
  held();
}

async function hold(session: Db, worker: string, signal: AbortSignal, held: () => void): Promise<void> {
  await run(session, sql`select pg_advisory_lock(${livenessClass}::int, hashtext(${worker}))`);
  held();
  while (!signal.aborted) {
    await pause(checkEveryMs, signal);
    await run(session, sql`select 1`);
  }
  await run(session, sql`select pg_advisory_unlock(${livenessClass}::int, hashtext(${worker}))`);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((done) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), done()), { once: true });
  });
}
