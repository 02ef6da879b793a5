import type { Destination, ItemIssue, PayoutItem } from '../provider.ts';
import { accountIdMax, descriptionMax, itemReferenceMax } from './limits.ts';
import { hasPayableDecimals, takesCurrency, toStripeUnits } from './money.ts';

/** Why Stripe would refuse an item, found offline; null when nothing is wrong that can be seen from here. */
export function validateItem(item: PayoutItem): ItemIssue | null {
  return (
    destinationIssue(item.destination) ?? amountIssue(item) ?? noteIssue(item.note) ?? referenceIssue(item)
  );
}

/** True for what can be the id of a connected account. */
export function isAccountId(text: string): boolean {
  return text.length <= accountIdMax && /^acct_[A-Za-z0-9_]+$/.test(text);
}

function destinationIssue({ kind, value }: Destination): ItemIssue | null {
  if (kind === 'account' && isAccountId(value)) return null;
  return {
    code: 'receiver_invalid',
    message:
      'The payout destination is not a connected Stripe account (acct_…). Nothing was sent. ' +
      'Let the payee connect their account, then try again.',
  };
}

function amountIssue({ amount, currency }: PayoutItem): ItemIssue | null {
  if (!takesCurrency(currency)) {
    return {
      code: 'currency_not_supported',
      message: 'Stripe does not transfer this currency. Nothing was sent. Use another currency or method.',
    };
  }
  const wrong = (message: string): ItemIssue => ({ code: 'amount_not_allowed', message });
  if (amount <= 0n) return wrong('The amount must be above zero. Nothing was sent. Correct the amount.');
  if (!hasPayableDecimals(amount, currency)) {
    return wrong(`Stripe takes ${currency} with fewer decimals. Nothing was sent. Round the amount.`);
  }
  if (toStripeUnits(amount, currency) > BigInt(Number.MAX_SAFE_INTEGER)) {
    return wrong(
      'The amount is larger than any number Stripe can take. Nothing was sent. Correct the amount.',
    );
  }
  return null;
}

function noteIssue(note: string | null): ItemIssue | null {
  if (note === null) return null;
  const wrong = (what: string): ItemIssue => ({
    code: 'request_invalid',
    message: `${what} Nothing was sent. Correct the note, then try again.`,
  });
  if (note.length > descriptionMax) {
    return wrong(`The note has ${note.length} characters; Stripe takes at most ${descriptionMax}.`);
  }
  if (/[\p{Cc}\u2028\u2029]/u.test(note) || !note.isWellFormed()) {
    return wrong('The note has line breaks or control characters.');
  }
  return null;
}

function referenceIssue({ itemReference }: PayoutItem): ItemIssue | null {
  if (itemReference.length <= itemReferenceMax && /^[\x21-\x7e]+$/.test(itemReference)) return null;
  return {
    code: 'request_invalid',
    message:
      `The item reference must have 1 to ${itemReferenceMax} visible ASCII characters. Nothing was sent. ` +
      'Shorten the reference.',
  };
}
