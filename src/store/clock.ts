import { sql } from 'kysely';
import type { Db } from './db.ts';
import { one } from './db.ts';

/** The setting that every process of one installation reads its test clock from. */
const key = 'sandbox.clock_offset_seconds';

/** How far the test clock is ahead of the machines, in whole seconds; 0 when it was never moved. */
export async function readClockOffset(db: Db): Promise<number> {
  const row = await one(db, sql<{ value: string }>`select value from setting where key = ${key}`);
  return Number(row?.value ?? 0);
}

/**
 * Moves the clock forward and answers where it is now, in whole seconds; undefined, and nothing moved, when that would be
 * beyond `maxSeconds`. One statement adds, so calls side by side each count.
 */
export async function advanceClockOffset(
  tx: Db,
  seconds: number,
  maxSeconds: number,
  now: Date,
): Promise<number | undefined> {
  const row = await one(
    tx,
    sql<{ value: string }>`insert into setting as s (key, value, updated_at)
      values (${key}, ${String(seconds)}, ${now})
      on conflict (key) do update
        set value = (s.value::bigint + excluded.value::bigint)::text, updated_at = excluded.updated_at
        where s.value::bigint + excluded.value::bigint <= ${maxSeconds}::bigint
      returning value`,
  );
  return row && Number(row.value);
}
