import { z } from 'zod';
import { fault } from '../core/fault-words.ts';
import { mask } from '../core/mask.ts';
import type { Block } from '../core/payee-outlook.ts';
import { writtenReason } from '../core/hold-words.ts';
import type { TeamLanguage } from '../core/language.ts';
import type { DestinationKind } from '../core/payout-method.ts';
import { connectedAccount, destinationKinds } from '../core/payout-method.ts';
import { pageQuery } from './paging.ts';
import { canBePaidFields } from './payee-block.ts';
import { faultView } from './problem-view.ts';
import { count, eachLike, moment } from './shapes.ts';
import { anyId, destination, email, externalId, name } from './text.ts';

/** Payees one call may bring. */
const payeesPerCallMax = 5000;

const methodTypes = ['paypal', 'stripe', 'bank', 'moncash', 'natcash', 'manual'] as const;

/** How a payee is paid. `kind` of the address is read from its shape when it is not given. */
export const payoutMethod = z
  .strictObject({
    type: z.enum(methodTypes),
    destination,
    kind: z.enum(destinationKinds).optional(),
  })
  .superRefine((method, ctx) => {
    const isAccount = method.kind === undefined || method.kind === 'account';
    if (method.type === 'stripe' && !(isAccount && connectedAccount.test(method.destination))) {
      const message = fault('stripe_account');
      ctx.addIssue({ code: 'custom', path: ['destination'], message });
    }
    if (method.type !== 'stripe' && method.kind === 'account') {
      ctx.addIssue({ code: 'custom', path: ['kind'], message: fault('account_kind') });
    }
  })
  .transform((method) => ({ ...method, kind: method.kind ?? kindOf(method.type, method.destination) }))
  .meta({ id: 'PayoutMethodInput', examples: [{ type: 'paypal', destination: 'ana@example.com' }] });

function kindOf(type: string, address: string): DestinationKind {
  if (type === 'stripe') return 'account';
  if (address.includes('@')) return 'email';
  return /^\+?[0-9 ()-]{6,}$/.test(address) ? 'phone' : 'paypal_id';
}

/** Upsert by `externalId`: an empty name or a missing address leaves what is known. */
export const payeeBody = z
  .strictObject({
    externalId,
    name: name.default(''),
    email: email.nullish(),
    payoutMethod: payoutMethod.nullish(),
  })
  .transform(({ payoutMethod: method, ...payee }) => ({
    ...payee,
    email: payee.email ?? null,
    method: method ?? null,
  }))
  .meta({
    id: 'PayeeInput',
    examples: [
      {
        externalId: 'u1',
        name: 'Ana',
        email: 'ana@example.com',
        payoutMethod: { type: 'paypal', destination: 'ana@example.com' },
      },
    ],
  });
export type PayeeBody = z.output<typeof payeeBody>;

export const payeesBulkBody = z.strictObject({
  payees: z.array(eachLike(payeeBody)).min(1).max(payeesPerCallMax),
});

export const payeesQuery = pageQuery.extend({
  q: anyId.optional(),
  status: z.enum(['active', 'blocked']).optional(),
  canBePaid: z.enum(['true', 'false']).optional(),
});

/** Addresses of a file, to be compared with those on record. */
export const compareMethodsBody = z.strictObject({
  payees: z.array(z.strictObject({ externalId, payoutMethod })).min(1).max(payeesPerCallMax),
});

/** Only what is given changes; `email: null` erases the address. */
export const payeePatch = z
  .strictObject({
    name: name.optional(),
    email: email.nullable().optional(),
    status: z.enum(['active', 'blocked']).optional(),
    payoutMethod: payoutMethod.optional(),
  })
  .refine((patch) => Object.keys(patch).length > 0, fault('nothing_named'))
  .meta({ minProperties: 1, examples: [{ name: 'Ana Lopez', email: null }] });

export const payeeView = z
  .strictObject({
    id: z.string(),
    externalId: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    status: z.enum(['active', 'blocked']),
    payoutMethod: z
      .strictObject({
        type: z.enum(methodTypes),
        destination: z.string(),
        usableFrom: moment
          .nullable()
          .meta({ description: 'Nothing is paid to it before; null: at once', examples: [null] }),
        frozen: z.boolean(),
      })
      .nullable(),
    hold: z
      .strictObject({ reason: z.string(), until: moment.nullable() })
      .nullable()
      .meta({ description: 'Until null: until somebody releases it', examples: [null] }),
    ...canBePaidFields,
    createdAt: moment,
  })
  .meta({ id: 'Payee' });

/** What became of each payee of a bulk call, in its order. */
export const payeesSavedView = z.strictObject({
  results: z.array(
    z
      .strictObject({
        index: count,
        externalId: z.string().nullable(),
        id: z.string().nullable(),
        status: z.enum(['created', 'updated', 'unchanged', 'invalid']),
        errors: z.array(faultView),
      })
      .meta({ id: 'PayeeResult' }),
  ),
});
export type PayeeResult = z.output<typeof payeesSavedView>['results'][number];

interface PayeeFacts {
  readonly publicId: string;
  readonly externalId: string;
  readonly name: string;
  readonly email: string | null;
  readonly status: 'active' | 'blocked';
  readonly methodType: (typeof methodTypes)[number] | null;
  /** The address as people see it. */
  readonly masked: string | null;
  readonly methodUsableFrom: Date | null;
  readonly methodFrozenAt: Date | null;
  readonly holdReason: string | null;
  readonly holdUntil: Date | null;
  readonly createdAt: Date;
}

/** A payee as the API shows it; `whole` shows the e-mail address unmasked. */
export function presentPayee(
  payee: PayeeFacts,
  blocks: readonly Block[],
  whole: boolean,
  language: TeamLanguage,
): z.output<typeof payeeView> {
  const { holdReason: reason, holdUntil: until } = payee;
  return {
    id: payee.publicId,
    externalId: payee.externalId,
    name: payee.name,
    email: payee.email === null || whole ? payee.email : mask(payee.email),
    status: payee.status,
    payoutMethod:
      payee.methodType === null || payee.masked === null
        ? null
        : {
            type: payee.methodType,
            destination: payee.masked,
            usableFrom: payee.methodUsableFrom,
            frozen: payee.methodFrozenAt !== null,
          },
    hold: reason === null ? null : { reason: writtenReason(reason, language), until },
    canBePaid: blocks.length === 0,
    blocks: [...blocks],
    createdAt: payee.createdAt,
  };
}
