import type { CallOutcome, Frozen } from '../actions/submissions.ts';
import { beginSend, recordCall, recordKeyOver } from '../actions/submissions.ts';
import type { PayoutItem } from '../providers/provider.ts';
import type { ItemRow } from '../store/attempts.ts';
import type { SubmissionRow } from '../store/submissions.ts';
import { claimSubmissions } from '../store/submissions.ts';
import { adopt } from './adopt.ts';
import type { EngineContext, Round } from './context.ts';
import { claimOf } from './context.ts';

/** Submissions one worker sends side by side. */
const sendClaimMax = 4;
/** No resend this close to the end of the key's life: the call itself takes time. */
const keyMarginMs = 60 * 60 * 1000;
/** How often a submission with an outlived key is looked at again. */
const expiredWaitMs = 60 * 60 * 1000;

/** Claims due submissions and sends them; answers how many were claimed. */
export async function runOnce(ctx: EngineContext, round: Round): Promise<number> {
  const claim = { ...claimOf(ctx), limit: sendClaimMax, batchId: round.batchId };
  const claimed = await claimSubmissions(ctx.db, 'send', claim, ctx.now());
  await Promise.all(claimed.map((submission) => sendOne(ctx, submission)));
  return claimed.length;
}

async function sendOne(ctx: EngineContext, submission: SubmissionRow): Promise<void> {
  if (isKeyOver(submission, ctx.now())) {
    await giveToPerson(ctx, submission);
    return;
  }
  const { capabilities } = ctx.provider;
  const frozen = await beginSend(ctx, submission, (...plan) => prepare(ctx, ...plan), capabilities.keyLifeMs);
  if (!frozen) return;
  const fields = {
    submission: submission.publicId,
    providerKey: submission.providerKey,
    items: submission.itemCount,
  };
  ctx.log.info('submission_sending', fields);
  const outcome = await call(ctx, submission, frozen);
  const written = await recordCall(ctx, submission, outcome, ctx.pollIntervalMs);
  if (written) ctx.log.info(`submission_${outcome.kind}`, { ...fields, ...describe(outcome) });
  else ctx.log.warn('submission_lease_lost', { ...fields, learned: outcome.kind });
}

function prepare(
  ctx: EngineContext,
  providerKey: string,
  currency: string,
  rows: readonly ItemRow[],
): Uint8Array {
  const items = rows.map((row): PayoutItem => ({
    ...row,
    destination: { kind: kindOf(row.kind), value: row.destination },
  }));
  return ctx.provider.prepare({ providerKey, currency, items });
}

function kindOf(kind: string): PayoutItem['destination']['kind'] {
  return kind === 'phone' || kind === 'paypal_id' ? kind : 'email';
}

/** One call. A duplicate is compared item by item before it counts as ours. */
async function call(ctx: EngineContext, submission: SubmissionRow, frozen: Frozen): Promise<CallOutcome> {
  const outcome = await ctx.provider.send(frozen);
  if (outcome.kind !== 'duplicate') return outcome;
  return adopt(ctx, submission, outcome.providerBatchId ?? submission.hintedBatchId);
}

function describe(outcome: CallOutcome): Record<string, unknown> {
  switch (outcome.kind) {
    case 'accepted':
      return { providerBatchId: outcome.providerBatchId };
    case 'rejected':
      return { code: outcome.code, named: outcome.bad.length };
    case 'deferred':
      return { code: outcome.code };
    case 'unknown':
      return { cause: outcome.cause };
  }
}

function isKeyOver(submission: SubmissionRow, now: Date): boolean {
  if (submission.keyValidUntil === null || submission.state === 'planned') return false;
  return now.getTime() >= submission.keyValidUntil.getTime() - keyMarginMs;
}

/**
 * The provider has forgotten the key, so the same bytes would now be a second payment: nothing is sent. If an event named
 * the provider's batch meanwhile, it is compared and adopted; else a person must look.
 */
async function giveToPerson(ctx: EngineContext, submission: SubmissionRow): Promise<void> {
  if (submission.hintedBatchId !== null) {
    const outcome = await adopt(ctx, submission, submission.hintedBatchId);
    if (outcome.kind === 'accepted') {
      await recordCall(ctx, submission, outcome, ctx.pollIntervalMs);
      return;
    }
  }
  await recordKeyOver(ctx, submission, new Date(ctx.now().getTime() + expiredWaitMs));
}
