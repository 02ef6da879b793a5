import type { CallOutcome } from '../actions/submissions.ts';
import { LookupFailedError } from '../providers/provider.ts';
import { openAlerts } from '../store/alerts.ts';
import { findAttempts } from '../store/attempts.ts';
import type { SubmissionRow } from '../store/submissions.ts';
import type { EngineContext } from './context.ts';
import { walk } from './walk.ts';

type Accepted = Extract<CallOutcome, { kind: 'accepted' }>;

/** What a batch of the provider's is to a submission of ours. */
export type Comparison =
  | { kind: 'same'; accepted: Accepted }
  /** Something else than what was sent. */
  | { kind: 'mismatch'; detail: string }
  /** Not complete, or not readable, yet. */
  | { kind: 'open'; detail: string; retryAfterMs: number | null };

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
    const cause = 'the provider knows the key but did not say under which batch';
    return { kind: 'unknown', cause, retryAfterMs: null };
  }
  const compared = await compare(ctx, submission, providerBatchId);
  if (compared.kind === 'same') return compared.accepted;
  if (compared.kind === 'open') {
    return { kind: 'unknown', cause: compared.detail, retryAfterMs: compared.retryAfterMs };
  }
  await alertMismatch(ctx, submission, providerBatchId, compared.detail);
  return { kind: 'unknown', cause: compared.detail, retryAfterMs: null };
}

/** Reads a batch of the provider's and compares every item and amount with what was sent. */
export async function compare(
  ctx: EngineContext,
  submission: SubmissionRow,
  providerBatchId: string,
): Promise<Comparison> {
  try {
    const problem = await findProblem(ctx, submission, providerBatchId);
    if (problem !== null) return problem;
    const evidence = 'had arrived before; every item and amount compared';
    return { kind: 'same', accepted: { kind: 'accepted', providerBatchId, evidence, adopted: true } };
  } catch (error) {
    if (!(error instanceof LookupFailedError)) throw error;
    const detail = `batch ${providerBatchId} is not readable yet: ${error.message}`;
    return { kind: 'open', detail, retryAfterMs: error.retryAfterMs };
  }
}

async function findProblem(
  ctx: EngineContext,
  submission: SubmissionRow,
  providerBatchId: string,
): Promise<Exclude<Comparison, { kind: 'same' }> | null> {
  let wrong: string | null = null;
  const read = await walk(ctx.providers.of(submission.provider), providerBatchId, async (items) => {
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
  return read.progress === 'open'
    ? { kind: 'open', detail, retryAfterMs: null }
    : { kind: 'mismatch', detail };
}

/** A person must compare: what the provider holds under our key is not what was sent. */
export async function alertMismatch(
  ctx: EngineContext,
  submission: SubmissionRow,
  providerBatchId: string,
  detail: string,
): Promise<void> {
  const facts = { batch: providerBatchId, detail };
  await openAlerts(
    ctx.db,
    [{ kind: 'adoption_mismatch', subject: submission.providerKey, facts }],
    ctx.now(),
  );
  ctx.log.error('adoption_mismatch', { submission: submission.publicId, providerBatchId, detail });
}
