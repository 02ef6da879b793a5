import { can } from '../core/payout.ts';
import type { Refusal } from '../core/refusal.ts';
import { refuse } from '../core/refusal.ts';
import { nobodyApproved } from '../core/timeline-words.ts';
import { saveHold } from '../store/approvals.ts';
import type { Db } from '../store/db.ts';
import { transaction } from '../store/db.ts';
import type { LockedPayout } from '../store/payout-moves.ts';
import { expiredPayouts, lockPayouts, recordEvents } from '../store/payout-moves.ts';
import { audit, auditAll } from './audit.ts';
import type { ActionContext } from './context.ts';
import type { DeedResult } from './deeds.ts';
import { judged, resultsOf, stillExported, tooLate } from './deeds.ts';
import { movePayouts } from './payout-moves.ts';

/** Cancels payouts that have not left, or are proven not to have been paid; what they carried is free again. */
export async function cancelPayouts(
  ctx: ActionContext,
  input: { payoutIds: readonly string[]; reason: string; evenIfExported?: boolean },
): Promise<DeedResult[]> {
  return transaction(ctx.db, async (tx) => {
    const { able, refused } = await judged(tx, input.payoutIds, (payout) => {
      if (payout.kind === 'legacy') return refuse('legacy_payout', { payoutId: payout.publicId });
      if (payout.state === 'queued' || payout.doubted) return inProgress(payout);
      return can.cancel(payout.state) ? stillExported(payout, input.evenIfExported) : tooLate(tx, payout);
    });
    await movePayouts(tx, ctx, able, 'cancel', input.reason);
    await tell(tx, ctx, able, 'payout.cancelled', { reason: input.reason });
    return resultsOf(input.payoutIds, refused, () => 'cancelled');
  });
}

function inProgress({ publicId, state }: LockedPayout): Refusal {
  return refuse('payout_in_progress', { payoutId: publicId, payoutStatus: state });
}

const holdable = (payout: LockedPayout) => payout.state === 'pending_approval' || payout.state === 'approved';

/** Keeps payouts from being sent until somebody releases them or the time is over. Approving goes on. */
export async function holdPayouts(
  ctx: ActionContext,
  input: { payoutIds: readonly string[]; reason: string; until: Date | null },
): Promise<DeedResult[]> {
  return transaction(ctx.db, async (tx) => {
    const { able, refused } = await judged(tx, input.payoutIds, (payout) =>
      holdable(payout) ? null : tooLate(tx, payout),
    );
    await saveHold(
      tx,
      able.map(({ id }) => id),
      input,
    );
    await note(tx, ctx, able, 'put_on_hold', input.reason);
    const until = input.until?.toISOString() ?? null;
    await tell(tx, ctx, able, 'payout.held', { reason: input.reason, until });
    return resultsOf(input.payoutIds, refused, stateIn(able));
  });
}

/** Ends holds before their time. */
export async function releasePayouts(
  ctx: ActionContext,
  input: { payoutIds: readonly string[] },
): Promise<DeedResult[]> {
  return transaction(ctx.db, async (tx) => {
    const { able, refused } = await judged(tx, input.payoutIds, (payout) =>
      holdable(payout) && payout.holdReason !== null ? null : tooLate(tx, payout),
    );
    await saveHold(
      tx,
      able.map(({ id }) => id),
      { reason: null, until: null },
    );
    await note(tx, ctx, able, 'release', null);
    await tell(tx, ctx, able, 'payout.released', {});
    return resultsOf(input.payoutIds, refused, stateIn(able));
  });
}

function stateIn(payouts: readonly LockedPayout[]) {
  const states = new Map(payouts.map(({ publicId, state }) => [publicId, state]));
  return (payoutId: string) => states.get(payoutId) ?? 'approved';
}

async function note(
  tx: Db,
  ctx: ActionContext,
  payouts: readonly LockedPayout[],
  event: string,
  detail: string | null,
): Promise<void> {
  const notes = payouts.map(({ id, state }) => ({ payoutId: id, from: state, to: state, event, detail }));
  if (notes.length > 0) await recordEvents(tx, notes, ctx.actor.name, ctx.now());
}

async function tell(
  tx: Db,
  ctx: ActionContext,
  payouts: readonly LockedPayout[],
  event: string,
  after: Readonly<Record<string, string | null>>,
): Promise<void> {
  await auditAll(
    tx,
    ctx,
    payouts.map(({ publicId, state, amount, currency }) => ({
      event,
      subject: { type: 'payout', id: publicId },
      before: { status: state },
      after: { amount, currency, ...after },
    })),
  );
}

/** Declines what nobody approved in time, at most `limit`; answers how many. */
export async function expirePage(ctx: ActionContext, limit: number): Promise<number> {
  return transaction(ctx.db, async (tx) => {
    const now = ctx.now();
    const locked = await lockPayouts(tx, await expiredPayouts(tx, now, limit));
    const over = locked.filter(({ expiresAt }) => expiresAt !== null && expiresAt <= now);
    await movePayouts(tx, ctx, over, 'decline', nobodyApproved);
    if (over.length > 0)
      await audit(
        tx,
        ctx,
        'payouts.expired',
        { type: 'payouts', id: 'bulk' },
        {
          after: { declined: over.length, payouts: over.slice(0, namedMax).map(({ publicId }) => publicId) },
        },
      );
    return over.length;
  });
}

/** Payouts that one event names. */
const namedMax = 100;
