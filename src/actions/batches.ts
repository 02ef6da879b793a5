import { answerWaitSeconds, openCallWords } from '../core/not-cancellable.ts';
import type { Outcome, Refusal } from '../core/refusal.ts';
import { done, refuse } from '../core/refusal.ts';
import { telling } from '../core/told.ts';
import { payoutMoved } from '../ledger/postings.ts';
import { applyChanges, lockOpenAttempts } from '../store/attempts.ts';
import {
  cancelBatch as endBatch,
  countCancelled,
  findActiveBatch,
  findBatch,
  findRetryOf,
  findStartedFrom,
  touchBatch,
} from '../store/batches.ts';
import { findCycle, lockCycle } from '../store/cycles.ts';
import type { Db } from '../store/db.ts';
import { transaction } from '../store/db.ts';
import { failedOfBatchPage, failedPage, unpaidPage } from '../store/eligibility.ts';
import { post } from '../store/ledger.ts';
import { releaseEarnings } from '../store/payouts.ts';
import { openCalls } from '../store/open-calls.ts';
import { lockPlanned, recordSubmissionEvent, saveResult, submissionsOf } from '../store/submissions.ts';
import { audit } from './audit.ts';
import type { ActionContext, ProviderRules } from './context.ts';
import { underLock } from './cycle-lock.ts';
import { acceptedGap, requireFloat, unlessUnfunded } from './float.ts';
import type { PreparedBatch } from './prepare.ts';
import { prepareBatch } from './prepare.ts';
import { startedJustNow } from './run-guards.ts';
import { changedSince, confirmSeen, seenIn } from './seal.ts';

export interface ProcessInput {
  readonly cyclePublicId: string;
  readonly startedBy: string;
  readonly notes: string | null;
  /** Only these earnings; null means every eligible one of the cycle. */
  readonly earningIds: readonly bigint[] | null;
  /** Leave failed payouts alone: only earnings that were never paid. */
  readonly newOnly: boolean;
  /** Leave out what failed and would fail again where it is sent. */
  readonly leaveOutUnmended?: boolean;
  /** Checksum of the preview: exactly this is paid, once, or nothing is. */
  readonly checksum?: string | null;
  /** Start also when the provider account is known not to hold enough. */
  readonly acceptShortfall?: boolean;
}

export interface ProcessResult extends PreparedBatch {
  readonly replayed: boolean;
}

/**
 * Pays a cycle: one batch of everything eligible, in one transaction under the lock of the cycle. Refuses with
 * `batch_already_active` while another batch of the cycle runs; a unique index stands behind it. With the checksum of a
 * preview that was paid already it answers with that batch; with one of a preview that is out of date it refuses. What the
 * provider account is known not to cover is undone and refused, unless the caller accepts the shortfall.
 */
export async function processCycle(
  ctx: ActionContext,
  rules: ProviderRules,
  input: ProcessInput,
): Promise<Outcome<ProcessResult>> {
  return unlessUnfunded(() => startRun(ctx, rules, input));
}

