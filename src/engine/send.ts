import type { CallOutcome, Frozen } from '../actions/submissions.ts';
import { recordAbsent } from '../actions/resolutions.ts';
import { beginSend, recordCall, recordKeyOver, recordSeveral } from '../actions/submissions.ts';
import { destinationKind } from '../core/payout-method.ts';
import { reasonFor } from '../core/reasons.ts';
import { isKeyOver } from '../core/submission.ts';
import type { PayoutItem, PayoutProvider } from '../providers/provider.ts';
import type { ItemRow } from '../store/attempts.ts';
import { hintBatch, openResolution } from '../store/resolutions.ts';
import type { SubmissionRow } from '../store/submissions.ts';
import { claimSubmissions, releaseLease } from '../store/submissions.ts';
import { adopt } from './adopt.ts';
import type { EngineContext, Round } from './context.ts';
import { claimOf } from './context.ts';
import { lookUp } from './look-up.ts';
import { resolveOne } from './resolve.ts';

/** How often a submission with an outlived key is looked at again. */
const expiredWaitMs = 60 * 60 * 1000;
/** How soon a provider that did not answer a look-up is asked again. */
const unansweredWaitMs = 5 * 60 * 1000;

/** Claims due submissions of each provider and sends them; answers how many were claimed. */
export async function runOnce(ctx: EngineContext, round: Round): Promise<number> {
  const sent = await Promise.all(
    ctx.providers.all.map(async ({ name: provider, capabilities: { callsAtOnceMax: limit } }) => {
      const claimed = await claimToSend(ctx, round, provider, limit);
      await Promise.all(claimed.map((submission) => sendOne(ctx, submission)));
      return claimed.length;
    }),
  );
  return sent.reduce((sum, count) => sum + count, 0);
}

/** Up to `limit` due submissions of this provider, each under a lease of its own, and none whose call of ours is still `underWay`. */
export async function claimToSend(
  ctx: EngineContext,
  round: Round,
  provider: string,
  limit: number,
  underWay: readonly SubmissionRow[] = [],
): Promise<SubmissionRow[]> {
  const except = underWay.map(({ id }) => id);
  const claim = { ...claimOf(ctx), limit, batchId: round.batchId, provider, except };
  return claimSubmissions(ctx.db, 'send', claim, ctx.now());
}

/** Sends a submission that was claimed, and writes down what the call proved. */
export async function sendOne(ctx: EngineContext, submission: SubmissionRow): Promise<void> {
  const said = submission.state === 'unknown' ? await openResolution(ctx.db, submission.id) : undefined;
  if (said) {
    await resolveOne(ctx, submission, said, () => sendFrozen(ctx, submission));
    return;
  }
  if (isKeyOver(submission, ctx.now())) {
    await lookAfterKey(ctx, submission);
    return;
  }
  const outcome = await sendFrozen(ctx, submission);
  if (!outcome) return;
  const fields = fieldsOf(submission);
  const written = await recordCall(ctx, submission, outcome, ctx.pollIntervalMs);
  if (written) {
    ctx.log.info(`submission_${outcome.kind}`, { ...fields, ...describe(outcome) });
    return;
  }
  ctx.log.warn('submission_lease_lost', { ...fields, learned: outcome.kind });
  // Not lost with the lease: whoever decides about it must compare what the provider took.
  if (outcome.kind === 'accepted') {
    await hintBatch(ctx.db, submission.id, outcome.providerBatchId, ctx.now());
  }
}

function fieldsOf(submission: SubmissionRow) {
  const { publicId, providerKey, itemCount } = submission;
  return { submission: publicId, providerKey, items: itemCount };
}

/** Commits the bytes, sends them and answers what the call proved; null when the lease was lost before. */
async function sendFrozen(ctx: EngineContext, submission: SubmissionRow): Promise<CallOutcome | null> {
  const provider = ctx.providers.of(submission.provider);
  const { keyLifeMs } = provider.capabilities;
  const frozen = await beginSend(ctx, submission, (...plan) => prepare(provider, ...plan), keyLifeMs);
  if (!frozen) return null;
  if (frozen.withheld.length > 0) return withhold(frozen.withheld);
  ctx.log.info('submission_sending', fieldsOf(submission));
  return call(ctx, submission, frozen);
}

