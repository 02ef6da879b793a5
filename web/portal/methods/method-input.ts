import type { Language } from '../../../src/core/language.ts';
import type { AddPayoutMethod } from '../../client/types.ts';
import { methodFaultsOf } from '../../app/method-faults.ts';

/** What a payee can choose; `manual` is agreed on with the platform. */
export const methodTypes = ['paypal', 'bank', 'moncash', 'natcash', 'stripe'] as const;
type MethodType = (typeof methodTypes)[number];

type FieldName = 'destination' | 'accountHolder' | 'iban' | 'accountNumber' | 'routingNumber';

/** What stands in the form; `bank`: by IBAN, or by account and bank code. */
export interface MethodFields extends Readonly<Record<FieldName, string>> {
  readonly type: MethodType;
  readonly bank: 'iban' | 'account';
}

export function emptyFields(type: string | undefined, email: string | null): MethodFields {
  return {
    type: methodTypes.find((one) => one === type) ?? 'paypal',
    bank: 'iban',
    destination: type === undefined || type === 'paypal' ? (email ?? '') : '',
    accountHolder: '',
    iban: '',
    accountNumber: '',
    routingNumber: '',
  };
}

interface Field {
  readonly name: FieldName;
  readonly label: string;
  readonly hint?: string;
  readonly kind: 'email' | 'tel' | 'text';
  readonly complete: string;
}

const holder: Field = { name: 'accountHolder', label: 'holder', kind: 'text', complete: 'name' };
const iban: Field = { name: 'iban', label: 'iban', hint: 'iban', kind: 'text', complete: 'off' };
const account: Field = { name: 'accountNumber', label: 'account', kind: 'text', complete: 'off' };
const routing: Field = {
  name: 'routingNumber',
  label: 'routing',
  hint: 'routing',
  kind: 'text',
  complete: 'off',
};
const phone: Field = { name: 'destination', label: 'phone', hint: 'phone', kind: 'tel', complete: 'tel' };

const fields: Readonly<Record<Exclude<MethodType, 'bank'>, readonly Field[]>> = {
  paypal: [{ name: 'destination', label: 'email', hint: 'email', kind: 'email', complete: 'email' }],
  stripe: [{ name: 'destination', label: 'stripe', hint: 'stripe', kind: 'text', complete: 'off' }],
  moncash: [phone],
  natcash: [phone],
};

/** The fields that count for what was chosen. */
export function fieldsOf({ type, bank }: MethodFields): readonly Field[] {
  if (type !== 'bank') return fields[type];
  return bank === 'iban' ? [holder, iban] : [holder, account, routing];
}

/** The method as the API takes it: only what counts. */
export function methodOf(given: MethodFields): Omit<AddPayoutMethod, 'use'> {
  const said = fieldsOf(given).map(({ name }) => [name, given[name].trim()] as const);
  return { type: given.type, ...Object.fromEntries(said) };
}

/** What is wrong, by field, in the reader's language and before anything is sent: the same judgement as the API's. */
export function faultsOf(given: MethodFields, language: Language): Readonly<Record<string, string>> {
  return methodFaultsOf(methodOf(given), language);
}

/** What of a method stands at its fields. */
export const atFields = {
  destination: null,
  accountHolder: null,
  iban: null,
  accountNumber: null,
  routingNumber: null,
} as const;
