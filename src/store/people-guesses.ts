import { sql } from 'kysely';
import type { GuessRule } from '../core/guesses.ts';
import type { Db } from './db.ts';
import { one, run } from './db.ts';

/**
 * Takes one guess: it counts as failed until it is proven right, so guesses that run side by side cannot slip through.
 * Answers how many have failed with this one, or when the next guess is heard. One statement, so two servers agree.
 */
export async function takeGuess(
  db: Db,
  key: string,
  rule: GuessRule,
  now: Date,
): Promise<{ failures: number } | { waitUntil: Date }> {
  const old = new Date(now.getTime() - rule.windowMs);
  const count = sql`case when g.since <= ${old} then 1 else g.failures + 1 end`;
  const wait = rule.waits.toSorted((a, b) => b.failures - a.failures);
  const waits = wait.map(
    ({ failures, ms }) =>
      sql`when ${count} >= ${failures}::int then ${new Date(now.getTime() + ms)}::timestamptz`,
  );
  const taken = await one(
    db,
    sql<{ failures: number }>`insert into person_guess as g (key, failures, since) values (${key}, 1, ${now})
      on conflict (key) do update set failures = ${count}, since = case when g.since <= ${old} then ${now} else g.since end,
        wait_until = case ${sql.join(waits, sql` `)} else null end
      where g.wait_until is null or g.wait_until <= ${now}
      returning failures`,
  );
  if (taken) return taken;
  const row = await one(
    db,
    sql<{ waitUntil: Date | null }>`select wait_until as "waitUntil" from person_guess where key = ${key}`,
  );
  // Somebody else guessed right in between: the caller comes again in a moment.
  return { waitUntil: row?.waitUntil ?? now };
}

/** The secret was proven: earlier failures count no more. */
export async function forgetGuesses(db: Db, key: string): Promise<void> {
  await run(db, sql`delete from person_guess where key = ${key}`);
}

/** This guess was not wrong, or was not looked at: it does not count, earlier failures do. */
export async function giveBackGuess(db: Db, key: string): Promise<void> {
  await run(
    db,
    sql`update person_guess set failures = greatest(failures - 1, 0), wait_until = null where key = ${key}`,
  );
}

/** Guesses older than this count for nothing and go, at most this many at a time. */
const sweepRows = 500;

export async function sweepGuesses(db: Db, before: Date): Promise<void> {
  await run(
    db,
    sql`delete from person_guess where key in (select key from person_guess
      where since < ${before} and (wait_until is null or wait_until < ${before}) limit ${sweepRows})`,
  );
}
