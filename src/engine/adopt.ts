import type { CallOutcome } from '../actions/submissions.ts';
import { LookupFailedError } from '../providers/provider.ts';
import { openAlerts } from '../store/alerts.ts';
import { findAttempts } from '../store/attempts.ts';
import type { SubmissionRow } from '../store/submissions.ts';
import type { EngineContext } from './context.ts';
import { walk } from './walk.ts';

/**
 * The provider holds something under our key. It counts as ours only when every item and amount is the same; then the
 * submission had arrived. Until that is seen the outcome stays unknown: a duplicate is never a rejection.
 */
export async function adopt(
  ctx: EngineContext,
  submission: SubmissionRow,
  providerBatchId: string | null,
): Promise<CallOutcome> {
  if (providerBatchId === null) {
    return unknown('the provider knows the key but did not say under which batch');
  }
  try {
    const problem = await compare(ctx, submission, providerBatchId);
    if (problem === null) {
      return {
        kind: 'accepted',
        providerBatchId,
        evidence: 'had arrived before; every item and amount compared',
      };
    }
    if (problem.kind === 'mismatch') await alertMismatch(ctx, submission, providerBatchId, problem.detail);
    return unknown(problem.detail);
  } catch (error) {
    if (!(error instanceof LookupFailedError)) throw error;
    return {
      kind: 'unknown',
      cause: `duplicate, not readable yet: ${error.message}`,
      retryAfterMs: error.retryAfterMs,
    };
  }
}

function unknown(cause: string): CallOutcome {
  return { kind: 'unknown', cause, retryAfterMs: null };
}

async function compare(
  ctx: EngineContext,
  submission: SubmissionRow,
  providerBatchId: string,
): Promise<{ kind: 'mismatch' | 'incomplete'; detail: string } | null> {
  let wrong: string | null = null;
  const read = await walk(ctx.provider, providerBatchId, async (items) => {
    const ours = new Map(
      (
        await findAttempts(
          ctx.db,
          items.map((item) => item.itemReference),
        )
      ).map((row) => [row.itemReference, row]),
    );
    const bad = items.find((item) => {
      const mine = ours.get(item.itemReference);
      return (
        mine?.submissionId !== submission.id || mine.amount !== item.amount || mine.currency !== item.currency
      );
    });
    wrong = bad ? `item ${bad.itemReference} is not the one that was sent` : null;
    return wrong === null;
  });
  if (read.providerKey !== null && read.providerKey !== submission.providerKey) {
    return { kind: 'mismatch', detail: `batch ${providerBatchId} has another key` };
  }
  if (read.doubles.length > 0) wrong = `item ${read.doubles[0] ?? ''} is listed twice`;
  if (wrong !== null) return { kind: 'mismatch', detail: wrong };
  const missing = submission.itemCount - read.seen.size;
  if (missing === 0) return null;
  const detail = `batch ${providerBatchId} lists ${read.seen.size} of ${submission.itemCount} items`;
  return { kind: read.progress === 'open' ? 'incomplete' : 'mismatch', detail };
}

async function alertMismatch(
  ctx: EngineContext,
  submission: SubmissionRow,
  providerBatchId: string,
  detail: string,
): Promise<void> {
  const message =
    `The provider holds batch ${providerBatchId} under our key, but it is not what was sent: ${detail}. ` +
    'Nothing is sent again; a person must compare.';
  await openAlerts(
    ctx.db,
    [{ kind: 'adoption_mismatch', subject: submission.providerKey, message }],
    ctx.now(),
  );
  ctx.log.error('adoption_mismatch', { submission: submission.publicId, providerBatchId, detail });
}
