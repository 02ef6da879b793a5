import { sql } from 'kysely';
import { mask } from '../core/mask.ts';
import { accountOf } from '../core/payout-method.ts';
import type { Db } from './db.ts';
import { all, one, rowsOf, run, transaction } from './db.ts';
import { sealedText } from './payout-methods.ts';
import type { DbVault } from './vault.ts';

/** Payees whose methods one transaction seals. */
const payeesPerSetMax = 1000;
/** Processes that start at once wait for each other on this number. */
const sealLockKey = 7_283_004;

interface PlainRow {
  id: bigint;
  methodPublicId: string;
  payeeId: bigint;
  type: string;
  kind: string;
  destination: string;
  isDefault: boolean;
}

/**
 * Seals the addresses of methods that were stored before sealing came, in sets, each for good; then rewrites the table,
 * as a changed row leaves its old version behind, and marks that nothing is left by validating the check. A process that
 * dies in between leaves the rest to the next start. Answers how many were sealed.
 */
export async function sealStored(db: Db, vault: DbVault): Promise<number> {
  if (await isDone(db)) return 0;
  // A session of its own holds the lock, as the rewrite cannot run in a transaction.
  return db.connection().execute(async (session) => {
    await sql`select set_config('lock_timeout', '0', false), set_config('statement_timeout', '0', false)`.execute(
      session,
    );
    await sql`select pg_advisory_lock(${sealLockKey})`.execute(session);
    try {
      return (await isDone(session)) ? 0 : await sealAll(session, vault);
    } finally {
      await sql`select pg_advisory_unlock(${sealLockKey})`.execute(session);
      await sql`reset lock_timeout`.execute(session);
      await sql`reset statement_timeout`.execute(session);
    }
  });
}

async function isDone(db: Db): Promise<boolean> {
  const row = await one(
    db,
    sql<{
      done: boolean;
    }>`select convalidated as done from pg_constraint where conname = 'payout_method_is_sealed'
      and conrelid = 'payout_method'::regclass`,
  );
  return row?.done === true;
}

async function sealAll(session: Db, vault: DbVault): Promise<number> {
  let total = 0;
  for (let after = 0n; ;) {
    const set = await transaction(session, (tx) => sealSet(tx, vault, after));
    if (!set) break;
    total += set.count;
    after = set.lastPayee;
  }
  if (total > 0 || (await hasRows(session))) await rewrite(session);
  await sql`alter table payout_method validate constraint payout_method_is_sealed`.execute(session);
  return total;
}

/**
 * Writes the table anew from the rows that live. `vacuum full` would carry old versions along while anybody's older
 * snapshot, a routine `analyze` of the server among them, might still look at them; a changed column does not.
 */
async function rewrite(session: Db): Promise<void> {
  await sql`alter table payout_method alter column masked type text using masked || ''`.execute(session);
}

async function hasRows(db: Db): Promise<boolean> {
  const row = await one(db, sql<{ any: boolean }>`select exists (select 1 from payout_method) as any`);
  return row?.any === true;
}

/** All methods of the next payees: those of one payee are in one set, so that doubles are seen together. */
async function sealSet(
  tx: Db,
  vault: DbVault,
  after: bigint,
): Promise<{ lastPayee: bigint; count: number } | null> {
  const rows = await all(
    tx,
    sql<PlainRow>`select id, public_id as "methodPublicId", payee_id as "payeeId", type, kind, destination,
        is_default as "isDefault" from payout_method
      where destination is not null and payee_id in (select distinct payee_id from payout_method
        where destination is not null and payee_id > ${after} order by payee_id limit ${payeesPerSetMax})
      order by payee_id, id for update`,
  );
  const lastPayee = rows.at(-1)?.payeeId;
  if (lastPayee === undefined) return null;
  const fingerprints = fingerprintsOf(vault, rows);
  const changed = await run(
    tx,
    sql`update payout_method m set destination = null, sealed = decode(i.sealed, 'base64'), masked = i.masked,
        fingerprint = i.fingerprint
      from ${rowsOf('i', rows, {
        id: ['bigint', (row) => row.id],
        sealed: ['text', (row) => sealedText(vault, row)],
        masked: ['text', (row) => mask(row.destination)],
        fingerprint: ['text', (row) => fingerprints.get(row.id) ?? null],
      })} where m.id = i.id`,
  );
  if (changed !== rows.length) throw new Error(`sealed ${changed} of ${rows.length} methods`);
  return { lastPayee, count: rows.length };
}

/** Of methods of one payee that differ by capitals alone, the default one, else the newest, is the one that is found again. */
function fingerprintsOf(vault: DbVault, rows: readonly PlainRow[]): Map<bigint, string> {
  const holders = new Map<string, { row: PlainRow; fingerprint: string }>();
  for (const row of rows) {
    const fingerprint = vault.fingerprint(accountOf(row));
    const key = `${row.payeeId} ${row.type} ${fingerprint}`;
    if (holders.get(key)?.row.isDefault !== true) holders.set(key, { row, fingerprint });
  }
  return new Map([...holders.values()].map(({ row, fingerprint }) => [row.id, fingerprint]));
}
