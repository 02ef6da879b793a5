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
  const { type, kind, destination } = method;
  const same =
    kind === 'email' ? destination.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase()) : destination;
  // No part can hold a NUL.
  return [type, kind, same].join('\0');
}
