import { payeeFix } from '../core/payee-fix.ts';
import type { Outcome, Refusal } from '../core/refusal.ts';
import { done, refuse } from '../core/refusal.ts';
import type { Db } from '../store/db.ts';
import { transaction } from '../store/db.ts';
import { methodTo } from '../store/method-changes.ts';
import { ownPayout } from '../store/payee-own.ts';
import type { LockedPayout } from '../store/payout-moves.ts';
import { lastDeed, lockPayouts, recordEvents } from '../store/payout-moves.ts';
import type { GivenMethod } from '../store/payout-methods.ts';
import { payeeSettled, settledSince } from '../store/settled.ts';
import { audit } from './audit.ts';
import type { Teller } from './change-told.ts';
import type { ActionContext } from './context.ts';
import { addMethod, chooseMethod } from './payout-methods.ts';
import { resubmitPayouts } from './resubmit.ts';

/** Where it shall go: a method there is, a new one, or the one in use. */
export type PayAgainChoice =
  | { readonly kind: 'known'; readonly methodId: string }
  | { readonly kind: 'new'; readonly method: GivenMethod }
  | { readonly kind: 'present' };

interface Input {
  readonly payeeId: bigint;
  readonly payoutId: string;
  readonly choice: PayAgainChoice;
}

/** Undoes a method that was saved for a payout which cannot be paid again after all. */
class RefusedAfterwards extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

/**
 * The payee says where a payout that did not reach them shall go, and it is put back to be approved, all or nothing. Cool-off
 * and approval are as ever. Of a run, whose payouts nobody approves, the method is saved; for the one it was tried with, that the
 * payee says it is settled: the team pays it again. Asked twice it is done once.
 */
export async function payAgain(ctx: ActionContext, teller: Teller, input: Input): Promise<Outcome<null>> {
  try {
    return await transaction(ctx.db, (tx) => within(tx, { ...ctx, db: tx }, teller, input));
  } catch (error) {
    if (error instanceof RefusedAfterwards) return error.refusal;
    throw error;
  }
}

async function within(tx: Db, ctx: ActionContext, teller: Teller, input: Input): Promise<Outcome<null>> {
  const { payeeId, payoutId, choice } = input;
  const [payout] = await lockPayouts(tx, [payoutId]);
  const own = payout?.payeeId === payeeId ? await ownPayout(tx, payeeId, payoutId) : undefined;
  if (!payout || !own) return refuse('payout_not_found', { payoutId });
  if (payout.payeeStatus === 'blocked') return refuse('payee_blocked', { payeeId: payout.payeePublicId });
  const { state, kind, doubted } = payout;
  const retries = own.nextRetryAt !== null;
  const facts = { state, kind, doubted, retries, reasonCode: own.reasonCode, isMended: false };
  const fix = payeeFix(facts, 'en');
  if (fix === null || fix.kind === 'claim') {
    if (await isDone(tx, ctx, payout, choice)) return done(null);
    return refuse('not_yours_to_fix', { payoutId, payoutStatus: state });
  }
  const saved = await save(ctx, teller, payeeId, choice);
  if (saved && !saved.ok) return saved;
  // There it would fail again, or the provider refuses it there. What the payee can settle may go there again.
  const isTried = saved ? saved.value.id === own.triedMethodId : !own.hasOtherMethod;
  // Whoever names that account as a new method of a run has said nothing of it.
  const isNamed = kind === 'cycle' && choice.kind === 'new';
  if ((fix.kind !== 'details' || isNamed) && own.triedMethodId !== null && isTried)
    throw new RefusedAfterwards(refuse('same_method_failed', { payoutId }));
  if (kind === 'cycle') {
    if (isTried && own.methodFrozenAt) return refuse('method_frozen', { methodId: own.methodPublicId ?? '' });
    return done(isTried ? await saySettled(tx, ctx, payout) : null);
  }
  const [result] = await resubmitPayouts(ctx, { payoutIds: [payoutId] });
  if (result?.refused) throw new RefusedAfterwards(result.refused);
  return done(null);
}

/** True when this has been asked before: it waits for approval again, for the same method. */
async function isDone(
  tx: Db,
  ctx: ActionContext,
  payout: LockedPayout,
  choice: PayAgainChoice,
): Promise<boolean> {
  if (payout.state !== 'pending_approval') return false;
  const deed = await lastDeed(tx, payout.id);
  if (deed?.event !== 'resubmit') return false;
  if (choice.kind === 'known') return payout.methodPublicId === choice.methodId;
  if (choice.kind === 'present') return true;
  const method = await methodTo(tx, ctx.vault, payout.payeeId, choice.method);
  return method !== undefined && method.id === payout.methodId;
}

/** Puts on record, once until it moves again, that the payee says that what stopped it is settled. */
async function saySettled(tx: Db, ctx: ActionContext, { id, publicId, state }: LockedPayout): Promise<null> {
  if ((await settledSince(tx, id)) !== null) return null;
  const note = { payoutId: id, from: state, to: state, event: payeeSettled, detail: null };
  await recordEvents(tx, [note], ctx.actor.name, ctx.now());
  await audit(tx, ctx, 'payout.payee_settled', { type: 'payout', id: publicId });
  return null;
}

async function save(ctx: ActionContext, teller: Teller, payee: bigint, choice: PayAgainChoice) {
  const part = 'default';
  if (choice.kind === 'known') return chooseMethod(ctx, teller, { payee, methodId: choice.methodId, part });
  if (choice.kind === 'new') return addMethod(ctx, teller, { payee, method: choice.method, part });
  return null;
}
