import { z } from 'zod';
import { mask } from '../core/mask.ts';
import { destination, email, externalId, name } from './text.ts';

/** Payees one call may bring. */
const payeesPerCallMax = 5000;

const methodTypes = ['paypal', 'stripe', 'bank', 'moncash', 'natcash', 'manual'] as const;

/** How a payee is paid. `kind` of the address is read from its shape when it is not given. */
export const payoutMethod = z
  .object({
    type: z.enum(methodTypes),
    destination,
    kind: z.enum(['email', 'phone', 'paypal_id']).optional(),
  })
  .transform((method) => ({ ...method, kind: method.kind ?? kindOf(method.destination) }));

function kindOf(address: string): 'email' | 'phone' | 'paypal_id' {
  if (address.includes('@')) return 'email';
  return /^\+?[0-9 ()-]{6,}$/.test(address) ? 'phone' : 'paypal_id';
}

/** Upsert by `externalId`: an empty name or a missing address leaves what is known. */
export const payeeBody = z
  .object({
    externalId,
    name: name.default(''),
    email: email.nullish(),
    payoutMethod: payoutMethod.nullish(),
  })
  .transform(({ payoutMethod: method, ...payee }) => ({
    ...payee,
    email: payee.email ?? null,
    method: method ?? null,
  }));
export type PayeeBody = z.output<typeof payeeBody>;

export const payeesBulkBody = z.object({ payees: z.array(z.unknown()).min(1).max(payeesPerCallMax) });

/** Only what is given changes; `email: null` erases the address. */
export const payeePatch = z
  .strictObject({
    name: name.optional(),
    email: email.nullable().optional(),
    status: z.enum(['active', 'blocked']).optional(),
    payoutMethod: payoutMethod.optional(),
  })
  .refine((patch) => Object.keys(patch).length > 0, 'names nothing to change');

interface PayeeFacts {
  readonly publicId: string;
  readonly externalId: string;
  readonly name: string;
  readonly email: string | null;
  readonly status: string;
  readonly methodType: string | null;
  /** The address as people see it. */
  readonly masked: string | null;
  readonly createdAt: Date;
}

/** A payee as the API shows it; `whole` shows the e-mail address unmasked. */
export function presentPayee(payee: PayeeFacts, whole: boolean) {
  return {
    id: payee.publicId,
    externalId: payee.externalId,
    name: payee.name,
    email: payee.email === null || whole ? payee.email : mask(payee.email),
    status: payee.status,
    payoutMethod:
      payee.methodType === null || payee.masked === null
        ? null
        : { type: payee.methodType, destination: payee.masked },
    createdAt: payee.createdAt,
  };
}