/** No byte leaves: an earlier attempt of these items turned out to be at the provider. The others travel on without them. */
function withhold(positions: readonly number[]): CallOutcome {
  const code = 'sent_before';
  const message = reasonFor(code).operator;
  return {
    kind: 'rejected',
    code,
    message,
    bad: positions.map((position) => ({ position, code, message })),
    certainAfterLoss: true,
    evidence: 'held back by Purser before a byte left: an earlier attempt is at the provider',
  };
}

function prepare(
  provider: PayoutProvider,
  providerKey: string,
  currency: string,
  rows: readonly ItemRow[],
): Uint8Array {
  const items = rows.map((row): PayoutItem => ({
    ...row,
    destination: { kind: kindOf(row.kind), value: row.destination },
  }));
  return provider.prepare({ providerKey, currency, items });
}

function kindOf(kind: string): PayoutItem['destination']['kind'] {
  const known = destinationKind(kind);
  if (known === null) throw new Error(`no provider pays to an address of kind ${kind}. Nothing was sent`);
  return known;
}

/** One call. A duplicate is compared item by item before it counts as ours. */
async function call(ctx: EngineContext, submission: SubmissionRow, frozen: Frozen): Promise<CallOutcome> {
  const provider = ctx.providers.of(submission.provider);
  const earlier = await sentBeforeRestore(ctx, submission);
  if (earlier) return earlier;
  const outcome = await provider.send(frozen);
  if (outcome.kind !== 'duplicate') return outcome;
  return adopt(ctx, submission, outcome.providerBatchId ?? submission.hintedBatchId);
}

/**
 * Rows of a restored backup may call unsent what was sent since. A provider that remembers the key refuses it; what waits
 * for longer than the key lives is looked up first, where the provider can be asked. Null: nothing is there.
 */
async function sentBeforeRestore(ctx: EngineContext, submission: SubmissionRow): Promise<CallOutcome | null> {
  const provider = ctx.providers.of(submission.provider);
  const waitedMs = ctx.now().getTime() - submission.createdAt.getTime();
  if (!provider.lookUp || waitedMs < provider.capabilities.keyLifeMs) return null;
  const found = await lookUp(ctx, submission);
  if (found.kind === 'found') return adopt(ctx, submission, found.providerBatchId);
  if (found.kind === 'unanswered') {
    const { detail: message, retryAfterMs } = found;
    return { kind: 'deferred', code: 'provider_unreachable', message, retryAfterMs };
  }
  if (found.kind !== 'several') return null;
  await recordSeveral(ctx, submission, found.providerBatchIds);
  return { kind: 'unknown', cause: 'the provider has several under its reference', retryAfterMs: null };
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

/**
 * The provider has forgotten the key, so the same bytes would now be a second payment: nothing is sent. What an event has
 * named meanwhile, or the provider shows when it can be asked, is compared and adopted; what it surely has not was not
 * sent; all else is for a person.
 */
async function lookAfterKey(ctx: EngineContext, submission: SubmissionRow): Promise<void> {
  if (submission.hintedBatchId !== null && (await adopted(ctx, submission, submission.hintedBatchId))) return;
  const found = await lookUp(ctx, submission);
  ctx.log.info('submission_looked_up', { ...fieldsOf(submission), found: found.kind });
  if (found.kind === 'found' && (await adopted(ctx, submission, found.providerBatchId))) return;
  if (found.kind === 'absent') {
    // Until then a call could still arrive. The row stays as it is.
    if (ctx.now() < found.proofAt) {
      await releaseLease(ctx.db, submission.id, submission.fence, found.proofAt);
      return;
    }
    if (await recordAbsent(ctx, submission)) return;
  }
  if (found.kind === 'several') await recordSeveral(ctx, submission, found.providerBatchIds);
  const waitMs = found.kind === 'unanswered' ? (found.retryAfterMs ?? unansweredWaitMs) : expiredWaitMs;
  await recordKeyOver(ctx, submission, new Date(ctx.now().getTime() + waitMs));
}

async function adopted(
  ctx: EngineContext,
  submission: SubmissionRow,
  providerBatchId: string,
): Promise<boolean> {
  const outcome = await adopt(ctx, submission, providerBatchId);
  if (outcome.kind !== 'accepted') return false;
  await recordCall(ctx, submission, outcome, ctx.pollIntervalMs);
  return true;
}
