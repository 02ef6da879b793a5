import type { Outcome } from '../core/refusal.ts';
import { done, refuse } from '../core/refusal.ts';
import { transaction } from '../store/db.ts';
import type { GivenMethod } from '../store/payout-methods.ts';
import type { PayeeInput, PayeeRow } from '../store/payees.ts';
import { findPayee, payeesByExternalId, renamePayee, setPayeeStatus, upsertPayees } from '../store/payees.ts';
import type { ActionContext } from './context.ts';
import type { PayeeChanged } from './payee-records.ts';
import { isChanged, recordPayees, savePayeesIn } from './payee-records.ts';

export interface SavedPayee {
  readonly payee: PayeeRow;
  readonly result: 'created' | 'updated' | 'unchanged';
}

/** Creates or updates payees by external id, in one transaction; answers them by external id. Of doubles the last counts. */
export async function savePayees(
  ctx: ActionContext,
  payees: readonly PayeeInput[],
): Promise<Map<string, SavedPayee>> {
  const distinct = [...new Map(payees.map((payee) => [payee.externalId, payee])).values()];
  const externalIds = distinct.map((payee) => payee.externalId);
  return transaction(ctx.db, async (tx) => {
    const known = new Map(
      (await payeesByExternalId(tx, externalIds)).map((payee) => [payee.externalId, payee]),
    );
    const saved = await savePayeesIn(tx, ctx, distinct, known);
    return new Map(
      saved.map((each) => [each.after.externalId, { payee: each.after, result: resultOf(each) }]),
    );
  });
}

function resultOf(saved: PayeeChanged): SavedPayee['result'] {
  if (!saved.before) return 'created';
  return isChanged(saved) ? 'updated' : 'unchanged';
}

export interface PayeeChange {
  readonly name?: string | undefined;
  readonly email?: string | null | undefined;
  readonly status?: 'active' | 'blocked' | undefined;
  readonly payoutMethod?: GivenMethod | undefined;
}

/** Changes what is given of one payee, found by public or external id. Payments under way keep the address they left with. */
export async function changePayee(
  ctx: ActionContext,
  id: string,
  change: PayeeChange,
): Promise<Outcome<PayeeRow>> {
  return transaction(ctx.db, async (tx) => {
    const now = ctx.now();
    const payee = await findPayee(tx, id);
    if (!payee) return refuse('payee_not_found', { payeeId: id });
    const { name = payee.name, email = payee.email, status, payoutMethod: method } = change;
    if (name !== payee.name || email !== payee.email) await renamePayee(tx, payee.id, { name, email }, now);
    if (status !== undefined && status !== payee.status) await setPayeeStatus(tx, payee.id, status, now);
    if (method) {
      const input = { externalId: payee.externalId, name: '', email: null, method };
      await upsertPayees(tx, ctx.vault, [input], (prefix) => ctx.newId(prefix), now);
    }
    const after = (await findPayee(tx, payee.publicId)) ?? payee;
    await recordPayees(tx, ctx, [{ before: payee, after }]);
    return done(after);
  });
}
