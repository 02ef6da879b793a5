import type { Refusal } from '../core/refusal.ts';
import { refuse } from '../core/refusal.ts';
import type { Settings } from '../core/settings.ts';
import { expiryOf } from '../core/settings.ts';
import { withThrough } from '../core/through-words.ts';
import { payoutMoved } from '../ledger/postings.ts';
import type { Db } from '../store/db.ts';
import { post } from '../store/ledger.ts';
import { recordEvents } from '../store/payout-moves.ts';
import type { NewPayout, PayeeToPay } from '../store/requests.ts';
import { insertPayouts } from '../store/requests.ts';
import { auditAll } from './audit.ts';
import type { ActionContext } from './context.ts';
import { conversionFacts } from './conversions.ts';

/** Earnings one request carries; the rest goes into the next one. */
export const earningsPerRequestMax = 100_000;

/** What was asked for: its public id. */
export interface Asked {
  readonly payoutId: string;
}

/** A payout to be made for a payee: amount and currency of the balance, and how they are converted. */
export interface RequestPlan extends Pick<
  NewPayout,
  'kind' | 'amount' | 'currency' | 'earnings' | 'recovered' | 'conversion'
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

/** The same as a set of one. */
export async function writePayout(
  tx: Db,
  ctx: ActionContext,
  settings: Settings,
  plan: RequestPlan,
): Promise<Asked> {
  const [asked] = await writePayouts(tx, ctx, settings, [plan]);
  if (!asked) throw new Error('a payout was not written');
  return asked;
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
    ...paidOf(plan),
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
    const { payeeId, amount, currency, conversion } = payout;
    const move = { ...conversion, attemptId: idOf(payout), payeeId, provider: 'manual', amount, currency };
    return payoutMoved({ ...move, from: 'cancelled', to: 'pending_approval' }) ?? [];
  });
  await post(tx, 'payout', 'pending_approval-v1', facts, now);
  const notes = made.map((payout) => ({
    payoutId: idOf(payout),
    from: null,
    to: 'pending_approval' as const,
    event: 'request',
    detail: withThrough(payout.reason ?? null, ctx.actor.through),
  }));
  await recordEvents(tx, notes, name, now);
  await auditAll(
    tx,
    ctx,
    made.map((payout) => requested(payout)),
  );
  return made.map(({ publicId: payoutId }) => ({ payoutId }));
}

/** Amount and currency that are paid. */
function paidOf(plan: RequestPlan) {
  const { amount, currency } = plan.conversion ?? plan;
  return { amount, currency };
}

function requested(payout: RequestPlan & NewPayout) {
  const { publicId, payee, amount, currency, earnings, recovered, conversion } = payout;
  const after = {
    payeeId: payee.externalId,
    amount,
    currency,
    earnings: earnings.length,
    recovered: sumOf(recovered),
    ...(conversion && { converted: conversionFacts(conversion) }),
  };
  return { event: 'payout.requested', subject: { type: 'payout', id: publicId }, after };
}
