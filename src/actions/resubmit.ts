import { can } from '../core/payout.ts';
import { refuse } from '../core/refusal.ts';
import type { Refusal } from '../core/refusal.ts';
import { withThrough } from '../core/through-words.ts';
import { presentMethods, repin } from '../store/approvals.ts';
import type { Db } from '../store/db.ts';
import { transaction } from '../store/db.ts';
import { owedEarnings } from '../store/owed.ts';
import type { LockedPayout } from '../store/payout-moves.ts';
import { lockPayee, openRequest } from '../store/requests.ts';
import { auditAll } from './audit.ts';
import type { ActionContext } from './context.ts';
import type { DeedResult } from './deeds.ts';
import { judged, resultsOf, tooLate } from './deeds.ts';
import { movePayouts } from './payout-moves.ts';

/**
 * Puts payouts that failed or came back to be approved again, pinned to the present method of their payee, with the money
 * reserved. It is the way on when the method is no longer the one that was approved.
 */
export async function resubmitPayouts(
  ctx: ActionContext,
  input: { payoutIds: readonly string[] },
): Promise<DeedResult[]> {
  return transaction(ctx.db, async (tx) => {
    // Of two requests of one payee in one call the first is under way when the second is judged.
    const first = new Map<string, string>();
    const { able, refused } = await judged(tx, input.payoutIds, async (payout) => {
      const no = await barred(tx, ctx, payout);
      if (no || payout.kind !== 'request') return no;
      const balance = `${payout.payeeId} ${payout.sourceCurrency ?? payout.currency}`;
      const payoutId = first.get(balance);
      if (payoutId !== undefined)
        return refuse('request_in_flight_already', { payoutId, payoutStatus: 'pending_approval' });
      first.set(balance, payout.publicId);
      return null;
    });
    const methods = await presentMethods(
      tx,
      able.map(({ payeeId }) => payeeId),
    );
    const present = (payout: LockedPayout) => {
      const method = methods.get(payout.payeeId);
      if (!method) throw new Error('a payout was judged without a method');
      return method;
    };
    for (const payout of able) await repin(tx, payout.id, present(payout).id);
    const wordsOf = (payout: LockedPayout) =>
      withThrough(`to be approved again, for ${present(payout).words}`, ctx.actor.through);
    await movePayouts(tx, ctx, able, 'resubmit', wordsOf);
    await auditAll(
      tx,
      ctx,
      able.map((payout) => ({
        event: 'payout.resubmitted',
        subject: { type: 'payout', id: payout.publicId },
        before: { status: payout.state, method: `${payout.methodType ?? ''} ${payout.methodMasked ?? ''}` },
        after: { status: 'pending_approval', method: present(payout).words },
      })),
    );
    return resultsOf(input.payoutIds, refused, () => 'pending_approval');
  });
}

/** Payouts of a run were never approved, so a retry is all they need; what an earlier system paid is not paid here. */
async function barred(tx: Db, ctx: ActionContext, payout: LockedPayout): Promise<Refusal | null> {
  const { publicId: payoutId, state, payeeId } = payout;
  const currency = payout.sourceCurrency ?? payout.currency;
  if (payout.kind === 'legacy') return refuse('legacy_payout', { payoutId });
  if (payout.kind === 'cycle') return refuse('never_approved', { payoutId });
  if (payout.doubted) return refuse('payout_in_progress', { payoutId, payoutStatus: state });
  if (!can.resubmit(state)) return tooLate(tx, ctx, payout);
  const payee = await lockPayee(tx, payeeId);
  if (!payee || payee.methodId === null)
    return refuse('payout_method_missing', { payeeId: payee?.externalId ?? '' });
  const owed = (await owedEarnings(tx, payeeId, currency)).reduce((sum, { amount }) => sum + amount, 0n);
  if (owed > 0n) return refuse('payee_owes', { payeeId: payee.externalId, owed: { [currency]: owed } });
  const open = payout.kind === 'request' ? await openRequest(tx, payeeId, currency) : undefined;
  if (!open) return null;
  return refuse('request_in_flight_already', { payoutId: open.publicId, payoutStatus: open.state });
}
