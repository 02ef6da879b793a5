import { bankDestination } from './bank-account.ts';
import { digitsOnly, isIban } from './iban.ts';
import type { MethodFaultCode } from './method-faults.ts';
import { methodFaults } from './method-faults.ts';
import { connectedAccount } from './payout-method.ts';

/** How somebody says that they want to be paid. Which fields count depends on the type. */
export interface MethodInput {
  readonly type: 'paypal' | 'stripe' | 'bank' | 'moncash' | 'natcash' | 'manual';
  readonly destination?: string | null | undefined;
  readonly accountHolder?: string | null | undefined;
  readonly iban?: string | null | undefined;
  readonly accountNumber?: string | null | undefined;
  readonly routingNumber?: string | null | undefined;
}

/** A method whose address has the one spelling it is kept in. */
interface ReadMethod {
  readonly type: MethodInput['type'];
  readonly kind: string;
  readonly destination: string;
}

/** What is wrong with one field, in words for whoever typed it. */
interface MethodFault {
  readonly path: string;
  readonly code: MethodFaultCode;
  readonly message: string;
}

type Read = ReadMethod | MethodFault;

/** Country code of Haiti, whose numbers have eight digits (ITU-T E.164 national plan). */
const haiti = '+509';

/** Reads a method strictly, as a person typed it: either the method or what is wrong with it. */
export function readMethod(input: MethodInput): Read {
  const text = (input.destination ?? '').trim();
  switch (input.type) {
    case 'paypal':
      return emailOf(text);
    case 'stripe':
      return connectedAccount.test(text)
        ? { type: 'stripe', kind: 'account', destination: text }
        : fault('destination', 'stripe_account');
    case 'bank':
      return bankOf(input, text);
    case 'moncash':
    case 'natcash':
      return phoneOf(input.type, text);
    case 'manual':
      return text === ''
        ? fault('destination', 'words')
        : { type: 'manual', kind: 'text', destination: text };
  }
}

function fault(path: string, code: MethodFaultCode): MethodFault {
  return { path, code, message: methodFaults.en[code] };
}

function emailOf(text: string): Read {
  return /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+\.[^\s@<>()[\]\\,;:"]+$/.test(text)
    ? { type: 'paypal', kind: 'email', destination: text }
    : fault('destination', 'paypal_email');
}

/** E.164 with its +; eight digits alone are a number of Haiti, where both wallets are. */
function phoneOf(type: 'moncash' | 'natcash', text: string): Read {
  const plain = text.replaceAll(/[\s().-]/g, '');
  const national = digitsOnly(plain, 8) ? haiti + plain : plain;
  const whole = /^509\d{8}$/.test(national) ? `+${national}` : national;
  if (!/^\+[1-9]\d{6,14}$/.test(whole)) return fault('destination', 'phone');
  if (whole.startsWith(haiti) && whole.length !== haiti.length + 8)
    return fault('destination', 'haitian_phone');
  return { type, kind: 'phone', destination: whole };
}

function bankOf(input: MethodInput, text: string): Read {
  const holder = (input.accountHolder ?? '').trim().replaceAll(/\s+/g, ' ');
  if (holder === '' || holder.includes('|')) return fault('accountHolder', 'holder');
  const given = compact(input.iban ?? text);
  const number = compact(input.accountNumber ?? '');
  if (number !== '') return accountOf(holder, number, compact(input.routingNumber ?? ''), given);
  if (given === '') return fault('iban', 'iban_missing');
  if (!isIban(given)) return fault('iban', 'iban_wrong');
  return { type: 'bank', kind: 'iban', destination: bankDestination(given, holder) };
}

function accountOf(holder: string, number: string, routing: string, iban: string): Read {
  if (iban !== '') return fault('accountNumber', 'iban_and_account');
  if (!/^[A-Z0-9]{3,34}$/.test(number)) return fault('accountNumber', 'account_number');
  if (!/^[A-Z0-9]{3,20}$/.test(routing)) return fault('routingNumber', 'routing_number');
  const destination = bankDestination(`${routing}/${number}`, holder);
  return { type: 'bank', kind: 'bank_account', destination };
}

function compact(text: string): string {
  return text.replaceAll(/[\s-]/g, '').toUpperCase();
}
