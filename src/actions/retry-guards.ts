import { refuseNotReady, refuseOnHold } from '../core/hold-refusals.ts';
import { holdNow } from '../core/hold.ts';
import type { Refusal } from '../core/refusal.ts';
import { refuse } from '../core/refusal.ts';
import { approvedElsewhere } from '../store/approvals.ts';
import type { Db } from '../store/db.ts';
import type { PayoutRow } from '../store/payouts.ts';
import { lockPayee, openRequest } from '../store/requests.ts';

/** Why payouts that failed must not be tried again now: what they would go to was not approved, or is on hold. */
export async function heldOrMoved(
  tx: Db,
  payouts: readonly PayoutRow[],
  now: Date,
  zone: string,
): Promise<Refusal | null> {
  const [moved] = await approvedElsewhere(
    tx,
    payouts.map(({ id }) => id),
  );
  if (moved) {
    const { publicId: payoutId, approved: approvedMethod, present: presentMethod } = moved;
    return refuse('method_not_approved', { payoutId, approvedMethod, presentMethod });
  }
  for (const payout of payouts) {
    const hold = holdNow(payout, now);
    if (hold) return refuseOnHold(payout.publicId, hold, zone);
    if (payout.notReady !== null) return refuseNotReady(payout.publicId, payout.notReady);
  }
  return null;
}

/**
 * A request that was paid by hand and came back has had no attempt yet: its first one makes it the request under way, of which
 * a payee has one per balance.
 */
export async function anotherUnderWay(tx: Db, payouts: readonly PayoutRow[]): Promise<Refusal | null> {
  const first = new Map<string, PayoutRow>();
  for (const payout of payouts) {
    if (payout.kind !== 'request' || payout.attemptCount > 0) continue;
    const currency = payout.sourceCurrency ?? payout.currency;
    const balance = `${payout.payeeId} ${currency}`;
    const payee = await lockPayee(tx, payout.payeeId);
    const open = payee ? await openRequest(tx, payee.id, currency) : undefined;
    const before = open ?? first.get(balance);
    if (before)
      return refuse('request_in_flight_already', { payoutId: before.publicId, payoutStatus: before.state });
    first.set(balance, payout);
  }
  return null;
}
