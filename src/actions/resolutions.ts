import { systemActor } from '../core/actor.ts';
import type { Outcome, Refusal } from '../core/refusal.ts';
import { done, refuse } from '../core/refusal.ts';
import type { Obstacle, ResolutionOutcome } from '../core/resolution.ts';
import {
  batchNamed,
  provenAbsent,
  resolutionTriesMax,
  saidBefore,
  whyNotResolvable,
} from '../core/resolution.ts';
import type { SubmissionState } from '../core/submission.ts';
import { telling } from '../core/told.ts';
import { closeAlerts } from '../store/alerts.ts';
import { lockOpenAttempts } from '../store/attempts.ts';
import { touchBatch } from '../store/batches.ts';
import type { Db } from '../store/db.ts';
import { transaction } from '../store/db.ts';
import type { ResolutionResult, ResolutionRow } from '../store/resolutions.ts';
import {
  countTry,
  decide,
  findSubmission,
  hasEventFor,
  insertResolution,
  lockSubmission,
  openResolution,
  wake,
} from '../store/resolutions.ts';
import type { SubmissionRow } from '../store/submissions.ts';
import { lockLeased, recordSubmissionEvent, saveResult } from '../store/submissions.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';
import { failAttempts } from './outcomes.ts';
import type { CallOutcome } from './submissions.ts';
import { openQuestionAlerts, recordCall, settled } from './submissions.ts';

export interface Said {
  /** Public id or provider key. */
  readonly submission: string;
  readonly outcome: ResolutionOutcome;
  readonly providerBatchId: string | null;
  readonly evidence: string | null;
}

export interface Asked {
  readonly submissionId: string;
  readonly resolution: ResolutionRow;
  /** The same had been said before and is not decided yet. */
  readonly replayed: boolean;
}

/**
 * Writes down what a person says became of a submission. Nothing moves by it: the engine compares what was sent with the
 * provider, and takes "not sent" only when nothing speaks against it. Of two people with different answers the first is
 * heard, the other is told of them.
 */
export async function askResolution(ctx: ActionContext, said: Said): Promise<Outcome<Asked>> {
  return transaction(ctx.db, async (tx) => {
    const found = await findSubmission(tx, said.submission);
    const row = found && (await lockSubmission(tx, found.id));
    if (!row) return refuse('submission_not_found', { submissionId: said.submission });
    const submissionId = row.publicId;
    const open = await openResolution(tx, row.id);
    if (open) {
      const same = open.outcome === said.outcome && open.providerBatchId === said.providerBatchId;
      if (same) return done({ submissionId, resolution: open, replayed: true });
      return notResolvable(submissionId, saidBefore(open.actorName, open.outcome));
    }
    const obstacle = obstacleTo(row, said.outcome, ctx.now());
    if (obstacle) return notResolvable(submissionId, obstacle);
    return done({ submissionId, resolution: await write(tx, ctx, row, said), replayed: false });
  });
}

function obstacleTo(row: SubmissionRow, outcome: ResolutionOutcome, now: Date): Obstacle | null {
  const obstacle = whyNotResolvable(row, now);
  if (obstacle || outcome === 'sent' || row.hintedBatchId === null) return obstacle;
  return batchNamed(row.hintedBatchId);
}

function notResolvable(submissionId: string, { words, at }: Obstacle): Refusal {
  const when = at && { resolvableAt: at.toISOString() };
  return telling(refuse('not_resolvable', { submissionId, reason: words.en, ...when }), {
    en: { detail: `This cannot be decided by a person now: ${words.en}. Nothing was changed.` },
    fr: { detail: `Personne ne peut en décider maintenant : ${words.fr}. Rien n’a été changé.` },
  });
}

async function write(tx: Db, ctx: ActionContext, row: SubmissionRow, said: Said): Promise<ResolutionRow> {
  const now = ctx.now();
  const { outcome, providerBatchId, evidence } = said;
  const asked = { publicId: ctx.newId('sr'), submissionId: row.id, outcome, providerBatchId, evidence };
  const resolution = await insertResolution(tx, asked, ctx.actor, now);
  await wake(tx, row.id, now);
  const words = [outcome, providerBatchId, evidence].filter((part) => part !== null).join(': ');
  const event = { event: 'resolve_asked', state: row.state, actor: ctx.actor.name, detail: words };
  await recordSubmissionEvent(tx, row.id, event, now);
  const after = { resolution: resolution.publicId, outcome, providerBatchId };
  await audit(tx, ctx, 'submission.resolve_asked', { type: 'submission', id: row.publicId }, { after });
  await touchBatch(tx, row.batchId, 0, now);
  return resolution;
}

/**
 * The provider has spoken about a submission of which a person had: what it said is recorded as always, and the person's
 * word is decided by it, in one transaction. False when the lease was lost.
 */
export async function recordProof(
  ctx: ActionContext,
  claimed: SubmissionRow,
  resolution: ResolutionRow,
  outcome: Extract<CallOutcome, { kind: 'accepted' | 'rejected' }>,
  pollIntervalMs: number,
): Promise<boolean> {
  return transaction(ctx.db, async (tx) => {
    if (!(await recordCall({ ...ctx, db: tx }, claimed, outcome, pollIntervalMs))) return false;
    const sent = outcome.kind === 'accepted';
    const agrees = sent === (resolution.outcome === 'sent');
    const result = agrees ? (sent ? 'accepted' : 'not_sent') : 'contradicted';
    const detail = sent
      ? `the provider holds batch ${outcome.providerBatchId}: ${outcome.evidence}`
      : `the provider proved that nothing was sent: ${outcome.evidence}`;
    await conclude(tx, ctx, claimed, resolution, result, detail);
    return true;
  });
}