async function startRun(
  ctx: ActionContext,
  rules: ProviderRules,
  input: ProcessInput,
): Promise<Outcome<ProcessResult>> {
  return underLock<ProcessResult>(ctx, async (tx) => {
    const cycle = await findCycle(tx, input.cyclePublicId);
    if (!cycle) return refuse('cycle_not_found', { cycleId: input.cyclePublicId });
    await lockCycle(tx, cycle.id);
    const first = await findStartedFrom(tx, cycle.id, input.checksum ?? null);
    if (first) return done({ ...(await sizeOf(tx, first)), replayed: true });
    if (cycle.status === 'closed') return refuse('cycle_closed', { cycleId: cycle.publicId });
    const active = await findActiveBatch(tx, cycle.id);
    if (active)
      return refuse('batch_already_active', { batchId: active.publicId, startedBy: active.startedBy });
    const { newOnly, earningIds, leaveOutUnmended = false } = input;
    const scope = { cycleId: cycle.id, newOnly, earningIds, leaveOutUnmended };
    const seen = seenIn(cycle.publicId, scope, input.checksum);
    const refused = (await startedJustNow(tx, ctx, scope)) ?? (await changedSince(tx, ctx, rules, seen));
    if (refused) return refused;
    const prepared = await prepareBatch(tx, ctx, rules, {
      cycle,
      startedBy: input.startedBy,
      notes: input.notes,
      retryOf: null,
      wholeCycle: input.earningIds === null,
      requestChecksum: input.checksum ?? null,
      sources: [
        // Failed payouts first: an earning refused offline in this run becomes one, and must not be taken again.
        (db, after, limit) => failedPage(db, scope, rules.name, ctx.now(), after, limit),
        (db, after, limit) => unpaidPage(db, scope, rules.name, ctx.now(), after, limit),
      ],
    });
    if (!prepared) return refuse('nothing_to_pay', { cycleId: cycle.publicId });
    const { totalItems, totalChunks } = prepared;
    const shortfall = await requireFloat(tx, ctx, rules, prepared.batchId, input.acceptShortfall);
    await audit(
      tx,
      ctx,
      'batch.started',
      { type: 'batch', id: prepared.batchId },
      {
        after: {
          cycleId: cycle.publicId,
          totalItems,
          totalChunks,
          newOnly: input.newOnly,
          ...(leaveOutUnmended ? { leaveOutUnmended } : {}),
          chosen: input.earningIds !== null,
          ...acceptedGap(shortfall),
        },
      },
    );
    await confirmSeen(tx, ctx, rules, seen, prepared.batchId);
    return done({ ...prepared, replayed: false });
  });
}

export interface RetryFailedInput {
  readonly batchPublicId: string;
  readonly startedBy: string;
  readonly acceptShortfall?: boolean;
  readonly leaveOutUnmended?: boolean;
}

/**
 * Retries what failed in a batch as a new batch; asked again it answers with the same retry batch. Float counts as when a cycle
 * is paid.
 */
export async function retryFailed(
  ctx: ActionContext,
  rules: ProviderRules,
  input: RetryFailedInput,
): Promise<Outcome<ProcessResult>> {
  return unlessUnfunded(() => startRetry(ctx, rules, input));
}

async function startRetry(
  ctx: ActionContext,
  rules: ProviderRules,
  input: RetryFailedInput,
): Promise<Outcome<ProcessResult>> {
  return underLock<ProcessResult>(ctx, async (tx) => {
    const found = await findBatch(tx, input.batchPublicId);
    if (!found) return refuse('batch_not_found', { batchId: input.batchPublicId });
    if (found.cycleId !== null) await lockCycle(tx, found.cycleId);
    const batch = await findBatch(tx, input.batchPublicId);
    if (!batch) return refuse('batch_not_found', { batchId: input.batchPublicId });
    if (batch.state === 'preparing' || batch.state === 'processing') {
      return refuse('batch_still_active', { batchId: batch.publicId });
    }
    const earlier = await findRetryOf(tx, batch.id);
    if (earlier) return done({ ...(await sizeOf(tx, earlier)), replayed: true });
    const active = batch.cycleId === null ? undefined : await findActiveBatch(tx, batch.cycleId);
    if (active)
      return refuse('batch_already_active', { batchId: active.publicId, startedBy: active.startedBy });
    const { leaveOutUnmended = false } = input;
    const taken = { batchId: batch.id, leaveOutUnmended };
    const prepared = await prepareBatch(tx, ctx, rules, {
      cycle:
        batch.cycleId === null || batch.cyclePublicId === null
          ? null
          : { id: batch.cycleId, publicId: batch.cyclePublicId },
      startedBy: input.startedBy,
      notes: `Retry of what failed in ${batch.publicId}`,
      retryOf: batch.id,
      sources: [(db, after, limit) => failedOfBatchPage(db, taken, rules.name, ctx.now(), after, limit)],
    });
    if (!prepared) return refuse('nothing_failed', { batchId: batch.publicId });
    const shortfall = await requireFloat(tx, ctx, rules, prepared.batchId, input.acceptShortfall);
    const { totalItems } = prepared;
    const after = {
      retryOf: batch.publicId,
      cycleId: batch.cyclePublicId,
      totalItems,
      ...(leaveOutUnmended ? { leaveOutUnmended } : {}),
      ...acceptedGap(shortfall),
    };
    await audit(tx, ctx, 'batch.retried', { type: 'batch', id: prepared.batchId }, { after });
    return done({ ...prepared, replayed: false });
  });
}

