import { recordItems, tellsNews } from '../actions/outcomes.ts';
import { mask } from '../core/mask.ts';
import { LookupFailedError } from '../providers/provider.ts';
import { closeAlerts, openAlerts } from '../store/alerts.ts';
import { batchPublicId } from '../store/batches.ts';
import type { Discrepancy, Unreconciled } from '../store/reconciliations.ts';
import {
  finishRun,
  keepRun,
  leaveRun,
  recordDiscrepancies,
  startRun,
  unreconciledBatches,
} from '../store/reconciliations.ts';
import type { SubmissionRow } from '../store/submissions.ts';
import { releaseLease, submissionsOf, takeLease } from '../store/submissions.ts';
import type { EngineContext, Round } from './context.ts';
import { claimOf } from './context.ts';
import { repeatedForDays, repeatedForMsMax, unanswered } from './left-alone.ts';
import { sideBySide } from './side-by-side.ts';
import { walk } from './walk.ts';
import { tellRefused, wasRefused } from './refused.ts';

const batchesPerRoundMax = 4;
const dayMs = 24 * 60 * 60 * 1000;
/** A batch that completed is compared again once a day, for as long as `repeatedForDays` says. */
const repeatedAfterMs = dayMs;
/** A provider that gives no answer about a batch so often in a row, with two minutes between the last, is worth an alert. */
const triesMax = 6;
/** Discrepancies written per submission; beyond it the count says enough. */
const discrepanciesMax = 1000;

/** So often in a row a batch is left to who is reading one of its submissions; then the lease is taken from them. */
const givesWayMax = 3;

/** `left`: somebody else is at it, and it is tried again. `unanswered`: whoever asks this provider for more would wait as long. */
type Ended = 'compared' | 'left' | 'unanswered';

/** What a comparison has come to. */
interface Comparison {
  readonly runId: bigint;
  readonly givesWay: boolean;
  readonly total: { checked: number; corrected: number; differences: number };
}

/** Somebody else holds the comparison or one of its submissions, so it says nothing of the batch. */
class GaveWayError extends Error {}

/** Reconciles batches that completed and were not reconciled since, or not for a day; answers how many. */
export async function runOnce(ctx: EngineContext, round: Round): Promise<number> {
  const now = ctx.now().getTime();
  const repeated = {
    since: new Date(now - repeatedAfterMs),
    forDays: repeatedForDays,
    completedAfter: new Date(now - repeatedForMsMax),
  };
  const batches = await unreconciledBatches(
    ctx.db,
    {
      batchId: round.batchId,
      limit: batchesPerRoundMax,
      providers: ctx.providers.names,
      repeated: round.batchId === null ? repeated : null,
      takesOverDead: ctx.takesOverDead === true,
    },
    ctx.now(),
  );
  let finished = 0;
  for (const batch of batches) {
    // One silence of a provider ends the round: whoever asks it for more would wait as long again.
    const ended = await reconcileBatch(ctx, batch);
    if (ended === 'unanswered') break;
    if (ended === 'compared') finished += 1;
  }
  return finished;
}

/**
 * Asks the provider for every item of a batch, corrects what differs through the one transition function, and records in
 * both directions what cannot be corrected: items that are missing there, and items there that are not ours. A run that did
 * not compare everything stays open and is repeated: it says nothing of the batch. Where a submission is one call, as many as
 * the provider takes are read side by side, each with its own lease and short transactions.
 */
async function reconcileBatch(
  ctx: EngineContext,
  { id: batchId, provider, unanswered: tries, gaveWay }: Unreconciled,
): Promise<Ended> {
  const { callsAtOnceMax } = ctx.providers.of(provider).capabilities;
  const run = ctx.newId('rc');
  const runId = await startRun(ctx.db, run, batchId, claimOf(ctx), ctx.now());
  if (runId === null) return 'left';
  const total = { checked: 0, corrected: 0, differences: 0 };
  const comparison = { runId, givesWay: gaveWay < givesWayMax, total };
  try {
    await sideBySide(await submissionsOf(ctx.db, batchId), callsAtOnceMax, async (submission) => {
      const found = await reconcileSubmission(ctx, submission, comparison);
      total.differences += found.length;
      await recordDiscrepancies(ctx.db, runId, found.slice(0, discrepanciesMax), ctx.now());
    });
  } catch (error) {
    await leaveRun(ctx.db, runId, error instanceof GaveWayError);
    return tellWhy(ctx, { batchId, run, tries: tries + 1 }, error);
  }
  if (!(await finishRun(ctx.db, runId, total, ctx.now()))) return 'left';
  if (tries >= triesMax)
    await closeAlerts(ctx.db, [unanswered], await batchPublicId(ctx.db, batchId), ctx.now());
  await tellDifferences(ctx, batchId, total.differences);
  ctx.log.info('batch_reconciled', { run, ...total });
  return 'compared';
}

