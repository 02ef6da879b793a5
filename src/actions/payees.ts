import type { Outcome } from '../core/refusal.ts';
import { done, refuse } from '../core/refusal.ts';
import type { Db } from '../store/db.ts';
import { transaction } from '../store/db.ts';
import type { GivenMethod } from '../store/payout-methods.ts';
import type { PayeeInput, PayeeRow } from '../store/payees.ts';
import { findPayee, payeesByExternalId, renamePayee, setPayeeStatus, upsertPayees } from '../store/payees.ts';
import { audit, auditAll } from './audit.ts';
import type { Teller } from './change-told.ts';
import { contactsOf, tellIfChanged } from './change-told.ts';
import type { ActionContext } from './context.ts';
import { coolUntilForRecords } from './cool-off.ts';
import type { PayeeChanged } from './payee-trail.ts';
import { voidChanged } from './approval-void.ts';
import { goElsewhere, isChanged, methodsChanged, payeeChanged, payeeCreated } from './payee-trail.ts';

export interface SavedPayee {
  readonly payee: PayeeRow;
  readonly result: 'created' | 'updated' | 'unchanged';
}

/**
 * Creates or updates payees by external id, in one transaction; answers them by external id. Of doubles the last counts. With
 * a `teller` a single payee is told when their money or mail goes somewhere else from now on.
 */
export async function savePayees(
  ctx: ActionContext,
  payees: readonly PayeeInput[],
  teller: Teller | null = null,
): Promise<Map<string, SavedPayee>> {
  const distinct = [...new Map(payees.map((payee) => [payee.externalId, payee])).values()];
  const externalIds = distinct.map((payee) => payee.externalId);
  return transaction(ctx.db, async (tx) => {
    const known = new Map(
      (await payeesByExternalId(tx, externalIds)).map((payee) => [payee.externalId, payee]),
    );
    const single = distinct.length === 1 ? [...known.values()][0] : undefined;
    const contacts = single && teller ? await contactsOf(tx, ctx, single) : [];
    const cool = await coolUntilForRecords(tx, ctx);
    await upsertPayees(tx, ctx.vault, distinct, (prefix) => ctx.newId(prefix), ctx.now(), cool);
    const saved = (await payeesByExternalId(tx, externalIds)).map((after) => ({
      before: known.get(after.externalId),
      after,
    }));
    await voidChanged(tx, ctx, saved);
    const after = saved[0]?.after;
    if (single && after && teller) await tellIfChanged(tx, ctx, teller, single, after, contacts);
    if (distinct.length === 1) await recordOne(tx, ctx, saved);
    else await recordSet(tx, ctx, saved);
    return new Map(
      saved.map((each) => [each.after.externalId, { payee: each.after, result: resultOf(each) }]),
    );
  });
}

async function recordOne(tx: Db, ctx: ActionContext, saved: readonly PayeeChanged[]) {
  const deeds = saved.flatMap(
    ({ before, after }) => (before ? payeeChanged(before, after) : payeeCreated(after)) ?? [],
  );
  await auditAll(tx, ctx, deeds);
}

/** One event with counts for the call, and one for each payee whose money or mail goes somewhere else from now on. */
async function recordSet(tx: Db, ctx: ActionContext, saved: readonly PayeeChanged[]): Promise<void> {
  const counts = { created: 0, updated: 0, unchanged: 0 };
  for (const each of saved) counts[resultOf(each)] += 1;
  if (counts.created + counts.updated === 0) return;
  const after = { ...counts, methodsChanged: methodsChanged(saved) };
  await audit(tx, ctx, 'payees.recorded', { type: 'payees', id: 'bulk' }, { after });
  await auditAll(tx, ctx, goElsewhere(saved));
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
  teller: Teller | null = null,
): Promise<Outcome<PayeeRow>> {
  return transaction(ctx.db, async (tx) => {
    const now = ctx.now();
    const payee = await findPayee(tx, id);
    if (!payee) return refuse('payee_not_found', { payeeId: id });
    const contacts = teller ? await contactsOf(tx, ctx, payee) : [];
    const { name = payee.name, email = payee.email, status, payoutMethod: method } = change;
    if (name !== payee.name || email !== payee.email) await renamePayee(tx, payee.id, { name, email }, now);
    if (status !== undefined && status !== payee.status) await setPayeeStatus(tx, payee.id, status, now);
    if (method) {
      const input = { externalId: payee.externalId, name: '', email: null, method };
      const cool = await coolUntilForRecords(tx, ctx);
      await upsertPayees(tx, ctx.vault, [input], (prefix) => ctx.newId(prefix), now, cool);
    }
    const changed = (await findPayee(tx, payee.publicId)) ?? payee;
    await voidChanged(tx, ctx, [{ before: payee, after: changed }]);
    if (teller) await tellIfChanged(tx, ctx, teller, payee, changed, contacts);
    await recordChange(tx, ctx, payee, changed);
    return done(changed);
  });
}

async function recordChange(tx: Db, ctx: ActionContext, before: PayeeRow, after: PayeeRow): Promise<void> {
  const deed = payeeChanged(before, after);
  if (deed) await auditAll(tx, ctx, [deed]);
  if (before.status === after.status) return;
  const event = after.status === 'blocked' ? 'payee.blocked' : 'payee.unblocked';
  const change = { before: { status: before.status }, after: { status: after.status } };
  await audit(tx, ctx, event, { type: 'payee', id: before.publicId }, change);
}
