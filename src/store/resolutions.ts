import { sql } from 'kysely';
import type { Actor } from '../core/actor.ts';
import type { ResolutionOutcome } from '../core/resolution.ts';
import type { Db } from './db.ts';
import { all, one, run } from './db.ts';
import type { Claim, SubmissionRow } from './submissions.ts';
import { submissionColumns } from './submissions.ts';

export type ResolutionResult = 'accepted' | 'not_sent' | 'contradicted' | 'unconfirmed';

/** What a person said became of a submission, and what came of it. */
export interface ResolutionRow {
  id: bigint;
  publicId: string;
  submissionId: bigint;
  outcome: ResolutionOutcome;
  providerBatchId: string | null;
  evidence: string | null;
  actorKind: Actor['kind'];
  actorId: string;
  actorName: string;
  askedAt: Date;
  tries: number;
  /** Null while the engine has not decided. */
  result: ResolutionResult | null;
  detail: string | null;
  decidedAt: Date | null;
}

const columns = sql.raw(`id, public_id as "publicId", submission_id as "submissionId", outcome,
  provider_batch_id as "providerBatchId", evidence, actor_kind as "actorKind", actor_id as "actorId",
  actor_name as "actorName", asked_at as "askedAt", tries, result, detail, decided_at as "decidedAt"`);

/** A submission by its public id or its provider key. */
export async function findSubmission(
  db: Db,
  id: string,
): Promise<(SubmissionRow & { batchPublicId: string }) | undefined> {
  return one(
    db,
    sql<SubmissionRow & { batchPublicId: string }>`select ${submissionColumns}, b.public_id as "batchPublicId"
      from submission s join payout_batch b on b.id = s.batch_id
      where s.id = coalesce((select id from submission where public_id = ${id}),
        (select min(id) from submission where provider_key = ${id}))`,
  );
}

/** Locks a submission, whoever holds its lease. */
export async function lockSubmission(tx: Db, id: bigint): Promise<SubmissionRow | undefined> {
  return one(
    tx,
    sql<SubmissionRow>`select ${submissionColumns} from submission s where s.id = ${id} for update`,
  );
}

/** The next look at a submission happens now. */
export async function wake(tx: Db, id: bigint, now: Date): Promise<void> {
  await run(tx, sql`update submission set next_action_at = ${now} where id = ${id}`);
}

export interface NewResolution {
  readonly publicId: string;
  readonly submissionId: bigint;
  readonly outcome: ResolutionOutcome;
  readonly providerBatchId: string | null;
  readonly evidence: string | null;
}

export async function insertResolution(
  tx: Db,
  asked: NewResolution,
  actor: Actor,
  now: Date,
): Promise<ResolutionRow> {
  const row = await one(
    tx,
    sql<ResolutionRow>`insert into submission_resolution (public_id, submission_id, outcome, provider_batch_id, evidence,
        actor_kind, actor_id, actor_name, asked_at)
      values (${asked.publicId}, ${asked.submissionId}, ${asked.outcome}, ${asked.providerBatchId}, ${asked.evidence},
        ${actor.kind}, ${actor.id}, ${actor.name}, ${now}) returning ${columns}`,
  );
  if (!row) throw new Error('resolution was not written');
  return row;
}

/** What was said of a submission and is not decided; at most one, by key. */
export async function openResolution(db: Db, submissionId: bigint): Promise<ResolutionRow | undefined> {
  return one(
    db,
    sql<ResolutionRow>`select ${columns} from submission_resolution
      where submission_id = ${submissionId} and decided_at is null`,
  );
}

/** What was said of a submission, newest first. */
export async function resolutionsOf(db: Db, submissionId: bigint, limit: number): Promise<ResolutionRow[]> {
  return all(
    db,
    sql<ResolutionRow>`select ${columns} from submission_resolution
      where submission_id = ${submissionId} order by id desc limit ${limit}`,
  );
}

/** The provider was looked at once more without an end. */
export async function countTry(tx: Db, id: bigint, detail: string): Promise<void> {
  await run(
    tx,
    sql`update submission_resolution set tries = tries + 1, detail = ${detail}
      where id = ${id} and decided_at is null`,
  );
}

/** Decides; false when it was decided before. */
export async function decide(
  tx: Db,
  id: bigint,
  result: ResolutionResult,
  detail: string,
  now: Date,
): Promise<boolean> {
  const changed = await run(
    tx,
    sql`update submission_resolution set result = ${result}, detail = ${detail}, decided_at = ${now}
      where id = ${id} and decided_at is null`,
  );
  return changed === 1;
}

/** Is there an event about this key that nobody has looked at yet? */
export async function hasEventFor(tx: Db, provider: string, providerKey: string): Promise<boolean> {
  const row = await one(
    tx,
    sql<{ found: boolean }>`select exists (select 1 from provider_event
      where provider = ${provider} and provider_key = ${providerKey} and processed_at is null) as found`,
  );
  return row?.found === true;
}

/** Claims what a person called unsent and the provider has named since. */
export async function claimNamed(
  db: Db,
  claim: Claim & { providers: readonly string[] },
  limit: number,
  now: Date,
): Promise<SubmissionRow[]> {
  const leaseUntil = new Date(now.getTime() + claim.leaseMs);
  return all(
    db,
    sql<SubmissionRow>`update submission s set lease_owner = ${claim.owner}, lease_until = ${leaseUntil},
        next_action_at = ${leaseUntil}, fence = s.fence + 1
      where s.id in (select s.id from submission s
        where s.state = 'rejected' and s.resolved_at is not null and s.hinted_batch_id is not null
          and s.provider = any(${claim.providers as string[]}::text[])
          and s.next_action_at <= ${now} and (s.lease_until is null or s.lease_until <= ${now})
        order by s.next_action_at, s.id limit ${limit} for update skip locked)
      returning ${submissionColumns}`,
  );
}

/**
 * A worker that had lost its lease learned that the provider took the submission: kept as a hint where the outcome is still
 * in question, to be compared before it counts.
 */
export async function hintBatch(db: Db, id: bigint, providerBatchId: string, now: Date): Promise<void> {
  await run(
    db,
    sql`update submission set hinted_batch_id = ${providerBatchId}, next_action_at = ${now}
      where id = ${id} and (state = 'unknown' or state = 'rejected' and resolved_at is not null)`,
  );
}
