import { checksumOf } from '../core/batch.ts';
import { submissionKey } from '../core/ids.ts';
import type { Persistence } from '../core/reasons.ts';
import { resendWaitMs } from '../core/retry.ts';
import { stepSubmission } from '../core/submission.ts';
import type { SubmissionEvent, SubmissionState } from '../core/submission.ts';
import { closeAlerts, openAlerts } from '../store/alerts.ts';
import type { ItemRow, LockedAttempt } from '../store/attempts.ts';
import { itemsOf, lockOpenAttempts, repoint } from '../store/attempts.ts';
import { touchBatch } from '../store/batches.ts';
import { doubtedPositions } from '../store/doubts.ts';
import type { Db } from '../store/db.ts';
import { transaction } from '../store/db.ts';
import { insertSubmissions } from '../store/prepare.ts';
import type { SubmissionRow } from '../store/submissions.ts';
import {
  freezeRequest,
  frozenRequest,
  lockLeased,
  markSending,
  recordSubmissionEvent,
  saveResult,
} from '../store/submissions.ts';
import type { ActionContext } from './context.ts';
import type { Report } from './outcomes.ts';
import { failAttempts, moveSubmission, recordItems } from './outcomes.ts';

/** What a call to a provider proved, as `providers/provider.ts` defines it, after duplicates were compared. */
export type CallOutcome =
  | {
      kind: 'accepted';
      providerBatchId: string;
      evidence: string;
      /** The provider held it already under this key, so this call has not made a second one. */
      adopted?: true;
      /** What has become of the items, when the answer says it. */
      items?: readonly Report[];
    }
  | {
      kind: 'rejected';
      code: string;
      message: string;
      bad: readonly { position: number; code: string; message: string }[];
      certainAfterLoss: boolean;
      persistence?: Persistence;
      evidence: string;
    }
  | { kind: 'deferred'; code: string; message: string; retryAfterMs: number | null }
  | { kind: 'unknown'; cause: string; retryAfterMs: number | null };

/** Bytes ready to leave: committed, with the key they travel under. */
export interface Frozen {
  readonly providerKey: string;
  readonly body: Uint8Array;
  /** Positions of items whose earlier attempt may have been paid after all: while nothing has left, nothing may. */
  readonly withheld: readonly number[];
}

/** Alerts that a proven outcome ends. */
export const openQuestionAlerts = [
  'outcome_unknown',
  'key_expired',
  'refused_after_loss',
  'adoption_mismatch',
  'several_at_provider',
  'not_sent_yet',
];
/** A call that was put off this often without being processed is shown to a person. */
const deferralsBeforeAlert = 5;
/** Ids by the provider that an alert names. */
const idsShownMax = 10;

/**
 * Transaction 1 of sending: under the lease, keeps the exact bytes if they are not kept yet and marks the submission as
 * possibly sent. Only when this has committed may a byte leave. Null when the lease was lost or there is nothing to send.
 */
export async function beginSend(
  ctx: ActionContext,
  claimed: SubmissionRow,
  prepare: (providerKey: string, currency: string, items: readonly ItemRow[]) => Uint8Array,
  keyLifeMs: number,
): Promise<Frozen | null> {
  return transaction(ctx.db, async (tx) => {
    const row = await lockLeased(tx, claimed.id, claimed.fence);
    if (!row) return null;
    const now = ctx.now();
    const event: SubmissionEvent = row.state === 'sending' ? 'expire' : 'claim';
    const state = settled(row.state, event);
    if (state === null) return null;
    const frozen = (await frozenRequest(tx, ctx.vault, row.id)) ?? (await freeze(tx, ctx, row, prepare));
    const withheld = row.sendCount === 0 ? await doubtedPositions(tx, row.id) : [];
    await markSending(tx, row.id, state, now, new Date(now.getTime() + keyLifeMs));
    await moveSubmission(tx, ctx, row, 'queued', 'send');
    const detail =
      row.sendCount > 0 ? `same bytes and key again, send ${row.sendCount + 1}` : `bytes ${frozen.hash}`;
    await recordSubmissionEvent(tx, row.id, { event: 'send', state, actor: 'system', detail }, now);
    return { providerKey: row.providerKey, body: frozen.body, withheld };
  });
}

async function freeze(
  tx: Db,
  ctx: ActionContext,
  row: SubmissionRow,
  prepare: (providerKey: string, currency: string, items: readonly ItemRow[]) => Uint8Array,
): Promise<{ body: Uint8Array; hash: string }> {
  const items = await itemsOf(tx, ctx.vault, row.id);
  if (items.length !== row.itemCount) throw new Error(`submission ${row.providerKey} lost items`);
  const body = prepare(row.providerKey, row.currency, items);
  const hash = ctx.hash(new TextDecoder().decode(body));
  await freezeRequest(tx, ctx.vault, row.id, body, hash, ctx.now());
  return { body, hash };
}

