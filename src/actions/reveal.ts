import type { Outcome } from '../core/refusal.ts';
import { done, refuse } from '../core/refusal.ts';
import { transaction } from '../store/db.ts';
import { findPayee } from '../store/payees.ts';
import { defaultMethod, withDestinations } from '../store/payout-methods.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';

/** A payout method with its whole address. */
export interface RevealedMethod {
  readonly methodId: string;
  readonly type: string;
  readonly kind: string;
  readonly destination: string;
}

/** Shows the whole address of a payee's default method, and puts on record who saw it. */
export async function revealMethod(ctx: ActionContext, payeeId: string): Promise<Outcome<RevealedMethod>> {
  return transaction(ctx.db, async (tx) => {
    const payee = await findPayee(tx, payeeId);
    if (!payee) return refuse('payee_not_found', { payeeId });
    const method = await defaultMethod(tx, payee.id);
    const [opened] = await withDestinations(tx, ctx.vault, method ? [method] : []);
    if (!opened) return refuse('no_payout_method', { payeeId });
    const { methodPublicId: methodId, type, kind, masked, destination } = opened;
    const subject = { type: 'payout_method', id: methodId };
    await audit(tx, ctx, 'payout_method.revealed', subject, {
      after: { payee: payee.publicId, method: `${type} ${masked}` },
    });
    return done({ methodId, type, kind, destination });
  });
}