/**
 * Nothing was sent, by the word of a person that nothing speaks against: its attempts fail and can be retried under a new
 * key. Checked once more under the lock: an event that names a batch of the provider's, or one that nobody has looked at
 * yet, speaks louder. False when something does, or the lease was lost.
 */
export async function recordNotSent(
  ctx: ActionContext,
  claimed: SubmissionRow,
  resolution: ResolutionRow,
): Promise<boolean> {
  return transaction(ctx.db, async (tx) => {
    const row = await lockLeased(tx, claimed.id, claimed.fence);
    if (row?.state !== 'unknown' || row.hintedBatchId !== null) return false;
    const state = settled(row.state, 'reject');
    if (state === null || (await hasEventFor(tx, row.provider, row.providerKey))) return false;
    const actor = resolution.actorName;
    const message = `${actor} looked at the provider and found that it was not sent (${resolution.publicId}).`;
    const words = { actor, message, lastError: `not sent, says ${actor}`, detail: resolution.evidence };
    const count = await failUnsent(tx, ctx, row, state, words);
    await conclude(tx, ctx, row, resolution, 'not_sent', `${count} attempts can be retried`);
    return true;
  });
}

/**
 * The provider itself has nothing of a submission whose key is over and whose last call has ended: it was not sent. Its
 * attempts fail and can be retried under a new key. False when an event speaks against it, or the lease was lost.
 */
export async function recordAbsent(ctx: ActionContext, claimed: SubmissionRow): Promise<boolean> {
  return transaction(ctx.db, async (tx) => {
    const row = await lockLeased(tx, claimed.id, claimed.fence);
    if (!row || row.hintedBatchId !== null) return false;
    const state = settled(row.state, 'reject');
    if (state !== 'rejected' || (await hasEventFor(tx, row.provider, row.providerKey))) return false;
    const detail = 'looked up by its reference after the life of its key: the provider has nothing';
    const message = 'The provider has nothing under its reference and the key is over, so it was not sent.';
    const words = { actor: row.provider, message, lastError: detail, detail };
    const failed = await failUnsent(tx, ctx, row, state, words);
    const change = { before: { status: row.state }, after: { status: state, failed } };
    await audit(tx, ctx, 'submission.found_unsent', { type: 'submission', id: row.publicId }, change);
    return true;
  });
}

/** Fails what is open of a submission that was not sent; answers how many attempts. */
async function failUnsent(
  tx: Db,
  ctx: ActionContext,
  row: SubmissionRow,
  state: SubmissionState,
  {
    actor,
    message,
    lastError,
    detail,
  }: Record<'actor' | 'message' | 'lastError', string> & {
    detail: string | null;
  },
): Promise<number> {
  const now = ctx.now();
  const attempts = await lockOpenAttempts(tx, row.id);
  await failAttempts(tx, ctx, row, attempts, 'reject', () => ({ code: provenAbsent, message }), actor);
  const result = { state, nextActionAt: now, providerBatchId: null, lastError, resolved: true };
  await saveResult(tx, row.id, result, now);
  await recordSubmissionEvent(tx, row.id, { event: 'resolve', state, actor, detail }, now);
  await closeAlerts(tx, openQuestionAlerts, row.providerKey, now);
  await touchBatch(tx, row.batchId, 0, now);
  return attempts.length;
}

/** Neither proven nor disproven at this look: looked at again at `nextActionAt`, and given back after some tries. */
export async function recordUndecided(
  ctx: ActionContext,
  claimed: SubmissionRow,
  resolution: ResolutionRow,
  finding: { detail: string; contradicted: boolean },
  nextActionAt: Date,
): Promise<void> {
  await transaction(ctx.db, async (tx) => {
    const row = await lockLeased(tx, claimed.id, claimed.fence);
    if (!row) return;
    const { detail, contradicted } = finding;
    const { state } = row;
    await saveResult(
      tx,
      row.id,
      { state, nextActionAt, providerBatchId: null, lastError: detail },
      ctx.now(),
    );
    await touchBatch(tx, row.batchId, 0, ctx.now());
    if (contradicted) await conclude(tx, ctx, row, resolution, 'contradicted', detail);
    else if (resolution.tries + 1 >= resolutionTriesMax)
      await conclude(tx, ctx, row, resolution, 'unconfirmed', detail);
    else await countTry(tx, resolution.id, detail);
  });
}

async function conclude(
  tx: Db,
  ctx: ActionContext,
  row: SubmissionRow,
  resolution: ResolutionRow,
  result: ResolutionResult,
  detail: string,
): Promise<void> {
  if (!(await decide(tx, resolution.id, result, detail, ctx.now()))) return;
  const { actorKind: kind, actorId: id, actorName: name, publicId, outcome } = resolution;
  const change = {
    before: { status: row.state },
    after: { resolution: publicId, said: outcome, result, detail },
  };
  const asker = { ...ctx, actor: { ...systemActor, kind, id, name } };
  await audit(tx, asker, 'submission.resolved', { type: 'submission', id: row.publicId }, change);
}
