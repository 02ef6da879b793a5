import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Db } from './db.ts';
import { one } from './db.ts';

/**
 * Rows one page may look at to find those that a filter without an index of its own lets through. A page that looked at so
 * many ends there, shorter than asked for, and names the place where the next one goes on.
 */
export const lookedAtMax = 10_000;

/** A page of rows, and the id the next page begins after; null on the last. */
export interface Found<Row> {
  readonly rows: Row[];
  readonly next: bigint | null;
}

/**
 * A page from up to `size + 1` rows that were found. When fewer were found although rows may lie behind the window, the
 * page ends with the window: `ids` are the rows looked at in their order, without a limit. `placeOf` says what their order is by.
 */
export async function foundIn<Row extends { id: bigint }>(
  db: Db,
  rows: Row[],
  size: number,
  ids: RawBuilder<unknown> | null,
  placeOf: (row: Row) => bigint = (row) => row.id,
): Promise<Found<Row>> {
  const shown = rows.slice(0, size);
  const last = shown.at(-1);
  if (rows.length > size) return { rows: shown, next: last ? placeOf(last) : null };
  const end = ids && (await one(db, sql<{ id: bigint }>`${ids} offset ${lookedAtMax - 1} limit 1`));
  return { rows: shown, next: end?.id ?? null };
}
