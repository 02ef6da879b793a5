import type { Destination, ItemIssue, PayoutItem } from '../provider.ts';
import { itemUsdMaxMinor, noteAsciiMax, noteOtherMax, receiverMax, senderItemIdMax } from './limits.ts';
import { hasPayableDecimals, paysOut } from './money.ts';

/**
 * Why PayPal would refuse an item, found offline: one malformed item makes PayPal refuse the whole submission, so it has
 * to be left out before. Null when nothing is wrong that can be seen from here. Messages never repeat the address.
 */
export function validateItem(item: PayoutItem): ItemIssue | null {
  return receiverIssue(item.destination) ?? amountIssue(item) ?? noteIssue(item.note) ?? referenceIssue(item);
}

function receiverIssue({ kind, value }: Destination): ItemIssue | null {
  const wrong = (what: string): ItemIssue => ({
    code: 'receiver_invalid',
    message: `${what} Nothing was sent to it. Correct it, then try again.`,
  });
  if (kind === 'account') return wrong('PayPal pays e-mail addresses, phone numbers and PayPal account ids.');
  if (value === '') return wrong('The payout address is missing.');
  if (value.length > receiverMax) {
    return wrong(`The payout address has ${value.length} characters; PayPal takes at most ${receiverMax}.`);
  }
  if (!/^[\x21-\x7e]+$/.test(value)) {
    return wrong('The payout address has spaces, control characters or letters beyond ASCII.');
  }
  if (kind === 'email' && !isEmail(value)) return wrong('The payout address is not an e-mail address.');
  if (kind === 'phone' && !/^\+?[0-9]{7,15}$/.test(value)) {
    return wrong('The payout address is not a phone number of 7 to 15 digits, with or without a leading +.');
  }
  if (kind === 'paypal_id' && !/^[A-Za-z0-9]+$/.test(value)) {
    return wrong('The payout address is not a PayPal account id: letters and digits only.');
  }
  return null;
}

const emailLocalMax = 64;
const labelMax = 63;

/** A plain address: no quoted local part, no bare host, no address literal. Source: RFC 5321 and 1035. */
function isEmail(value: string): boolean {
  const [local = '', domain = '', ...rest] = value.split('@');
  if (rest.length > 0 || local.length > emailLocalMax) return false;
  if (!/^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/.test(local)) return false;
  const labels = domain.split('.');
  return labels.length > 1 && labels.every(isLabel) && !/^[0-9]+$/.test(labels.at(-1) ?? '');
}

function isLabel(label: string): boolean {
  return label.length <= labelMax && /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/.test(label);
}

function amountIssue({ amount, currency }: PayoutItem): ItemIssue | null {
  if (!paysOut(currency)) {
    return {
      code: 'currency_not_supported',
      message: 'PayPal does not pay out this currency. Nothing was sent. Use another currency or method.',
    };
  }
  const wrong = (message: string): ItemIssue => ({ code: 'amount_not_allowed', message });
  if (amount <= 0n) return wrong('The amount must be above zero. Nothing was sent. Correct the amount.');
  if (!hasPayableDecimals(amount, currency)) {
    return wrong(`PayPal takes ${currency} in whole units only. Nothing was sent. Round the amount.`);
  }
  if (currency === 'USD' && amount > itemUsdMaxMinor) {
    return wrong('PayPal takes at most 20,000.00 USD per payment. Nothing was sent. Pay it in parts.');
  }
  return null;
}

function noteIssue(note: string | null): ItemIssue | null {
  if (note === null) return null;
  const wrong = (what: string): ItemIssue => ({
    code: 'request_invalid',
    message: `${what} Nothing was sent. Correct the note, then try again.`,
  });
  const ascii = /^[\x20-\x7e]*$/.test(note);
  const max = ascii ? noteAsciiMax : noteOtherMax;
  if (note.length > max) return wrong(`The note has ${note.length} characters; PayPal takes at most ${max}.`);
  if (/[\p{Cc}\u2028\u2029]/u.test(note) || !note.isWellFormed()) {
    return wrong('The note has line breaks or control characters.');
  }
  return null;
}

function referenceIssue({ itemReference }: PayoutItem): ItemIssue | null {
  if (itemReference.length <= senderItemIdMax && /^[\x21-\x7e]+$/.test(itemReference)) return null;
  return {
    code: 'request_invalid',
    message:
      `The item reference must have 1 to ${senderItemIdMax} visible ASCII characters. Nothing was sent. ` +
      'Shorten the reference.',
  };
}
