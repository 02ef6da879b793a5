import { can } from '../core/payout.ts';
import type { Outcome } from '../core/refusal.ts';
import { done, refuse } from '../core/refusal.ts';
import { findActiveBatch } from '../store/batches.ts';
import { findCycle, lockCycle } from '../store/cycles.ts';
import type { Db } from '../store/db.ts';
import { doubtedAmong } from '../store/doubts.ts';
import { methodTypesOf, retryablePage } from '../store/eligibility.ts';
import type { PayoutRow } from '../store/payouts.ts';
import { findPayout } from '../store/payouts.ts';
import { audit } from './audit.ts';
import type { ProcessResult } from './batches.ts';
import type { ActionContext } from './context.ts';
import { underLock } from './cycle-lock.ts';
import { acceptedGap, requireFloat, unlessUnfunded } from './float.ts';
import { prepareBatch } from './prepare.ts';
import type { Providers } from './providers.ts';
import { anotherUnderWay, heldOrMoved } from './retry-guards.ts';

export interface RetryInput {
  readonly ids: readonly string[];
  readonly startedBy: string;
  /** Start also when the provider account is known not to hold enough. */
  readonly acceptShortfall?: boolean;
}

/**
 * Pays single payouts again that failed or came back, as a new batch of their cycle. All or none: a payout that is on its
 * way, unknown or paid refuses the call, and so does one of another cycle, or payees of several providers: a batch pays
 * through one. What the provider account is known not to cover is undone and refused, unless the caller accepts the shortfall.
 */
export async function retryPayouts(
  ctx: ActionContext,
  providers: Providers,
  input: RetryInput,
): Promise<Outcome<ProcessResult>> {
  return unlessUnfunded(() => startRetry(ctx, providers, input));
}

async function startRetry(
  ctx: ActionContext,
  providers: Providers,
  input: RetryInput,
): Promise<Outcome<ProcessResult>> {
  return underLock<ProcessResult>(ctx, async (tx) => {
    const first = await findPayout(tx, input.ids[0] ?? '');
    if (!first) return refuse('payout_not_found', { payoutId: input.ids[0] ?? '' });
    const cycle = first.cycleId === null ? undefined : await findCycle(tx, first.cycleId);
    if (cycle) await lockCycle(tx, cycle.id);
    const payouts = await findAll(tx, input.ids);
    const problem = firstProblem(payouts, input.ids, first.cycleId);
    if (problem) return problem;
    const [doubted] = await doubtedAmong(
      tx,
      payouts.flatMap((payout) => payout?.id ?? []),
    );
    if (doubted !== undefined) return refuse('payout_in_progress', { payoutId: doubted });
    const found = payouts.flatMap((payout) => payout ?? []);
    const barred =
      (await heldOrMoved(tx, found, ctx.now(), ctx.calendar.zone)) ?? (await anotherUnderWay(tx, found));
    if (barred) return barred;
    const active = cycle ? await findActiveBatch(tx, cycle.id) : undefined;
    if (active)
      return refuse('batch_already_active', { batchId: active.publicId, startedBy: active.startedBy });
    const ids = payouts.flatMap((payout) => payout?.id ?? []);
    const named = (await methodTypesOf(tx, ids)).flatMap((type) => providers.find(type) ?? []);
    const [rules] = named;
    if (!rules) return refuse('nothing_to_pay');
    if (named.length > 1) return refuse('several_providers');
    const prepared = await prepareBatch(tx, ctx, rules, {
      cycle: cycle ?? null,
      startedBy: input.startedBy,
      notes: `Retry of ${ids.length} single payouts`,
      retryOf: null,
      sources: [(db, after, limit) => retryablePage(db, ids, rules.name, ctx.now(), after, limit)],
    });
    if (!prepared) return refuse('nothing_to_pay');
    const shortfall = await requireFloat(tx, ctx, rules, prepared.batchId, input.acceptShortfall);
    const after = {
      cycleId: cycle?.publicId ?? null,
      totalItems: prepared.totalItems,
      payoutIds: payouts.flatMap((payout) => payout?.publicId ?? []),
      ...acceptedGap(shortfall),
    };
    await audit(tx, ctx, 'payouts.retried', { type: 'batch', id: prepared.batchId }, { after });
    return done({ ...prepared, replayed: false });
  });
}

async function findAll(tx: Db, ids: readonly string[]): Promise<(PayoutRow | undefined)[]> {
  const found: (PayoutRow | undefined)[] = [];
  for (const id of ids) found.push(await findPayout(tx, id));
  return found;
}

function firstProblem(
  payouts: readonly (PayoutRow | undefined)[],
  ids: readonly string[],
  cycleId: string | null,
) {
  for (const [index, payout] of payouts.entries()) {
    const payoutId = ids[index] ?? '';
    if (!payout) return refuse('payout_not_found', { payoutId });
    if (payout.cycleId !== cycleId) return refuse('several_cycles', { payoutId });
    if (payout.kind === 'legacy') return refuse('legacy_payout', { payoutId });
    if (can.retry(payout.state)) continue;
    const settled = ['completed', 'cancelled', 'declined'].includes(payout.state);
    return refuse(settled ? 'already_processed' : 'payout_in_progress', {
      payoutId,
      payoutStatus: payout.state,
    });
  }
  return null;
}
