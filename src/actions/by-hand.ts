import { holdNow } from '../core/hold.ts';
import { can } from '../core/payout.ts';
import type { Outcome } from '../core/refusal.ts';
import { done, refuse } from '../core/refusal.ts';
import { savePaidByHand } from '../store/approvals.ts';
import { transaction } from '../store/db.ts';
import { lockPayouts } from '../store/payout-moves.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';
import { tooLate } from './deeds.ts';
import { movePayouts } from './payout-moves.ts';

/**
 * Writes down that a payout was paid by hand. It claims the row that an automatic sender claims: what is preparing or on its
 * way cannot be marked, and what is marked is never prepared.
 */
export async function markPaid(
  ctx: ActionContext,
  input: { payoutId: string; reference: string; notes: string | null },
): Promise<Outcome<{ payoutId: string }>> {
  const { payoutId, reference, notes } = input;
  return transaction(ctx.db, async (tx) => {
    const [payout] = await lockPayouts(tx, [payoutId]);
    if (!payout) return refuse('payout_not_found', { payoutId });
    const { state: status, amount, currency } = payout;
    if (status === 'pending_approval') return refuse('not_approved', { payoutId, payoutStatus: status });
    if (payout.doubted) return refuse('payout_in_progress', { payoutId, payoutStatus: status });
    if (!can.markPaid(status)) return tooLate(tx, payout);
    const now = ctx.now();
    const hold = holdNow(payout, now);
    if (hold) {
      const until = hold.until ? { until: hold.until.toISOString() } : {};
      return refuse('payout_on_hold', { payoutId, reason: hold.reason, ...until });
    }
    await movePayouts(tx, ctx, [payout], 'mark_paid', `paid by hand, reference ${reference}`);
    await savePaidByHand(tx, payout.id, { reference, notes }, now);
    await audit(
      tx,
      ctx,
      'payout.marked_paid',
      { type: 'payout', id: payoutId },
      {
        before: { status },
        after: { amount, currency, reference, notes },
      },
    );
    return done({ payoutId });
  });
}

/** What was paid by hand came back: the books are reversed and the money is available to the payee again. */
export async function unpay(
  ctx: ActionContext,
  input: { payoutId: string; reason: string },
): Promise<Outcome<{ payoutId: string }>> {
  const { payoutId, reason } = input;
  return transaction(ctx.db, async (tx) => {
    const [payout] = await lockPayouts(tx, [payoutId]);
    if (!payout) return refuse('payout_not_found', { payoutId });
    if (payout.state !== 'completed') return tooLate(tx, payout);
    if (payout.paidByHandAt === null) return refuse('not_paid_by_hand', { payoutId });
    await movePayouts(tx, ctx, [payout], 'return', reason);
    const { amount, currency } = payout;
    await audit(
      tx,
      ctx,
      'payout.unpaid',
      { type: 'payout', id: payoutId },
      {
        before: { status: payout.state },
        after: { amount, currency, reason },
      },
    );
    return done({ payoutId });
  });
}
