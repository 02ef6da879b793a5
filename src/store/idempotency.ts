import { sql } from 'kysely';
import type { Db } from './db.ts';
import { one, run } from './db.ts';

/** How long an answer is kept for its key. */
const keptMs = 30 * 24 * 60 * 60_000;

/** What was answered to a key. */
export interface OutcomeRow {
  fingerprint: string;
  status: number;
  contentType: string | null;
  /** The bytes of the answer; null when there were none, or when they showed a secret. */
  body: string | null;
  isSecret: boolean;
  /** Public id of what was made, when the answer named it and is not kept. */
  subjectId: string | null;
}

export interface NewOutcome extends Readonly<OutcomeRow> {
  /** Hash of caller, method, route, parameters and key. */
  readonly scope: string;
  readonly callerId: string;
  readonly route: string;
}

export async function findOutcome(db: Db, scope: string): Promise<OutcomeRow | undefined> {
  return one(
    db,
    sql<OutcomeRow>`select fingerprint, status, content_type as "contentType", body, is_secret as "isSecret",
      subject_id as "subjectId" from idempotency_outcome where scope = ${scope}`,
  );
}

/** Claims a scope until the transaction ends, in whatever process; false when another request has it. */
export async function claimScope(tx: Db, scope: string): Promise<boolean> {
  const row = await one(
    tx,
    sql<{ claimed: boolean }>`select pg_try_advisory_xact_lock(
      ('x' || left(${scope}, 16))::bit(64)::bigint) as claimed`,
  );
  return row?.claimed === true;
}

/** Records what is answered, in the transaction of the deed. A second one for the scope violates the key (23505). */
export async function insertOutcome(tx: Db, outcome: NewOutcome, now: Date): Promise<void> {
  await run(
    tx,
    sql`insert into idempotency_outcome (scope, fingerprint, caller_id, route, status, content_type, body, is_secret,
        subject_id, created_at)
      values (${outcome.scope}, ${outcome.fingerprint}, ${outcome.callerId}, ${outcome.route}, ${outcome.status},
        ${outcome.contentType}, ${outcome.body}, ${outcome.isSecret}, ${outcome.subjectId}, ${now})`,
  );
}

/** Removes the oldest answers whose time is over, at most `limit` of them; answers how many. */
export async function removeOldOutcomes(db: Db, now: Date, limit: number): Promise<number> {
  const before = new Date(now.getTime() - keptMs);
  return run(
    db,
    sql`delete from idempotency_outcome where scope in (select scope from idempotency_outcome
      where created_at < ${before} order by created_at limit ${limit})`,
  );
}
