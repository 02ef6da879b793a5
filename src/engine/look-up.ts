import { LookupFailedError } from '../providers/provider.ts';
import type { SubmissionRow } from '../store/submissions.ts';
import { frozenRequest, lastSentAt } from '../store/submissions.ts';
import type { EngineContext } from './context.ts';

/** The last call of a submission has ended for certain after this long, however it was held up on its way. */
const callOverMs = 60 * 60_000;

/** What the provider has under the key or the reference of a submission. */
type LookedUp =
  | { kind: 'found'; providerBatchId: string }
  /** More than one: a person must compare. */
  | { kind: 'several'; providerBatchIds: readonly string[] }
  /** It has nothing; that is proof from `proofAt` on, as until then a call may still be on its way. */
  | { kind: 'absent'; proofAt: Date }
  | { kind: 'unanswered'; detail: string; retryAfterMs: number | null }
  /** This provider answers no such question. */
  | { kind: 'silent' };

/** Asks the provider what it has of a submission, where it can be asked. */
export async function lookUp(ctx: EngineContext, submission: SubmissionRow): Promise<LookedUp> {
  try {
    return await ask(ctx, submission);
  } catch (error) {
    if (!(error instanceof LookupFailedError)) throw error;
    return { kind: 'unanswered', detail: error.message, retryAfterMs: error.retryAfterMs };
  }
}

async function ask(ctx: EngineContext, submission: SubmissionRow): Promise<LookedUp> {
  const provider = ctx.providers.of(submission.provider);
  if (provider.lookUp) {
    const kept = await frozenRequest(ctx.db, ctx.vault, submission.id);
    if (!kept) return { kind: 'silent' };
    const found = await provider.lookUp({ providerKey: submission.providerKey, body: kept.body });
    return found.kind === 'absent' ? { kind: 'absent', proofAt: await proofAt(ctx, submission) } : found;
  }
  if (!provider.findByKey) return { kind: 'silent' };
  const providerBatchId = await provider.findByKey(submission.providerKey);
  if (providerBatchId !== null) return { kind: 'found', providerBatchId };
  return { kind: 'absent', proofAt: await proofAt(ctx, submission) };
}

/** Not before the key's life is over, and not before the last call is: a call can have been put off for long. */
async function proofAt(ctx: EngineContext, submission: SubmissionRow): Promise<Date> {
  const sentAt = await lastSentAt(ctx.db, submission.id);
  const callOver = (sentAt?.getTime() ?? 0) + callOverMs;
  return new Date(Math.max(callOver, submission.keyValidUntil?.getTime() ?? 0));
}
