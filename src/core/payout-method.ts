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
