import type { Outcome } from '../core/refusal.ts';
import { done, refuse } from '../core/refusal.ts';
import type { Db } from '../store/db.ts';
import { transaction } from '../store/db.ts';
import type { PayeeInput, PayeeRow } from '../store/payees.ts';
import { findPayee, payeesByExternalId, renamePayee, setPayeeStatus, upsertPayees } from '../store/payees.ts';
import { audit, auditAll } from './audit.ts';
import type { ActionContext } from './context.ts';
import { methodsChanged, payeeChanged, payeeCreated } from './payee-trail.ts';

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
    await upsertPayees(tx, distinct, (prefix) => ctx.newId(prefix), ctx.now());
    const saved = (await payeesByExternalId(tx, externalIds)).map((payee) => ({
      payee,
      result: resultOf(known.get(payee.externalId), payee),
    }));
    if (distinct.length === 1) await recordOne(tx, ctx, known, saved);
    else await recordSet(tx, ctx, known, distinct, saved);
    return new Map(saved.map((one) => [one.payee.externalId, one]));
  });
}

type Known = ReadonlyMap<string, PayeeRow>;

async function recordOne(tx: Db, ctx: ActionContext, known: Known, saved: readonly SavedPayee[]) {
  const deeds = saved.flatMap(({ payee }) => {
    const before = known.get(payee.externalId);
    return (before ? payeeChanged(before, payee) : payeeCreated(payee)) ?? [];
  });
  await auditAll(tx, ctx, deeds);
}

/** One event with counts for the call, and one for each payee whose money goes somewhere else from now on. */
async function recordSet(
  tx: Db,
  ctx: ActionContext,
  known: Known,
  inputs: readonly PayeeInput[],
  saved: readonly SavedPayee[],
): Promise<void> {
  const counts = { created: 0, updated: 0, unchanged: 0 };
  for (const { result } of saved) counts[result] += 1;
  if (counts.created + counts.updated === 0) return;
  const changed = methodsChanged(known, inputs);
  const after = { ...counts, methodsChanged: changed.length };
  await audit(tx, ctx, 'payees.recorded', { type: 'payees', id: 'bulk' }, { after });
  await auditAll(tx, ctx, changed);
}

function resultOf(before: PayeeRow | undefined, after: PayeeRow): SavedPayee['result'] {
  if (!before) return 'created';
  const fields = ['name', 'email', 'methodType', 'destination'] as const;
  return fields.every((field) => before[field] === after[field]) ? 'unchanged' : 'updated';
}

export interface PayeeChange {
  readonly name?: string | undefined;
  readonly email?: string | null | undefined;
  readonly status?: 'active' | 'blocked' | undefined;
  readonly payoutMethod?: { type: string; kind: string; destination: string } | undefined;
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
      const { externalId } = payee;
      await upsertPayees(
        tx,
        [{ externalId, name: '', email: null, method }],
        (prefix) => ctx.newId(prefix),
        now,
      );
    }
    const changed = (await findPayee(tx, payee.publicId)) ?? payee;
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
