import { sql } from 'kysely';
import type { Db } from './db.ts';
import { all, one } from './db.ts';

/** An earning whose time has come; amounts in minor units. */
export interface MaturedEarning {
  id: bigint;
  payeeId: bigint;
  net: bigint;
  fee: bigint;
  currency: string;
}

/** True when the time of an earning has come; one look into the index, as it is asked every round. */
export async function hasMatured(db: Db, now: Date): Promise<boolean> {
  const row = await one(
    db,
    sql<{
      due: boolean;
    }>`select exists (select 1 from earning where pending and available_at <= ${now}) as due`,
  );
  return row?.due === true;
}

/**
 * Frees the earnings that waited longest, at most `limit`. Rows another worker is freeing are skipped; a row is freed once,
 * as it stops waiting in the same statement.
 */
export async function matureEarnings(tx: Db, now: Date, limit: number): Promise<MaturedEarning[]> {
  return all(
    tx,
    sql<MaturedEarning>`with due as materialized (
        select id from earning where pending and available_at <= ${now}
        order by available_at, id limit ${limit} for update skip locked)
      update earning e set pending = false from due where e.id = due.id
      returning e.id, e.payee_id as "payeeId", e.net, e.fee, e.currency`,
  );
}