/**
 * Transaction 2 of sending: records what the call proved. False when the lease was lost meanwhile; then nothing is
 * written, as the new holder will learn the same by sending the same bytes under the same key.
 */
export async function recordCall(
  ctx: ActionContext,
  claimed: SubmissionRow,
  outcome: CallOutcome,
  pollIntervalMs: number,
): Promise<boolean> {
  return transaction(ctx.db, async (tx) => {
    const row = await lockLeased(tx, claimed.id, claimed.fence);
    if (!row) return false;
    if (outcome.kind === 'accepted') await accepted(tx, ctx, row, outcome, pollIntervalMs);
    else if (outcome.kind === 'rejected') await rejected(tx, ctx, row, outcome);
    else if (outcome.kind === 'deferred') await deferred(tx, ctx, row, outcome);
    else await unknown(tx, ctx, row, outcome);
    await touchBatch(tx, row.batchId, 0, ctx.now());
    return true;
  });
}

/**
 * The provider has forgotten the key of a submission whose outcome is not known: it waits for a person, and a worker that
 * died while sending no longer makes it look as if it were being sent.
 */
export async function recordKeyOver(
  ctx: ActionContext,
  claimed: SubmissionRow,
  nextActionAt: Date,
): Promise<void> {
  await transaction(ctx.db, async (tx) => {
    const row = await lockLeased(tx, claimed.id, claimed.fence);
    if (!row) return;
    const now = ctx.now();
    const state = settled(row.state, 'expire') ?? row.state;
    const lastError = 'the provider has forgotten the key';
    const result = { state, nextActionAt, providerBatchId: null, lastError, handedOver: true };
    await saveResult(tx, row.id, result, now);
    if (state !== row.state) {
      const event = { event: 'expire', state, actor: 'system', detail: lastError };
      await recordSubmissionEvent(tx, row.id, event, now);
    }
    await openAlerts(tx, [{ kind: 'key_expired', subject: row.providerKey, facts: {} }], now);
    await touchBatch(tx, row.batchId, 0, now);
  });
}

/** The provider has several under the reference of one submission: a person must compare, nothing is sent. */
export async function recordSeveral(
  ctx: ActionContext,
  row: SubmissionRow,
  providerBatchIds: readonly string[],
): Promise<void> {
  const facts = { count: providerBatchIds.length, ids: providerBatchIds.slice(0, idsShownMax).join(', ') };
  await openAlerts(ctx.db, [{ kind: 'several_at_provider', subject: row.providerKey, facts }], ctx.now());
}

async function accepted(
  tx: Db,
  ctx: ActionContext,
  row: SubmissionRow,
  outcome: Extract<CallOutcome, { kind: 'accepted' }>,
  pollIntervalMs: number,
): Promise<void> {
  const now = ctx.now();
  const state = settled(row.state, 'accept');
  if (state === null) return;
  const nextActionAt = new Date(now.getTime() + pollIntervalMs);
  const { providerBatchId, evidence, items } = outcome;
  await saveResult(tx, row.id, { state, nextActionAt, providerBatchId, lastError: null }, now);
  await recordSubmissionEvent(
    tx,
    row.id,
    { event: 'accept', state, actor: row.provider, detail: evidence },
    now,
  );
  await moveSubmission(tx, ctx, row, 'sending', 'accept');
  await closeAlerts(tx, openQuestionAlerts, row.providerKey, now);
  if (items) await recordItems({ ...ctx, db: tx }, row, items, row.provider);
  const inTime = row.keyValidUntil === null || now < row.keyValidUntil;
  if (inTime || row.sendCount < 2 || outcome.adopted === true) return;
  await openAlerts(tx, [{ kind: 'accepted_late', subject: row.providerKey, facts: {} }], now);
}

/** Surely not processed: back to the queue, unless an earlier send is still open, which a deferral does not answer. */
async function deferred(
  tx: Db,
  ctx: ActionContext,
  row: SubmissionRow,
  outcome: { code: string; message: string; retryAfterMs: number | null },
): Promise<void> {
  const now = ctx.now();
  const state = settled(row.state, 'defer') ?? row.state;
  const nextActionAt = new Date(now.getTime() + resendWaitMs(row.sendCount, outcome.retryAfterMs));
  const detail = `${outcome.code}: ${outcome.message}`;
  // A provider that could not be reached took nothing; one that answers "too often" is believed only so far.
  const leavesCallOpen = outcome.code === 'rate_limited';
  const result = { state, nextActionAt, providerBatchId: null, lastError: detail, leavesCallOpen };
  await saveResult(tx, row.id, result, now);
  await recordSubmissionEvent(tx, row.id, { event: 'defer', state, actor: row.provider, detail }, now);
  if (state === 'planned') await moveSubmission(tx, ctx, row, 'sending', 'defer');
  if (row.sendCount < deferralsBeforeAlert) return;
  const facts = { tries: row.sendCount, cause: detail, unmoved: state === 'planned' };
  await openAlerts(tx, [{ kind: 'not_sent_yet', subject: row.providerKey, facts }], now);
}

