import { sql } from 'kysely';
import { provenAbsent } from '../core/resolution.ts';
import type { SubmissionState } from '../core/submission.ts';
import type { Db } from './db.ts';
import { all, one, run } from './db.ts';
import { ownerIsDead } from './liveness.ts';
import type { DbVault } from './vault.ts';

export interface SubmissionRow {
  id: bigint;
  publicId: string;
  batchId: bigint;
  provider: string;
  currency: string;
  state: SubmissionState;
  providerKey: string;
  itemCount: number;
  total: bigint;
  createdAt: Date;
  sendCount: number;
  earlierCallOpen: boolean;
  firstSentAt: Date | null;
  keyValidUntil: Date | null;
  fence: bigint;
  leaseUntil: Date | null;
  nextActionAt: Date;
  providerBatchId: string | null;
  /** A provider batch that an event named for our key; compared before it is adopted. */
  hintedBatchId: string | null;
  providerProgress: string | null;
  acceptedAt: Date | null;
  pollCount: number;
  closedAt: Date | null;
  lastError: string | null;
  /** The provider has forgotten the key while the outcome is not known. */
  handedOverAt: Date | null;
  /** The provider refused after a call whose effect is not known. */
  refusedAt: Date | null;
  /** It counts as not sent by the word of a person. */
  resolvedAt: Date | null;
}

export const submissionColumns =
  sql.raw(`s.id, s.public_id as "publicId", s.batch_id as "batchId", s.provider, s.currency, s.state,
  s.provider_key as "providerKey", s.item_count as "itemCount", s.total, s.created_at as "createdAt",
  s.send_count as "sendCount", s.earlier_call_open as "earlierCallOpen", s.first_sent_at as "firstSentAt", s.key_valid_until as "keyValidUntil", s.fence,
  s.lease_until as "leaseUntil", s.next_action_at as "nextActionAt", s.provider_batch_id as "providerBatchId",
  s.hinted_batch_id as "hintedBatchId", s.provider_progress as "providerProgress", s.accepted_at as "acceptedAt", s.poll_count as "pollCount",
  s.closed_at as "closedAt", s.last_error as "lastError",
  s.handed_over_at as "handedOverAt", s.refused_at as "refusedAt", s.resolved_at as "resolvedAt"`);

/** Which submissions a worker may take. */
export type Work = 'send' | 'poll';

const claimable = {
  send: sql.raw(`s.state in ('planned', 'sending', 'unknown')`),
  poll: sql.raw(`s.state = 'accepted' and s.closed_at is null`),
} as const;

/** Who claims, and for how long. */
export interface Claim {
  readonly owner: string;
  readonly leaseMs: number;
  /** Also take what a worker holds whose session with the database has ended (`store/liveness.ts`). */
  readonly takesOverDead?: boolean;
}

/** Takes a lease from nobody who lives and holds it. */
type Polite = Claim & { readonly givesWay?: boolean };

/**
 * Claims up to `limit` submissions that are due and not leased, raising their fence: whoever held one before can write
 * nothing any more. Other workers skip what is being claimed. `batchId` limits the claim to one batch, `provider` to what
 * goes through it; `except` leaves out what the caller is still at.
 */
export async function claimSubmissions(
  db: Db,
  work: Work,
  claim: Claim & { limit: number; batchId: bigint | null; provider?: string; except?: readonly bigint[] },
  now: Date,
): Promise<SubmissionRow[]> {
  const leaseUntil = new Date(now.getTime() + claim.leaseMs);
  const dead = claim.takesOverDead ? ownerIsDead : sql`false`;
  const through = claim.provider === undefined ? sql`true` : sql`s.provider = ${claim.provider}`;
  return all(
    db,
    sql<SubmissionRow>`update submission s set lease_owner = ${claim.owner}, lease_until = ${leaseUntil},
        next_action_at = ${leaseUntil}, fence = s.fence + 1
      where s.id in (select s.id from submission s
        where ${claimable[work]} and ${through}
          and (s.next_action_at <= ${now} and (s.lease_until is null or s.lease_until <= ${now}) or ${dead})
          and (${claim.batchId}::bigint is null or s.batch_id = ${claim.batchId})
          and s.id <> all(${claim.except ?? []}::bigint[])
        order by s.next_action_at, s.id limit ${claim.limit} for update skip locked)
      returning ${submissionColumns}`,
  );
}

