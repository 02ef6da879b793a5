import type { KeyObject } from 'node:crypto';
import { createSecretKey } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from './db.ts';
import { all, one, rowsOf, run, transaction } from './db.ts';
import type { MasterKey, Random } from './envelope.ts';
import { keyBytes, nonces, openUnder, sealUnder } from './envelope.ts';
import { WrongSecretError } from './wrong-secret.ts';

/** What a data key is for. Keys of `details` are replaced by a rotation, the others stay what they are. */
const purposes = ['details', 'fingerprint', 'audit', 'derived'] as const;
export type Purpose = (typeof purposes)[number];
const replaced: readonly Purpose[] = ['details'];

export interface DataKey {
  readonly id: number;
  readonly purpose: Purpose;
  readonly key: KeyObject;
  readonly inUse: boolean;
}

interface KeyRow {
  id: number;
  purpose: Purpose;
  wrapped: Uint8Array;
  wrappedBy: string;
  inUse: boolean;
}

/** Any two processes that make or rotate data keys wait for each other on this number. */
const keysLockKey = 7_283_005;

/** Which of these secrets the data keys are wrapped under; null while there are none. Throws WrongSecretError for none of them. */
export async function secretInUse(db: Db, masters: readonly MasterKey[]): Promise<MasterKey | null> {
  const there = await one(db, sql<{ there: boolean }>`select to_regclass('data_key') is not null as there`);
  if (there?.there !== true) return null;
  const rows = await keyRows(db);
  const known = unwrapAll(rows, masters);
  if (known.length === 0) return null;
  return masters.find(({ id }) => id === rows[0]?.wrappedBy) ?? null;
}

/** The data keys, made on the way when there are none. Processes that start at once make one set. */
export async function dataKeys(
  db: Db,
  masters: readonly MasterKey[],
  random: Random,
  now: Date,
): Promise<DataKey[]> {
  const known = await readKeys(db, masters);
  const [master] = masters;
  if (known.length > 0 || !master) return known;
  return transaction(db, async (tx) => {
    await lockKeys(tx);
    const theirs = await readKeys(tx, masters);
    if (theirs.length > 0) return theirs;
    await insertKeys(tx, master, makeKeys(purposes, 0, random), random, now);
    return readKeys(tx, masters);
  });
}

/** All data keys, unwrapped. Throws WrongSecretError when one of them was wrapped under another secret. */
export async function readKeys(db: Db, masters: readonly MasterKey[]): Promise<DataKey[]> {
  return unwrapAll(await keyRows(db), masters);
}

/**
 * Wraps every data key under the next secret, and makes new keys for new values. What was sealed before stays as it is
 * and opens with the keys it was sealed under. Answers how many keys were wrapped again and made.
 */
export async function rotateKeys(
  tx: Db,
  masters: readonly MasterKey[],
  next: MasterKey,
  random: Random,
  now: Date,
): Promise<{ wrapped: number; made: number }> {
  await lockKeys(tx);
  const known = await readKeys(tx, masters);
  const nonce = nonces(random);
  const rewrapped = known.map((key) => ({ ...key, wrapped: wrap(next, key, nonce()) }));
  await run(
    tx,
    sql`update data_key k set wrapped = decode(i.wrapped, 'base64'), wrapped_by = ${next.id}
      from ${rowsOf('i', rewrapped, {
        id: ['int', (row) => row.id],
        wrapped: ['text', (row) => row.wrapped.toString('base64')],
      })} where k.id = i.id`,
  );
  await run(
    tx,
    sql`update data_key set retired_at = ${now} where retired_at is null and purpose = any(${replaced}::text[])`,
  );
  const lastId = Math.max(0, ...known.map(({ id }) => id));
  await insertKeys(tx, next, makeKeys(replaced, lastId, random), random, now);
  return { wrapped: known.length, made: replaced.length };
}

async function lockKeys(tx: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(${keysLockKey})`.execute(tx);
}

async function keyRows(db: Db): Promise<KeyRow[]> {
  return all(
    db,
    sql<KeyRow>`select id, purpose, wrapped, wrapped_by as "wrappedBy", retired_at is null as "inUse" from data_key
      order by id`,
  );
}

function unwrapAll(rows: readonly KeyRow[], masters: readonly MasterKey[]): DataKey[] {
  return rows.map((row) => {
    const master = masters.find(({ id }) => id === row.wrappedBy);
    if (!master) throw new WrongSecretError(`data key ${row.id} is wrapped under another secret`);
    return { ...row, key: createSecretKey(openUnder(master.key, row.wrapped, placeOfKey(row))) };
  });
}

function makeKeys(wanted: readonly Purpose[], lastId: number, random: Random): DataKey[] {
  return wanted.map((purpose, index) => ({
    id: lastId + index + 1,
    purpose,
    key: createSecretKey(random(keyBytes)),
    inUse: true,
  }));
}

async function insertKeys(
  tx: Db,
  master: MasterKey,
  keys: readonly DataKey[],
  random: Random,
  now: Date,
): Promise<void> {
  const nonce = nonces(random);
  const input = rowsOf('i', keys, {
    id: ['int', (key) => key.id],
    purpose: ['text', (key) => key.purpose],
    wrapped: ['text', (key) => wrap(master, key, nonce()).toString('base64')],
  });
  await sql`insert into data_key (id, purpose, wrapped, wrapped_by, created_at)
    select id, purpose, decode(wrapped, 'base64'), ${master.id}, ${now} from ${input}`.execute(tx);
}

function wrap(master: MasterKey, key: DataKey, nonce: Uint8Array): Buffer {
  return sealUnder(master.key, key.id, nonce, key.key.export(), placeOfKey(key));
}

function placeOfKey({ id, purpose }: { id: number; purpose: Purpose }): string {
  return `data_key:${purpose}:${id}`;
}