async function unknown(
  tx: Db,
  ctx: ActionContext,
  row: SubmissionRow,
  outcome: { cause: string; retryAfterMs: number | null },
  kind: 'outcome_unknown' | 'refused_after_loss' = 'outcome_unknown',
): Promise<void> {
  const now = ctx.now();
  const state = settled(row.state, 'lose') ?? row.state;
  const nextActionAt = new Date(now.getTime() + resendWaitMs(row.sendCount, outcome.retryAfterMs));
  const refused = kind === 'refused_after_loss';
  const result = { state, nextActionAt, providerBatchId: null, lastError: outcome.cause, refused };
  await saveResult(tx, row.id, result, now);
  await recordSubmissionEvent(
    tx,
    row.id,
    { event: 'lose', state, actor: row.provider, detail: outcome.cause },
    now,
  );
  await openAlerts(tx, [{ kind, subject: row.providerKey, facts: { cause: outcome.cause } }], now);
}

/** Nothing moved: items the provider named fail alone, the others travel on in a new submission; or all of them fail. */
async function rejected(
  tx: Db,
  ctx: ActionContext,
  row: SubmissionRow,
  outcome: Extract<CallOutcome, { kind: 'rejected' }>,
): Promise<void> {
  const now = ctx.now();
  if ((row.state === 'unknown' || row.earlierCallOpen) && !outcome.certainAfterLoss) {
    // The refusal is about now, not about these bytes: it does not prove that an earlier call, lost or put off, was not
    // taken. A refusal of the bytes themselves does, as the same bytes would have been refused then.
    const cause = `refused now (${outcome.evidence}), but an earlier send may have arrived`;
    await unknown(tx, ctx, row, { cause, retryAfterMs: null }, 'refused_after_loss');
    return;
  }
  const state = settled(row.state, 'reject');
  if (state === null) return;
  const open = await lockOpenAttempts(tx, row.id);
  const items = await itemsOf(tx, ctx.vault, row.id);
  const badByAttempt = new Map(outcome.bad.map((bad) => [items[bad.position]?.attemptId, bad]));
  const named = open.filter((attempt) => badByAttempt.has(attempt.id));
  const quarantine = named.length > 0 && named.length < open.length;
  const failing = quarantine ? named : open;
  const { persistence } = outcome;
  const reasonOf = (attempt: LockedAttempt) => {
    const { code, message } = badByAttempt.get(attempt.id) ?? outcome;
    // What the provider says of the refusal holds for an item that was refused for the same reason.
    return { code, message, persistence: code === outcome.code ? persistence : undefined };
  };
  await failAttempts(tx, ctx, row, failing, 'reject', reasonOf, row.provider);
  await saveResult(
    tx,
    row.id,
    { state, nextActionAt: now, providerBatchId: null, lastError: outcome.evidence },
    now,
  );
  await recordSubmissionEvent(
    tx,
    row.id,
    { event: 'reject', state, actor: row.provider, detail: outcome.evidence },
    now,
  );
  await closeAlerts(tx, openQuestionAlerts, row.providerKey, now);
  if (quarantine) {
    await moveSubmission(tx, ctx, row, 'sending', 'defer');
    await replace(
      tx,
      ctx,
      row,
      items.filter((item) => !badByAttempt.has(item.attemptId)),
    );
  }
}

/**
 * A new submission for the items of a proven refusal that were not at fault. Other items make another checksum, so the
 * key is new; the attempts are the same ones, as none of them has left.
 */
async function replace(
  tx: Db,
  ctx: ActionContext,
  row: SubmissionRow,
  items: readonly ItemRow[],
): Promise<void> {
  const scope = row.providerKey.replace(/-[0-9a-f]{16}$/, '');
  const total = items.reduce((sum, item) => sum + item.amount, 0n);
  const providerKey = submissionKey(scope, checksumOf(items, ctx.hash), row.providerKey.length, ctx.hash);
  const replacement = { ...row, publicId: ctx.newId('su'), providerKey, itemCount: items.length, total };
  const [id] = await insertSubmissions(tx, [replacement], ctx.now());
  if (id === undefined) throw new Error('the replacement was not written');
  await repoint(
    tx,
    id,
    items.map((item) => item.attemptId),
    ctx.now(),
  );
  const detail = `carries on ${items.length} items of ${row.providerKey}, which was refused because of others`;
  await recordSubmissionEvent(
    tx,
    id,
    { event: 'replace', state: 'planned', actor: 'system', detail },
    ctx.now(),
  );
}

/** The state after an event; the same state for `same`, null for `refuse`. */
export function settled(state: SubmissionState, event: SubmissionEvent): SubmissionState | null {
  const to = stepSubmission(state, event);
  if (to === 'refuse') return null;
  return to === 'same' ? state : to;
}