/** `dueAt`: when it is due once the lease is given back; at once when somebody else's work was cut short. */
type Taken = SubmissionRow & { dueAt: Date };

/** Takes the lease of one submission, whoever holds it unless the claim gives way: the holder's fence is old from now on. */
export async function takeLease(db: Db, id: bigint, claim: Polite, now: Date): Promise<Taken | undefined> {
  const leaseUntil = new Date(now.getTime() + claim.leaseMs);
  const dead = claim.takesOverDead ? ownerIsDead : sql`false`;
  return one(
    db,
    sql<Taken>`update submission s set lease_owner = ${claim.owner}, lease_until = ${leaseUntil},
        next_action_at = ${leaseUntil}, fence = s.fence + 1
      from (select id, case when lease_until > ${now} then least(next_action_at, ${now}) else next_action_at end as due_at
        from submission s where id = ${id} and state = 'accepted'
          and (not ${claim.givesWay === true}::boolean or lease_until is null or lease_until <= ${now} or ${dead}) for update) was
      where s.id = was.id returning ${submissionColumns}, was.due_at as "dueAt"`,
  );
}

/** Locks the submission for its lease holder; undefined when the lease went to somebody else. */
export async function lockLeased(tx: Db, id: bigint, fence: bigint): Promise<SubmissionRow | undefined> {
  return one(
    tx,
    sql<SubmissionRow>`select ${submissionColumns} from submission s where s.id = ${id} and s.fence = ${fence} for update`,
  );
}

/** The bytes may leave from now on: state `sending`, the key's life starts with the first send. */
export async function markSending(
  tx: Db,
  id: bigint,
  state: SubmissionState,
  now: Date,
  keyValidUntil: Date,
): Promise<void> {
  await run(
    tx,
    sql`update submission set state = ${state}::submission_state, send_count = send_count + 1,
        first_sent_at = coalesce(first_sent_at, ${now}), key_valid_until = coalesce(key_valid_until, ${keyValidUntil})
      where id = ${id}`,
  );
}

/** What became of a submission after a call; the lease ends. */
export interface SubmissionResult {
  readonly state: SubmissionState;
  readonly nextActionAt: Date;
  readonly providerBatchId: string | null;
  readonly lastError: string | null;
  /** The call was answered without proof of its effect; stays set. */
  readonly leavesCallOpen?: boolean;
  /** The provider has forgotten the key; stays set. */
  readonly handedOver?: boolean;
  /** Refused, without proof about an earlier call; stays set. */
  readonly refused?: boolean;
  /** By the word of a person, not by proof. */
  readonly resolved?: boolean;
}

/** A claim moves next_action_at to the end of the lease; any other is a nudge that came meanwhile, maybe after the end: it stays. */
function unlessNudged(nextActionAt: Date) {
  return sql`case when next_action_at <> lease_until then next_action_at else ${nextActionAt}::timestamptz end`;
}

/** What a call came to. An event that came during it is no reason to send again, and every reason to look at what was accepted. */
export async function saveResult(tx: Db, id: bigint, result: SubmissionResult, now: Date): Promise<void> {
  const closed = result.state === 'rejected' || result.state === 'cancelled';
  const nextActionAt = result.state === 'accepted' ? unlessNudged(result.nextActionAt) : result.nextActionAt;
  await run(
    tx,
    sql`update submission set state = ${result.state}::submission_state, next_action_at = ${nextActionAt},
        earlier_call_open = earlier_call_open or ${result.leavesCallOpen === true},
        provider_batch_id = coalesce(${result.providerBatchId}, provider_batch_id), last_error = ${result.lastError},
        accepted_at = case when ${result.state} = 'accepted' then coalesce(accepted_at, ${now}) end,
        handed_over_at = case when ${result.handedOver === true} then coalesce(handed_over_at, ${now}) else handed_over_at end,
        refused_at = case when ${result.refused === true} then ${now} else refused_at end,
        resolved_at = case when ${result.resolved === true} then ${now} else resolved_at end,
        closed_at = case when ${closed}::boolean then ${now} when ${result.state} = 'accepted' then null else closed_at end,
        lease_owner = null, lease_until = null
      where id = ${id}`,
  );
}

