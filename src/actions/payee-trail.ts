import { mask } from '../core/mask.ts';
import type { PayeeInput, PayeeRow } from '../store/payees.ts';
import type { Deed, Facts } from './audit.ts';

type Known = Pick<PayeeRow, 'name' | 'email' | 'methodType' | 'destination'>;
type Field = 'name' | 'email' | 'payoutMethod';

/** What a payee looked like, with addresses masked. */
function factsOf(payee: Known, fields: readonly Field[]): Facts {
  const { name, email, methodType, destination } = payee;
  const all = {
    name,
    email: email === null ? null : mask(email),
    payoutMethod: methodType === null || destination === null ? null : `${methodType} ${mask(destination)}`,
  };
  return Object.fromEntries(fields.map((field) => [field, all[field]]));
}

/** What differs between the two. */
function changedFields(before: Known, after: Known): Field[] {
  const sameMethod = before.methodType === after.methodType && before.destination === after.destination;
  return [
    ...(before.name === after.name ? [] : (['name'] as const)),
    ...(before.email === after.email ? [] : (['email'] as const)),
    ...(sameMethod ? [] : (['payoutMethod'] as const)),
  ];
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
export function payeeChanged(before: PayeeRow, after: Known): Deed | null {
  const changed = changedFields(before, after);
  if (changed.length === 0) return null;
  return {
    event: 'payee.changed',
    subject: { type: 'payee', id: before.publicId },
    before: factsOf(before, changed),
    after: { ...factsOf(after, changed), changed },
  };
}

/** What an upsert makes of a known payee: an empty name or address never erases one that is known. */
export function upserted(known: PayeeRow, input: PayeeInput): Known {
  return {
    name: input.name || known.name,
    email: input.email ?? known.email,
    methodType: input.method?.type ?? known.methodType,
    destination: input.method?.destination ?? known.destination,
  };
}

/** Payees of a set whose money goes somewhere else from now on: each is an event of its own. */
export function methodsChanged(known: ReadonlyMap<string, PayeeRow>, inputs: readonly PayeeInput[]): Deed[] {
  return inputs.flatMap((input) => {
    const before = known.get(input.externalId);
    if (!before) return [];
    const after = upserted(before, input);
    if (before.methodType === after.methodType && before.destination === after.destination) return [];
    return payeeChanged(before, after) ?? [];
  });
}
