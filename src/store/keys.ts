import { sql } from 'kysely';
import type { Role } from '../core/roles.ts';
import type { Db } from './db.ts';
import { one, run } from './db.ts';

export interface KeyRow {
  id: bigint;
  publicId: string;
  name: string;
  prefix: string;
  role: Role;
  /** First parts of paths; null: everything the role may do. */
  scope: string[] | null;
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
}

export const keyColumns =
  sql.raw(`id, public_id as "publicId", name, prefix, role, scope, created_at as "createdAt",
  expires_at as "expiresAt", revoked_at as "revokedAt", last_used_at as "lastUsedAt"`);
/** `last_used_at` is written at most this often per key, so that reading costs no write. */
const lastUsedResolutionMs = 60_000;

export interface NewKey {
  readonly publicId: string;
  readonly name: string;
  readonly prefix: string;
  readonly hash: string;
  readonly role: Role;
  readonly scope: readonly string[] | null;
  readonly expiresAt: Date | null;
}

/** Keeps the hash of a key; the key itself is never stored. */
export async function insertKey(tx: Db, key: NewKey, now: Date): Promise<void> {
  await run(
    tx,
    sql`insert into api_key (public_id, name, prefix, hash, role, scope, created_at, expires_at) values (${key.publicId},
      ${key.name}, ${key.prefix}, ${key.hash}, ${key.role}, ${key.scope}::text[], ${now}, ${key.expiresAt})`,
  );
}

/** The key with this hash, if it is alive; notes that it was used. */
export async function useKey(db: Db, hash: string, now: Date): Promise<KeyRow | undefined> {
  const key = await one(
    db,
    sql<KeyRow>`select ${keyColumns} from api_key
      where hash = ${hash} and revoked_at is null and (expires_at is null or expires_at > ${now})`,
  );
  const stale = new Date(now.getTime() - lastUsedResolutionMs);
  if (key && (key.lastUsedAt === null || key.lastUsedAt < stale)) {
    await run(db, sql`update api_key set last_used_at = ${now} where hash = ${hash}`);
  }
  return key;
}

export async function findKey(db: Db, publicId: string): Promise<KeyRow | undefined> {
  return one(db, sql<KeyRow>`select ${keyColumns} from api_key where public_id = ${publicId}`);
}

/** Ends a key for good; answers false when there is no such living key. */
export async function revokeKey(tx: Db, publicId: string, now: Date): Promise<boolean> {
  return (
    (await run(
      tx,
      sql`update api_key set revoked_at = ${now} where public_id = ${publicId} and revoked_at is null`,
    )) === 1
  );
}

/** Ends living keys for good. */
export async function revokeKeys(tx: Db, publicIds: readonly string[], now: Date): Promise<void> {
  await run(
    tx,
    sql`update api_key set revoked_at = ${now}
      where public_id = any(${publicIds}::text[]) and revoked_at is null`,
  );
}