/** After a poll: when to look again, or never (`closed`). */
export async function savePoll(
  tx: Db,
  id: bigint,
  fence: bigint,
  poll: { progress: string | null; nextActionAt: Date; closed: boolean; error: string | null },
  now: Date,
): Promise<void> {
  await run(
    tx,
    sql`update submission set provider_progress = coalesce(${poll.progress}, provider_progress),
        next_action_at = ${unlessNudged(poll.nextActionAt)}, poll_count = poll_count + 1, last_error = ${poll.error},
        closed_at = case when ${poll.closed}::boolean and next_action_at = lease_until then ${now} else closed_at end,
        lease_owner = null, lease_until = null
      where id = ${id} and fence = ${fence}`,
  );
}

/** Gives a lease back; what was due stays due at `nextActionAt`, or now when somebody nudged it. False: somebody else has it. */
export async function releaseLease(db: Db, id: bigint, fence: bigint, nextActionAt: Date): Promise<boolean> {
  const released = await run(
    db,
    sql`update submission set lease_owner = null, lease_until = null, next_action_at = ${unlessNudged(nextActionAt)}
      where id = ${id} and fence = ${fence}`,
  );
  return released > 0;
}

/**
 * Makes the next look happen now: somebody heard that something changed. Also of what a person had called unsent, when the
 * provider names its batch. Answers how many were found.
 */
export async function nudge(
  db: Db,
  provider: string,
  pointer: { providerBatchId: string | null; providerKey: string | null },
  now: Date,
): Promise<number> {
  return run(
    db,
    sql`update submission set next_action_at = ${now},
        closed_at = case when state = 'rejected' then closed_at end,
        hinted_batch_id = case when state = 'accepted' then hinted_batch_id
          else coalesce(${pointer.providerBatchId}, hinted_batch_id) end
      where provider = ${provider} and (state in ('sending', 'unknown', 'accepted')
          or state = 'rejected' and resolved_at is not null and ${pointer.providerBatchId}::text is not null)
        and (provider_batch_id = ${pointer.providerBatchId} or provider_key = ${pointer.providerKey})`,
  );
}

/** Keys of accepted submissions whose provider names another batch than the one that was adopted. */
export async function namedOtherwise(
  db: Db,
  provider: string,
  pointer: { providerBatchId: string | null; providerKey: string | null },
): Promise<string[]> {
  const rows = await all(
    db,
    sql<{ providerKey: string }>`select provider_key as "providerKey" from submission
      where provider = ${provider} and provider_key = ${pointer.providerKey} and state = 'accepted'
        and provider_batch_id <> ${pointer.providerBatchId}`,
  );
  return rows.map((row) => row.providerKey);
}

export async function submissionsOf(db: Db, batchId: bigint): Promise<SubmissionRow[]> {
  return all(
    db,
    sql<SubmissionRow>`select ${submissionColumns} from submission s where s.batch_id = ${batchId} order by s.id`,
  );
}

/** The first submissions of several batches, in order. */
export async function submissionsOfBatches(
  db: Db,
  batchIds: readonly bigint[],
  perBatchMax: number,
): Promise<SubmissionRow[]> {
  return all(
    db,
    sql<SubmissionRow>`select ${submissionColumns} from unnest(${batchIds as bigint[]}::bigint[]) as b(id)
      cross join lateral (select * from submission f where f.batch_id = b.id order by f.id limit ${perBatchMax}) s
      order by s.id`,
  );
}

/** How many submissions a batch has, and of how many as a whole nothing more is expected. */
export async function submissionCounts(
  db: Db,
  batchId: bigint,
): Promise<{ submissions: number; finished: number }> {
  const row = await one(
    db,
    sql<{ submissions: bigint; finished: bigint }>`select count(*) as submissions,
        count(*) filter (where state in ('rejected', 'cancelled') or provider_progress in ('done', 'denied')) as finished
      from submission where batch_id = ${batchId}`,
  );
  return { submissions: Number(row?.submissions ?? 0n), finished: Number(row?.finished ?? 0n) };
}

