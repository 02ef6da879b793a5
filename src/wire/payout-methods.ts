import { z } from 'zod';
import { readMethod } from '../core/method-input.ts';
import { methodStatus } from '../core/payout-method.ts';
import { methodNote } from './portal.ts';
import { count, moment, wholeListView } from './shapes.ts';
import { destination, text, time, written } from './text.ts';

const types = ['paypal', 'stripe', 'bank', 'moncash', 'natcash', 'manual'] as const;

/** Longest name of an account holder, longest account number with its spaces, longest reason. */
const holderCharsMax = 140;
const accountCharsMax = 60;
const reasonCharsMax = 500;

const account = text(accountCharsMax);

/**
 * A method as a person types it. `destination`: e-mail of PayPal, Stripe account id, phone number of MonCash and NatCash, words
 * for `manual`. A bank: `accountHolder` with `iban`, or with `accountNumber` and `routingNumber`.
 */
export const addMethodBody = z
  .strictObject({
    type: z.enum(types),
    destination: destination.nullish(),
    accountHolder: text(holderCharsMax).nullish(),
    iban: account.nullish(),
    accountNumber: account.nullish(),
    routingNumber: account.nullish(),
    use: z
      .enum(['default', 'backup', 'none'])
      .default('default')
      .meta({ description: 'The part it takes; the first method of a payee is the default' }),
  })
  .transform(({ use, ...input }, ctx) => {
    const method = readMethod(input);
    if ('kind' in method) return { part: use, method };
    ctx.addIssue({ code: 'custom', path: [method.path], message: method.message });
    return z.NEVER;
  })
  .meta({
    id: 'AddPayoutMethod',
    examples: [{ type: 'paypal', destination: 'ana@example.com', use: 'backup' }],
  });

export const holdPayeeBody = z.strictObject({ reason: written(reasonCharsMax), until: time.nullish() });

/** A method as the team sees it. */
export const methodView = z
  .strictObject({
    id: z.string().meta({ examples: ['pm_0199d2a0'] }),
    type: z.string().meta({ examples: ['paypal'] }),
    destination: z.string(),
    isDefault: z.boolean(),
    isBackup: z.boolean(),
    status: z.enum(['ready', 'cooling_off', 'frozen']),
    usableFrom: moment.nullable().meta({ description: 'End of its cool-off; null when it is over' }),
    note: z.string(),
    accountNotReady: z.boolean().meta({ description: 'Its provider says that its account cannot be paid' }),
    sharedAccount: z.boolean().meta({ description: 'Another payee is paid to the same account' }),
    createdAt: moment,
  })
  .meta({ id: 'PayoutMethod' });
export const methodsView = wholeListView(methodView);

/** How addresses of a file stand beside those on record. */
export const comparedView = z.strictObject({
  known: count.meta({ description: 'Payees who are paid to exactly this address' }),
  changed: count.meta({ description: 'Payees who are paid to another address until now' }),
  added: count.meta({ description: 'Payees who are new, or have no method yet' }),
});

interface MethodFacts {
  readonly publicId: string;
  readonly type: string;
  readonly masked: string;
  readonly isDefault: boolean;
  readonly isBackup: boolean;
  readonly usableFrom: Date | null;
  readonly frozenAt: Date | null;
  readonly createdAt: Date;
  readonly shared: boolean;
  readonly notReady: boolean;
}

export function presentMethod(row: MethodFacts, now: Date): z.output<typeof methodView> {
  const { publicId: id, type, masked, isDefault, isBackup, createdAt, shared: sharedAccount } = row;
  const status = methodStatus(row, now);
  const usableFrom = status === 'cooling_off' ? row.usableFrom : null;
  return {
    id,
    type,
    destination: masked,
    isDefault,
    isBackup,
    status,
    usableFrom,
    note: methodNote(status, usableFrom?.toISOString() ?? null),
    accountNotReady: row.notReady,
    sharedAccount,
    createdAt,
  };
}
