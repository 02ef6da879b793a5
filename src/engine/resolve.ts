import { recordNotSent, recordProof, recordUndecided } from '../actions/resolutions.ts';
import type { CallOutcome } from '../actions/submissions.ts';
import { resendWaitMs } from '../core/retry.ts';
import { isKeyOver } from '../core/submission.ts';
import type { ResolutionRow } from '../store/resolutions.ts';
import type { SubmissionRow } from '../store/submissions.ts';
import { compare } from './adopt.ts';
import type { EngineContext } from './context.ts';
import { lookUp } from './look-up.ts';

/** What a look at the provider found out about what a person said. */
type Finding =
  | { kind: 'proof'; outcome: Extract<CallOutcome, { kind: 'accepted' | 'rejected' }> }
  | { kind: 'nothing' }
  | { kind: 'undecided'; detail: string; contradicted: boolean };

/** One more call with the frozen bytes, while the key lives; null when the lease was lost. */
type SendAgain = () => Promise<CallOutcome | null>;

/**
 * A person has said what became of this submission. What they say was sent is read at the provider and compared item by
 * item. What they say was not sent is looked for first: by whatever batch an event named, by the key where the provider
 * answers that, and, while the key lives, by sending the same bytes again, which the provider must refuse once more.
 */
export async function resolveOne(
  ctx: EngineContext,
  submission: SubmissionRow,
  said: ResolutionRow,
  sendAgain: SendAgain,
): Promise<void> {
  const found = await lookFor(ctx, submission, said, sendAgain);
  const fields = { submission: submission.publicId, resolution: said.publicId, said: said.outcome };
  if (found === null) {
    ctx.log.warn('submission_lease_lost', { ...fields, learned: 'nothing' });
    return;
  }
  if (found.kind === 'proof') {
    await recordProof(ctx, submission, said, found.outcome, ctx.pollIntervalMs);
  } else if (found.kind === 'nothing') {
    if (await recordNotSent(ctx, submission, said)) {
      ctx.log.info('submission_resolved', { ...fields, by: said.actorId });
      return;
    }
    const detail = 'an event of the provider about it is being looked at';
    await recordUndecided(ctx, submission, said, { detail, contradicted: false }, waitFor(ctx, said));
  } else {
    await recordUndecided(ctx, submission, said, found, waitFor(ctx, said));
  }
  ctx.log.info('submission_looked_up', { ...fields, found: found.kind });
}

function waitFor(ctx: EngineContext, said: ResolutionRow): Date {
  return new Date(ctx.now().getTime() + resendWaitMs(said.tries + 1, null));
}

async function lookFor(
  ctx: EngineContext,
  submission: SubmissionRow,
  said: ResolutionRow,
  sendAgain: SendAgain,
): Promise<Finding | null> {
  if (said.providerBatchId !== null) return comparedWith(ctx, submission, said.providerBatchId);
  if (submission.hintedBatchId !== null) return comparedWith(ctx, submission, submission.hintedBatchId);
  const found = await lookUp(ctx, submission);
  if (found.kind === 'found') return comparedWith(ctx, submission, found.providerBatchId);
  if (found.kind === 'several') {
    const detail = `the provider has several under its reference: ${found.providerBatchIds.join(', ')}`;
    return { kind: 'undecided', detail, contradicted: true };
  }
  if (found.kind === 'unanswered') return { kind: 'undecided', detail: found.detail, contradicted: false };
  if (isKeyOver(submission, ctx.now())) return { kind: 'nothing' };
  const outcome = await sendAgain();
  if (outcome === null) return null;
  if (outcome.kind === 'accepted') return { kind: 'proof', outcome };
  if (outcome.kind === 'rejected') {
    return outcome.certainAfterLoss ? { kind: 'proof', outcome } : { kind: 'nothing' };
  }
  const detail = outcome.kind === 'unknown' ? outcome.cause : `${outcome.code}: ${outcome.message}`;
  return { kind: 'undecided', detail, contradicted: false };
}

async function comparedWith(
  ctx: EngineContext,
  submission: SubmissionRow,
  providerBatchId: string,
): Promise<Finding> {
  const compared = await compare(ctx, submission, providerBatchId);
  if (compared.kind === 'same') return { kind: 'proof', outcome: compared.accepted };
  return { kind: 'undecided', detail: compared.detail, contradicted: compared.kind === 'mismatch' };
}
