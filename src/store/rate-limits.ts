import { sql } from 'kysely';
import type { Db } from './db.ts';
import { one, run } from './db.ts';

/** Limits are per window of this length. */
const windowMs = 60_000;
/** Windows are kept this long after they began, for processes whose clock is behind. */
const keptMs = 60 * 60_000;

export interface Taken {
  /** How many of those asked for are granted, from 0 to `count`. */
  readonly granted: number;
  /** Seconds until the next window. */
  readonly retryAfter: number;
}

/** Start of the window a moment lies in. */
export function windowOf(now: Date): Date {
  return new Date(Math.floor(now.getTime() / windowMs) * windowMs);
}

/** Seconds until the next window, at least 1. */
export function secondsToNext(now: Date): number {
  return Math.max(1, Math.ceil((windowOf(now).getTime() + windowMs - now.getTime()) / 1000));
}

/**
 * Takes `count` of what a bucket may spend in this minute, in whatever process: one upsert. Fixed windows: around the turn
 * of a minute up to twice the limit can pass. Call it outside the transaction of the deed when a refusal of the deed shall
 * count as well.
 */
export async function takeFrom(db: Db, bucket: string, limit: number, now: Date, count = 1): Promise<Taken> {
  const row = await one(
    db,
    sql<{ taken: bigint }>`insert into rate_window as r (bucket, window_at, taken)
      values (${bucket}, ${windowOf(now)}, ${count}) on conflict (bucket, window_at)
      do update set taken = r.taken + excluded.taken returning taken`,
  );
  const before = Number(row?.taken ?? 0n) - count;
  return { granted: Math.max(0, Math.min(count, limit - before)), retryAfter: secondsToNext(now) };
}

/** Removes windows that are long over, at most `limit` of them; answers how many. */
export async function removeOldWindows(db: Db, now: Date, limit: number): Promise<number> {
  const before = new Date(now.getTime() - keptMs);
  return run(
    db,
    sql`delete from rate_window where (bucket, window_at) in (select bucket, window_at from rate_window
      where window_at < ${before} order by window_at limit ${limit})`,
  );
}
