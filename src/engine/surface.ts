import { recordDoubt, recordSurfaced } from '../actions/surfaced.ts';
import { claimNamed } from '../store/resolutions.ts';
import type { SubmissionRow } from '../store/submissions.ts';
import { alertMismatch, compare } from './adopt.ts';
import type { EngineContext } from './context.ts';
import { claimOf } from './context.ts';

/** Submissions one worker compares in a round. */
const namedPerRoundMax = 4;
/** How often a batch that is not readable, or not ours, is compared again. */
const compareWaitMs = 5 * 60_000;

/**
 * What a person called unsent and the provider has named since: compared, and followed again when it is ours. Answers how
 * many were looked at.
 */
export async function runOnce(ctx: EngineContext): Promise<number> {
  const named = await claimNamed(
    ctx.db,
    { ...claimOf(ctx), providers: ctx.providers.names },
    namedPerRoundMax,
    ctx.now(),
  );
  for (const submission of named) await surfaceOne(ctx, submission);
  return named.length;
}

async function surfaceOne(ctx: EngineContext, submission: SubmissionRow): Promise<void> {
  if (submission.hintedBatchId === null) throw new Error('claimed without a named batch');
  const compared = await compare(ctx, submission, submission.hintedBatchId);
  ctx.log.warn('sent_after_all', { submission: submission.publicId, compared: compared.kind });
  if (compared.kind === 'same') {
    await recordSurfaced(ctx, submission, compared.accepted, ctx.pollIntervalMs);
    return;
  }
  await recordDoubt(ctx, submission, new Date(ctx.now().getTime() + compareWaitMs));
  if (compared.kind === 'mismatch') {
    await alertMismatch(ctx, submission, submission.hintedBatchId, compared.detail);
  }
}
