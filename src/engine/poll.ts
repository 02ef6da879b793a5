import { postFees, recordDenied, recordItems } from '../actions/outcomes.ts';
import type { Openness } from '../core/retry.ts';
import { isWatchOver, pollWaitMs } from '../core/retry.ts';
import type { StatusPage } from '../providers/provider.ts';
import { LookupFailedError } from '../providers/provider.ts';
import { openAlerts } from '../store/alerts.ts';
import type { SubmissionRow } from '../store/submissions.ts';
import { claimSubmissions, opennessOf, savePoll } from '../store/submissions.ts';
import type { EngineContext, Round } from './context.ts';
import { claimOf } from './context.ts';
import type { Walk } from './walk.ts';
import { walk } from './walk.ts';
import { tellRefused, wasRefused } from './refused.ts';

/** Asks the provider about due submissions; answers how many were asked about. */
export async function runOnce(ctx: EngineContext, round: Round): Promise<number> {
  const polled = await Promise.all(
    ctx.providers.all.map(async ({ name: provider, capabilities: { callsAtOnceMax: limit } }) => {
      const claim = { ...claimOf(ctx), limit, batchId: round.batchId, provider };
      const claimed = await claimSubmissions(ctx.db, 'poll', claim, ctx.now());
      await Promise.all(claimed.map((submission) => pollOne(ctx, submission)));
      return claimed.length;
    }),
  );
  return polled.reduce((sum, count) => sum + count, 0);
}

async function pollOne(ctx: EngineContext, submission: SubmissionRow): Promise<void> {
  if (submission.providerBatchId === null) throw new Error('accepted submission without a provider batch');
  try {
    const provider = ctx.providers.of(submission.provider);
    const read = await walk(provider, submission.providerBatchId, async (items, page, number) => {
      const recorded = await recordItems(ctx, submission, items, submission.provider);
      return !recorded.leaseLost && !isTooEarly(page, number, recorded.changed);
    });
    await conclude(ctx, submission, read);
    await schedule(ctx, submission, read.progress, null);
  } catch (error) {
    if (wasRefused(error)) {
      await tellRefused(ctx, submission.providerKey, error);
      return schedule(ctx, submission, null, null);
    }
    if (!(error instanceof LookupFailedError)) throw error;
    ctx.log.warn('poll_unanswered', { submission: submission.publicId, cause: error.message });
    await schedule(ctx, submission, null, error);
  }
}

/** An unfinished batch whose first page tells nothing new is not worth its other pages yet. */
function isTooEarly(page: StatusPage, number: number, changed: number): boolean {
  return page.progress === 'open' && number === 1 && changed === 0;
}

/** What only a complete reading of a finished batch can tell. */
async function conclude(ctx: EngineContext, submission: SubmissionRow, read: Walk): Promise<void> {
  await openAlerts(
    ctx.db,
    read.doubles.map((subject) => ({ kind: 'listed_twice', subject, facts: {} }) as const),
    ctx.now(),
  );
  if (!read.complete) return;
  if (read.progress === 'denied') await recordDenied(ctx, submission, submission.provider);
  if (read.progress === 'unknown') {
    const facts = { raw: read.raw, of: 'submission' } as const;
    await openAlerts(ctx.db, [{ kind: 'unknown_status', subject: submission.providerKey, facts }], ctx.now());
  }
  if (read.progress === 'done' && read.seen.size < submission.itemCount) {
    const facts = { seen: read.seen.size, of: submission.itemCount };
    await openAlerts(ctx.db, [{ kind: 'items_missing', subject: submission.providerKey, facts }], ctx.now());
  }
  if (read.progress === 'done') await postFees(ctx, submission);
}

async function schedule(
  ctx: EngineContext,
  submission: SubmissionRow,
  progress: string | null,
  error: LookupFailedError | null,
): Promise<void> {
  const now = ctx.now();
  const openness: Openness = await opennessOf(ctx.db, submission.id);
  const ageMs = now.getTime() - (submission.acceptedAt ?? submission.createdAt).getTime();
  const waitMs = Math.max(
    pollWaitMs(openness, ctx.pollIntervalMs, submission.pollCount, ageMs),
    error?.retryAfterMs ?? 0,
  );
  const poll = {
    progress,
    nextActionAt: new Date(now.getTime() + waitMs),
    closed: isWatchOver(openness, ageMs),
    error: error?.message ?? null,
  };
  await savePoll(ctx.db, submission.id, submission.fence, poll, now);
}