async function sizeOf(
  tx: Db,
  batch: { id: bigint; publicId: string; totalItems: number },
): Promise<PreparedBatch> {
  const submissions = await submissionsOf(tx, batch.id);
  return { batchId: batch.publicId, totalItems: batch.totalItems, totalChunks: submissions.length };
}

/** Cancels what is proven unsent of a batch; the money goes back to the payees and their earnings are free again. */
export async function cancelBatch(
  ctx: ActionContext,
  input: { batchPublicId: string; actor: string },
): Promise<Outcome<{ batchId: string; cancelled: number; stillOnTheWay: number }>> {
  return transaction(ctx.db, async (tx) => {
    const batch = await findBatch(tx, input.batchPublicId);
    if (!batch) return refuse('batch_not_found', { batchId: input.batchPublicId });
    // Raising the fence under the lock takes the submission from a worker that claimed it and has not begun to send.
    const unsent = await lockPlanned(tx, batch.id);
    if (unsent.length === 0) return notCancellable(tx, batch);
    let cancelled = 0;
    for (const submission of unsent) cancelled += await cancelSubmission(tx, ctx, submission, input.actor);
    const stillOnTheWay = batch.totalItems - (await countCancelled(tx, batch.id));
    if (stillOnTheWay === 0) await endBatch(tx, batch.id, ctx.now());
    else await touchBatch(tx, batch.id, cancelled, ctx.now());
    await audit(
      tx,
      ctx,
      'batch.cancelled',
      { type: 'batch', id: batch.publicId },
      { before: { status: batch.state, openItems: batch.openItems }, after: { cancelled, stillOnTheWay } },
    );
    return done({ batchId: batch.publicId, cancelled, stillOnTheWay });
  });
}

/** Nothing is proven unsent: everything has left, or the answer to a call says only in a moment what has. */
async function notCancellable(
  tx: Db,
  { id, publicId: batchId }: { id: bigint; publicId: string },
): Promise<Refusal> {
  const open = await openCalls(tx, id);
  const words = openCallWords(open);
  if (words === null) return refuse('not_cancellable', { batchId });
  const { awaited } = open;
  const wait = awaited > 0 ? answerWaitSeconds : undefined;
  return telling(refuse('not_cancellable', { batchId, answersAwaited: awaited }, wait), words);
}

async function cancelSubmission(
  tx: Db,
  ctx: ActionContext,
  submission: { id: bigint; provider: string },
  actor: string,
): Promise<number> {
  const now = ctx.now();
  const attempts = await lockOpenAttempts(tx, submission.id);
  const changes = attempts.map((attempt) => ({
    attemptId: attempt.id,
    payoutId: attempt.payoutId,
    from: attempt.payoutState,
    to: 'cancelled' as const,
    attemptState: 'cancelled' as const,
    event: 'cancel',
    reasonCode: null,
    reasonDetail: null,
    providerItemId: null,
    providerRaw: null,
    transactionId: null,
    fee: null,
  }));
  await applyChanges(tx, changes, actor, now);
  const facts = attempts.flatMap(
    (attempt) =>
      payoutMoved({
        ...attempt,
        attemptId: attempt.id,
        provider: submission.provider,
        from: attempt.payoutState,
        to: 'cancelled',
      }) ?? [],
  );
  await post(tx, 'attempt', 'cancelled', facts, now);
  await releaseEarnings(
    tx,
    attempts.map((attempt) => attempt.payoutId),
    now,
  );
  await saveResult(
    tx,
    submission.id,
    { state: 'cancelled', nextActionAt: now, providerBatchId: null, lastError: null },
    now,
  );
  await recordSubmissionEvent(
    tx,
    submission.id,
    { event: 'cancel', state: 'cancelled', actor, detail: null },
    now,
  );
  return attempts.length;
}
