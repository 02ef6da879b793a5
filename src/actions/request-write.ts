import type { Refusal } from '../core/refusal.ts';
import { refuse } from '../core/refusal.ts';
import type { Settings } from '../core/settings.ts';
import { expiryOf } from '../core/settings.ts';
import { payoutMoved } from '../ledger/postings.ts';
import type { Db } from '../store/db.ts';
import { post } from '../store/ledger.ts';
import { recordEvents } from '../store/payout-moves.ts';
import type { NewPayout, PayeeToPay } from '../store/requests.ts';
import { insertPayouts } from '../store/requests.ts';
import { auditAll } from './audit.ts';
import type { ActionContext } from './context.ts';

/** Earnings one request carries; the rest goes into the next one. */
export const earningsPerRequestMax = 100_000;

/** What was asked for: its public id. */
export interface Asked {
  readonly payoutId: string;
}

/** A payout that waits for approval, with the payee it is for. */
export interface RequestPlan extends Pick<
  NewPayout,
  'kind' | 'amount' | 'currency' | 'earnings' | 'recovered'
> {
  readonly payee: PayeeToPay;
  readonly reason?: string | null;
}

export function sumOf(items: readonly { amount: bigint }[]): bigint {
  return items.reduce((sum, item) => sum + item.amount, 0n);
}

/** Why nothing can be asked for a payee, whoever asks. */
export function payable(payee: PayeeToPay): Refusal | null {
  if (payee.status !== 'active') return refuse('payee_blocked', { payeeId: payee.externalId });
  return payee.methodId === null ? refuse('payout_method_missing', { payeeId: payee.externalId }) : null;
}

/** Writes payouts of payees who are locked, reserves their money, and puts them on record; in sets. */
export async function writePayouts(
  tx: Db,
  ctx: ActionContext,
  settings: Settings,
  plans: readonly RequestPlan[],
): Promise<Asked[]> {
  if (plans.length === 0) return [];
  const now = ctx.now();
  const { kind, id, name } = ctx.actor;
  const made = plans.map((plan) => ({
    ...plan,
    publicId: ctx.newId('po'),
    payeeId: plan.payee.id,
    methodId: plan.payee.methodId ?? 0n,
    requestedBy: { kind, id, name },
    expiresAt: expiryOf(settings, now),
  }));
  const ids = await insertPayouts(tx, made, now);
  const idOf = (payout: { publicId: string }) => ids.get(payout.publicId) ?? 0n;
  // Reserved by the same rule as every change of place: as if it came from where the money is now.
  const facts = made.flatMap((payout) => {
    const { payeeId, amount, currency } = payout;
    const move = { attemptId: idOf(payout), payeeId, provider: 'manual', amount, currency };
    return payoutMoved({ ...move, from: 'cancelled', to: 'pending_approval' }) ?? [];
  });
  await post(tx, 'payout', 'pending_approval-v1', facts, now);
  const notes = made.map((payout) => ({
    payoutId: idOf(payout),
    from: null,
    to: 'pending_approval' as const,
    event: 'request',
    detail: payout.reason ?? null,
  }));
  await recordEvents(tx, notes, name, now);
  await auditAll(
    tx,
    ctx,
    made.map((payout) => requested(payout)),
  );
  return made.map(({ publicId: payoutId }) => ({ payoutId }));
}

function requested({ publicId, payee, amount, currency, earnings, recovered }: RequestPlan & NewPayout) {
  const carried = { earnings: earnings.length, recovered: sumOf(recovered) };
  const after = { payeeId: payee.externalId, amount, currency, ...carried };
  return { event: 'payout.requested', subject: { type: 'payout', id: publicId }, after };
}