/** Submissions whose outcome is not known, with their batch; oldest first. */
export async function unknownSubmissions(
  db: Db,
  limit: number,
): Promise<(SubmissionRow & { batchPublicId: string })[]> {
  return all(
    db,
    sql<SubmissionRow & { batchPublicId: string }>`select ${submissionColumns}, b.public_id as "batchPublicId"
      from submission s join payout_batch b on b.id = s.batch_id where s.state = 'unknown' order by s.id limit ${limit}`,
  );
}

/** When the next due work of this kind is, of these providers (null: of any), or null when there is none. */
export async function nextDue(
  db: Db,
  work: Work,
  batchId: bigint | null,
  providers: readonly string[] | null = null,
): Promise<Date | null> {
  const row = await one(
    db,
    sql<{
      at: Date | null;
    }>`select min(greatest(s.next_action_at, coalesce(s.lease_until, s.next_action_at))) as at
      from submission s where ${claimable[work]} and (${batchId}::bigint is null or s.batch_id = ${batchId})
        and (${providers}::text[] is null or s.provider = any(${providers}::text[]))`,
  );
  return row?.at ?? null;
}

/** Keeps the exact bytes, sealed; a second write for the same submission is refused by its key. `hash` is of the plain bytes. */
export async function freezeRequest(
  tx: Db,
  vault: DbVault,
  id: bigint,
  body: Uint8Array,
  hash: string,
  now: Date,
): Promise<void> {
  const sealed = vault.sealBytes(body, placeOfRequest(id));
  await run(
    tx,
    sql`insert into submission_request (submission_id, body, body_hash, frozen_at, key_id)
      values (${id}, ${sealed}, ${hash}, ${now}, ${vault.keyId})`,
  );
}

/** The frozen bytes, or undefined before they are frozen. */
export async function frozenRequest(
  db: Db,
  vault: DbVault,
  id: bigint,
): Promise<{ body: Uint8Array; hash: string } | undefined> {
  const row = await one(
    db,
    sql<{
      body: Uint8Array;
      hash: string;
      keyId: number | null;
    }>`select body, body_hash as hash, key_id as "keyId" from submission_request where submission_id = ${id}`,
  );
  if (!row) return undefined;
  // Without a key it is from before sealing came.
  const body = row.keyId === null ? row.body : await vault.openBytes(db, row.body, placeOfRequest(id));
  return { body, hash: row.hash };
}

function placeOfRequest(id: bigint): string {
  return `submission_request:${id}`;
}

/** Writes an event of a submission's life. */
export async function recordSubmissionEvent(
  tx: Db,
  id: bigint,
  event: { event: string; state: SubmissionState; actor: string; detail: string | null },
  now: Date,
): Promise<void> {
  await run(
    tx,
    sql`insert into submission_event (submission_id, event, to_state, actor, detail, at)
      values (${id}, ${event.event}, ${event.state}::submission_state, ${event.actor}, ${event.detail}, ${now})`,
  );
}

/** When the bytes of a submission were last allowed to leave; null: never. */
export async function lastSentAt(db: Db, id: bigint): Promise<Date | null> {
  const row = await one(
    db,
    sql<{ at: Date | null }>`select max(at) as at from submission_event
      where submission_id = ${id} and event = 'send'`,
  );
  return row?.at ?? null;
}

/** Locks the submissions of a batch that are proven unsent, and takes them from any worker that holds a lease. */
export async function lockPlanned(tx: Db, batchId: bigint): Promise<SubmissionRow[]> {
  return all(
    tx,
    sql<SubmissionRow>`update submission s set fence = s.fence + 1
      where s.id in (select s.id from submission s where s.batch_id = ${batchId} and s.state = 'planned' order by s.id
        for update) and s.state = 'planned'
      returning ${submissionColumns}`,
  );
}

/** What is still open in a submission at the provider; what was called unsent and is not, until the provider says more. */
export async function opennessOf(db: Db, id: bigint): Promise<'open' | 'unclaimed' | 'settled'> {
  const row = await one(
    db,
    sql<{
      open: boolean;
      unclaimed: boolean;
    }>`select coalesce(bool_or(state in ('pending', 'held') or state = 'failed' and reason_code = ${provenAbsent}), false) as open,
        coalesce(bool_or(state = 'unclaimed'), false) as unclaimed
      from payout_attempt where submission_id = ${id}`,
  );
  if (row?.open) return 'open';
  return row?.unclaimed ? 'unclaimed' : 'settled';
}