/** Why a batch was not compared; a bug is thrown on. */
async function tellWhy(
  ctx: EngineContext,
  { batchId, run, tries }: { batchId: bigint; run: string; tries: number },
  error: unknown,
): Promise<Ended> {
  if (error instanceof GaveWayError) {
    ctx.log.info('reconcile_gave_way', { run });
    return 'left';
  }
  if (wasRefused(error)) {
    await tellRefused(ctx, await batchPublicId(ctx.db, batchId), error);
    return 'unanswered';
  }
  if (!(error instanceof LookupFailedError)) throw error;
  ctx.log.warn('reconcile_unanswered', { run, cause: error.message });
  await tellUnanswered(ctx, batchId, tries, error.message);
  return 'unanswered';
}

/** A batch of which the provider says nothing, again and again, is an alert until it is compared. */
async function tellUnanswered(
  ctx: EngineContext,
  batchId: bigint,
  tries: number,
  cause: string,
): Promise<void> {
  if (tries < triesMax) return;
  const subject = await batchPublicId(ctx.db, batchId);
  await openAlerts(ctx.db, [{ kind: unanswered, subject, facts: { tries, cause } }], ctx.now());
}

/** A batch of which provider and Purser disagree is an alert until a later run finds nothing. */
async function tellDifferences(ctx: EngineContext, batchId: bigint, differences: number): Promise<void> {
  const subject = await batchPublicId(ctx.db, batchId);
  const kind = 'reconciliation_mismatch';
  if (differences === 0) await closeAlerts(ctx.db, [kind], subject, ctx.now());
  else await openAlerts(ctx.db, [{ kind, subject, facts: { count: differences } }], ctx.now());
}

/** Other systems that pay from the same account name their items by anything, also by an address. */
function strangersReference({ itemReference }: { itemReference: string }): string {
  return itemReference.includes('@') ? mask(itemReference) : itemReference;
}

async function reconcileSubmission(
  ctx: EngineContext,
  submission: SubmissionRow,
  { runId, givesWay, total }: Comparison,
): Promise<Discrepancy[]> {
  const { provider, providerBatchId } = submission;
  const differs = (kind: string, itemReference: string | null, detail: string): Discrepancy => ({
    kind,
    provider,
    providerBatchId,
    itemReference,
    detail,
  });
  if (submission.state === 'sending' || submission.state === 'unknown') {
    return [
      differs('outcome_unknown', null, `${submission.itemCount} items under ${submission.providerKey}`),
    ];
  }
  if (submission.state !== 'accepted' || providerBatchId === null) return [];
  await keepHold(ctx, runId);
  const leased = await takeLease(ctx.db, submission.id, { ...claimOf(ctx), givesWay }, ctx.now());
  if (!leased) throw new GaveWayError('somebody else reads it');
  const found: Discrepancy[] = [];
  let strangersSeen = 0;
  let held = false;
  try {
    const read = await walk(ctx.providers.of(provider), providerBatchId, async (items) => {
      await keepHold(ctx, runId);
      const { news, strangers } = await tellsNews(ctx, leased, items);
      strangersSeen += strangers.length;
      found.push(
        ...strangers.map((item) =>
          differs('not_ours', strangersReference(item), `${item.raw} at the provider`),
        ),
      );
      const recorded = news ? await recordItems(ctx, leased, items, 'reconciliation') : null;
      if (recorded?.leaseLost) return false;
      total.checked += items.length - strangers.length;
      total.corrected += recorded?.changed ?? 0;
      return true;
    });
    found.push(
      ...read.doubles.map((reference) => differs('listed_twice', reference, 'two items at the provider')),
    );
    const missing = submission.itemCount - (read.seen.size - strangersSeen);
    if (read.complete && missing > 0) found.push(differs('missing_at_provider', null, `${missing} items`));
  } finally {
    held = await releaseLease(ctx.db, leased.id, leased.fence, leased.dueAt);
  }
  if (!held) throw new GaveWayError('somebody else took it over');
  return found;
}

async function keepHold(ctx: EngineContext, runId: bigint): Promise<void> {
  if (!(await keepRun(ctx.db, runId, claimOf(ctx), ctx.now())))
    throw new GaveWayError('somebody else compares it');
}
