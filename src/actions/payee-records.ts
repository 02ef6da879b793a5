import { mask } from '../core/mask.ts';
import { insertAuditEvents } from '../store/audit-sets.ts';
import type { Db } from '../store/db.ts';
import type { PayeeInput, PayeeRow } from '../store/payees.ts';
import { payeesByExternalId, upsertPayees } from '../store/payees.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';

/** A payee before and after; `before` undefined when it is new. */
export interface PayeeChanged {
  readonly before: PayeeRow | undefined;
  readonly after: PayeeRow;
}

/**
 * Creates or updates payees and puts it on record: each payee that was known and is another one now by itself, new ones
 * as a count. `known` is what was there before.
 */
export async function savePayeesIn(
  tx: Db,
  ctx: ActionContext,
  payees: readonly PayeeInput[],
  known: ReadonlyMap<string, PayeeRow>,
): Promise<PayeeChanged[]> {
  const externalIds = payees.map((payee) => payee.externalId);
  await upsertPayees(tx, ctx.vault, payees, (prefix) => ctx.newId(prefix), ctx.now());
  const rows = await payeesByExternalId(tx, externalIds);
  const saved = rows.map((after) => ({ before: known.get(after.externalId), after }));
  await recordPayees(tx, ctx, saved);
  return saved;
}

/** True when anything of a payee that was known is another one now. */
export function isChanged({ before, after }: PayeeChanged): boolean {
  const fields = ['name', 'email', 'status', 'methodId'] as const;
  return before !== undefined && fields.some((field) => before[field] !== after[field]);
}

/** Puts changes of payees on record, with their addresses masked. */
export async function recordPayees(
  tx: Db,
  ctx: ActionContext,
  payees: readonly PayeeChanged[],
): Promise<void> {
  const entries = payees.filter(isChanged).map(({ before, after }) => ({
    publicId: ctx.newId('ae'),
    actor: ctx.actor,
    event: 'payee.changed',
    subject: { type: 'payee', id: after.publicId },
    before: before ? JSON.stringify(factsOf(before)) : null,
    after: JSON.stringify(factsOf(after)),
  }));
  await insertAuditEvents(tx, entries, ctx.now());
  const created = payees.filter(({ before }) => before === undefined);
  const [only, ...more] = created;
  if (!only) return;
  if (more.length === 0) {
    const subject = { type: 'payee', id: only.after.publicId };
    await audit(tx, ctx, 'payee.created', subject, { after: factsOf(only.after) });
    return;
  }
  const after = { count: created.length, first: only.after.publicId };
  await audit(tx, ctx, 'payees.created', { type: 'payee', id: 'several' }, { after });
}

function factsOf(payee: PayeeRow) {
  return {
    name: payee.name,
    email: payee.email === null ? null : mask(payee.email),
    status: payee.status,
    method: payee.methodType === null ? null : `${payee.methodType} ${payee.masked ?? ''}`,
  };
}
