import { sql } from 'kysely';
import type { OpenCalls } from '../core/not-cancellable.ts';
import type { Db } from './db.ts';
import { one } from './db.ts';

/** Calls of a batch whose effect is not proven. */
export async function openCalls(db: Db, batchId: bigint): Promise<OpenCalls> {
  const row = await one(
    db,
    sql<{ awaited: bigint; unknown: bigint }>`select count(*) filter (where state = 'sending') as awaited,
        count(*) filter (where state = 'unknown') as unknown
      from submission where batch_id = ${batchId}`,
  );
  return { awaited: Number(row?.awaited ?? 0n), unknown: Number(row?.unknown ?? 0n) };
}
