import { mask } from '../core/mask.ts';
import type { PayeeRow } from '../store/payees.ts';
import type { Deed, Facts } from './audit.ts';

/** A payee before and after; `before` undefined when it is new. */
export interface PayeeChanged {
  readonly before: PayeeRow | undefined;
  readonly after: PayeeRow;
}

type Field = 'name' | 'email' | 'payoutMethod';

/** What a payee looked like, with addresses masked. */
function factsOf(payee: PayeeRow, fields: readonly Field[]): Facts {
  const { name, email, methodType, masked } = payee;
  const all = {
    name,
    email: email === null ? null : mask(email),
    payoutMethod: methodType === null || masked === null ? null : `${methodType} ${masked}`,
  };
  return Object.fromEntries(fields.map((field) => [field, all[field]]));
}

/** What differs between the two. */
function changedFields(before: PayeeRow, after: PayeeRow): Field[] {
  return [
    ...(before.name === after.name ? [] : (['name'] as const)),
    ...(before.email === after.email ? [] : (['email'] as const)),
    ...(before.methodId === after.methodId ? [] : (['payoutMethod'] as const)),
  ];
}

/** True when anything of a payee that was known is another one now. */
export function isChanged({ before, after }: PayeeChanged): boolean {
  return before !== undefined && changedFields(before, after).length > 0;
}

/** A payee that came to be. */
export function payeeCreated(payee: PayeeRow): Deed {
  return {
    event: 'payee.created',
    subject: { type: 'payee', id: payee.publicId },
    after: {
      externalId: payee.externalId,
      ...factsOf(payee, ['name', 'email', 'payoutMethod']),
    },
  };
}

/** A payee of whom something else is known now; null when nothing changed. Masked addresses may look alike: `changed` says which differ. */
export function payeeChanged(before: PayeeRow, after: PayeeRow): Deed | null {
  const changed = changedFields(before, after);
  if (changed.length === 0) return null;
  return {
    event: 'payee.changed',
    subject: { type: 'payee', id: before.publicId },
    before: factsOf(before, changed),
    after: { ...factsOf(after, changed), changed },
  };
}

/** How many payees of a set are paid somewhere else from now on. */
export function methodsChanged(saved: readonly PayeeChanged[]): number {
  return saved.filter(({ before, after }) => before !== undefined && before.methodId !== after.methodId)
    .length;
}

/** Payees of a set whose money or mail, and with it their way in, goes somewhere else from now on: each is an event of its own. */
export function goElsewhere(saved: readonly PayeeChanged[]): Deed[] {
  return saved.flatMap(({ before, after }) =>
    before === undefined || (before.methodId === after.methodId && before.email === after.email)
      ? []
      : (payeeChanged(before, after) ?? []),
  );
}
