import { sql } from 'kysely';
import { accountOf, placeOfMethod } from '../core/payout-method.ts';
import type { Db } from './db.ts';
import { all, one, rowsOf, run, transaction } from './db.ts';
import type { DbVault } from './vault.ts';

/** A method as it is given: `destination` is the whole address. */
export interface GivenMethod {
  readonly type: string;
  readonly kind: string;
  readonly destination: string;
}

/** A row that carries the sealed address of a method. */
export interface SealedMethod {
  readonly methodPublicId: string;
  readonly payeeId: bigint;
  readonly sealed: Uint8Array;
}

/** The rows with their addresses, opened in one go. */
export async function withDestinations<T extends SealedMethod>(
  db: Db,
  vault: DbVault,
  rows: readonly T[],
): Promise<(T & { destination: string })[]> {
  const opened = await vault.openAll(
    db,
    rows.map(({ methodPublicId: publicId, payeeId, sealed }) => ({
      sealed,
      place: placeOfMethod({ publicId, payeeId }),
    })),
  );
  return rows.map((row, index) => ({ ...row, destination: opened[index] ?? '' }));
}

interface DefaultMethod extends SealedMethod {
  readonly type: string;
  readonly kind: string;
  readonly masked: string;
}

/** The default method of a payee, with its address still sealed. */
export async function defaultMethod(db: Db, payeeId: bigint): Promise<DefaultMethod | undefined> {
  return one(
    db,
    sql<DefaultMethod>`select public_id as "methodPublicId", payee_id as "payeeId", sealed, type, kind, masked
      from payout_method where payee_id = ${payeeId} and is_default`,
  );
}

/** True when a method of the payee pays to this e-mail address: then it is shown masked. */
export async function paysTo(db: Db, vault: DbVault, payeeId: bigint, email: string): Promise<boolean> {
  const types = await all(
    db,
    sql<{ type: string; fingerprint: string | null }>`select type, fingerprint from payout_method
      where payee_id = ${payeeId} and kind = 'email'`,
  );
  return types.some(
    ({ type, fingerprint }) =>
      fingerprint === vault.fingerprint(accountOf({ type, kind: 'email', destination: email })),
  );
}

/** Mailboxes of one payee's methods that are told of a change. */
const mailboxesMax = 5;

/** Addresses of mail that a payee is paid at: the method in use first. */
export async function mailAddressesOf(db: Db, vault: DbVault, payeeId: bigint): Promise<string[]> {
  const rows = await all(
    db,
    sql<SealedMethod>`select public_id as "methodPublicId", payee_id as "payeeId", sealed from payout_method
      where payee_id = ${payeeId} and kind = 'email' and retired_at is null
      order by is_default desc, is_backup desc, id desc limit ${mailboxesMax}`,
  );
  return (await withDestinations(db, vault, rows)).map(({ destination }) => destination);
}

/** Methods that one step of sealing again takes. */
const resealPageSize = 1000;

/**
 * Seals methods again that were sealed under an older key, a page after the last one that was taken. Answers where it
 * ended, or null when nothing is left: run again it goes on, whoever stopped it.
 */
export async function resealPage(
  db: Db,
  vault: DbVault,
  after: bigint,
): Promise<{ last: bigint; count: number } | null> {
  return transaction(db, async (tx) => {
    const rows = await all(
      tx,
      sql<
        SealedMethod & { id: bigint }
      >`select id, public_id as "methodPublicId", payee_id as "payeeId", sealed
        from payout_method where id > ${after} and substring(sealed from 2 for 4) <> int4send(${vault.keyId}::int)
        order by id limit ${resealPageSize} for no key update`,
    );
    const last = rows.at(-1);
    if (!last) return null;
    const opened = await withDestinations(tx, vault, rows);
    const again = opened.map((row) => ({ id: row.id, sealed: sealedText(vault, row) }));
    const changed = await run(
      tx,
      sql`update payout_method m set sealed = decode(i.sealed, 'base64') from ${rowsOf('i', again, {
        id: ['bigint', (row) => row.id],
        sealed: ['text', (row) => row.sealed],
      })} where m.id = i.id`,
    );
    if (changed !== rows.length) throw new Error(`sealed ${changed} of ${rows.length} methods again`);
    return { last: last.id, count: rows.length };
  });
}

/** A sealed address as a parameter: bytes travel in arrays as base64. */
export function sealedText(
  vault: DbVault,
  row: { methodPublicId: string; payeeId: bigint; destination: string },
): string {
  const place = placeOfMethod({ publicId: row.methodPublicId, payeeId: row.payeeId });
  return Buffer.from(vault.seal(row.destination, place)).toString('base64');
}
