import { refuseOnHold } from '../core/hold-refusals.ts';
import { holdNow } from '../core/hold.ts';
import { can } from '../core/payout.ts';
import type { Outcome, Refusal } from '../core/refusal.ts';
import { done, refuse } from '../core/refusal.ts';
import type { Db } from '../store/db.ts';
import { transaction } from '../store/db.ts';
import { preparedBy, savePaidByHand } from '../store/hand-transfers.ts';
import type { LockedPayout } from '../store/payout-moves.ts';
import { lockPayouts } from '../store/payout-moves.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';
import { tooLate } from './deeds.ts';
import { movePayouts } from './payout-moves.ts';

/** What the timeline says of a payment by hand. */
export function paidByHandWords(reference: string): string {
  return `paid by hand, reference ${reference}`;
}

/**
 * Writes down that a payout was paid by hand. It claims the row that an automatic sender claims: what is preparing or on its
 * way cannot be marked (the refusal says who started that), and what is marked is never prepared.
 */
export async function markPaid(
  ctx: ActionContext,
  input: { payoutId: string; reference: string; notes: string | null; paidOn?: string | null },
): Promise<Outcome<{ payoutId: string }>> {
  const { payoutId, reference, notes, paidOn = null } = input;
  return transaction(ctx.db, async (tx) => {
    const [payout] = await lockPayouts(tx, [payoutId]);
    if (!payout) return refuse('payout_not_found', { payoutId });
    const { state: status, amount, currency } = payout;
    const no = await notPayable(tx, ctx, payout, reference);
    if (no) return no;
    await movePayouts(tx, ctx, [payout], 'mark_paid', paidByHandWords(reference));
    await savePaidByHand(tx, [{ payoutId: payout.id, reference, notes, paidOn }], ctx.now());
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

async function notPayable(
  tx: Db,
  ctx: ActionContext,
  payout: LockedPayout,
  reference: string,
): Promise<Refusal | null> {
  const { publicId: payoutId, state: payoutStatus } = payout;
  if (payout.kind === 'legacy') return refuse('legacy_payout', { payoutId });
  if (payoutStatus !== 'completed' && payout.usedReferences.includes(reference))
    return refuse('reference_came_back', { payoutId, payoutStatus });
  if (payoutStatus === 'pending_approval') return refuse('not_approved', { payoutId, payoutStatus });
  if (payout.doubted) return refuse('payout_in_progress', { payoutId, payoutStatus });
  if (!can.markPaid(payoutStatus)) return withSender(tx, payout, await tooLate(tx, ctx, payout));
  const hold = holdNow(payout, ctx.now());
  return hold && refuseOnHold(payoutId, hold, ctx.calendar.zone);
}

/** Of what is preparing or on its way: who started the batch that pays it, and when. */
async function withSender(tx: Db, payout: LockedPayout, no: Refusal): Promise<Refusal> {
  if (no.code !== 'payout_in_progress') return no;
  const sender = await preparedBy(tx, payout.id);
  if (!sender) return no;
  const who = { batchId: sender.batchId, doneBy: sender.by, doneAt: sender.at.toISOString() };
  return refuse(no.code, { ...no.details, ...who });
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
    if (payout.state !== 'completed') return tooLate(tx, ctx, payout);
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
