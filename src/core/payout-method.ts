import { bankAccountOf } from './bank-account.ts';
import { mask } from './mask.ts';

/** How providers understand an address: `account` is a connected account (`acct_…`), the others are PayPal's. */
export const destinationKinds = ['email', 'phone', 'paypal_id', 'account'] as const;
export type DestinationKind = (typeof destinationKinds)[number];

/** Stripe's id of a connected account. */
export const connectedAccount = /^acct_[A-Za-z0-9_]{1,250}$/;

/** The kind of an address, null when no provider knows it: it is never taken for another one. */
export function destinationKind(kind: string): DestinationKind | null {
  return destinationKinds.find((known) => known === kind) ?? null;
}

/** Where the sealed address of a method belongs: this row, and this payee. */
export function placeOfMethod(method: { publicId: string; payeeId: bigint }): string {
  return `payout_method:${method.publicId}:${method.payeeId}`;
}

/**
 * What two methods have in common when they pay the same account. Mail providers take capitals and small letters for the
 * same; nothing else is evened out, as a provider may refuse one spelling (a phone number with spaces) and take another,
 * and a corrected spelling must count as new.
 */
export function accountOf(method: { type: string; kind: string; destination: string }): string {
  // No part can hold a NUL.
  return [method.type, method.kind, sameOf(method)].join('\0');
}

function sameOf({ kind, destination }: { kind: string; destination: string }): string {
  if (kind === 'email') return destination.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
  // The same account under another spelling of its holder is the same account.
  return isBank(kind) ? bankAccountOf(destination).account : destination;
}

function isBank(kind: string): boolean {
  return kind === 'iban' || kind === 'bank_account';
}

/** The address of a method as people see it; of a bank account the last four characters. */
export function maskMethod({ kind, destination }: { kind: string; destination: string }): string {
  if (!isBank(kind)) return mask(destination);
  const { account } = bankAccountOf(destination);
  return account.length <= 8 ? mask(account) : `${account.slice(0, 2)}***${account.slice(-4)}`;
}

/** How far a method is: it can be paid to, serves its time after a change, or was frozen by its payee. */
export type MethodStatus = 'ready' | 'cooling_off' | 'frozen';

/** The status of a method at a time. */
export function methodStatus(
  method: { usableFrom: Date | null; frozenAt: Date | null },
  now: Date,
): MethodStatus {
  if (method.frozenAt !== null) return 'frozen';
  return method.usableFrom !== null && method.usableFrom > now ? 'cooling_off' : 'ready';
}
