import { sql } from 'kysely';
import type { Db } from './db.ts';
import { one, run } from './db.ts';

/** Limits are per window of this length. */
const windowMs = 60_000;
/** Limits of a day are per day of universal time. */
const dayMs = 24 * 60 * 60_000;
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

/**
 * Takes one of what a bucket may spend in this day of universal time; null when it is spent. In the transaction of the deed:
 * what is rolled back was not taken. The window is named by the end of its day, so that it is kept until then.
 */
export async function takeOfDay(tx: Db, bucket: string, limit: number, now: Date): Promise<'taken' | null> {
  const row = await one(
    tx,
    sql<{
      taken: bigint;
    }>`insert into rate_window as r (bucket, window_at, taken) values (${bucket}, ${endOfDay(now)}, 1)
      on conflict (bucket, window_at) do update set taken = least(r.taken + 1, ${limit + 1}) returning taken`,
  );
  return Number(row?.taken ?? 0) <= limit ? 'taken' : null;
}

/** When the day of a moment is over, in universal time. */
export function endOfDay(now: Date): Date {
  return new Date(Math.floor(now.getTime() / dayMs) * dayMs + dayMs);
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
