import type { ItemStatus } from '../../core/attempt.ts';
import { redact } from '../http.ts';
import type { Destination, ItemReport, StatusPage, SubmissionPlan } from '../provider.ts';
import { reasonOf } from './errors.ts';
import { issueCharsMax, itemsPerSubmissionMax, pageItemsMax, pageMax, senderBatchIdMax } from './limits.ts';
import { formatValue, readValue } from './money.ts';
import { at, countAt, idAt, listAt, textAt } from './read.ts';
import { batchProgressOf, itemStatusOf, returnReasonOf } from './statuses.ts';

/** Subject of PayPal's mail to the payee. Part of the bytes: another text is another request. */
const emailSubject = 'You have a payment';

const recipientTypes: Partial<Record<Destination['kind'], string>> = {
  email: 'EMAIL',
  phone: 'PHONE',
  paypal_id: 'PAYPAL_ID',
};

function recipientTypeOf(kind: Destination['kind']): string {
  const type = recipientTypes[kind];
  if (type === undefined) throw new RangeError(`PayPal does not pay to a destination of kind ${kind}`);
  return type;
}

/**
 * The create request as bytes: the same plan gives the same bytes, for ever. Throws RangeError for a plan no caller may
 * make (no items, too many, two currencies, a key too long, an amount PayPal cannot take).
 */
export function prepareBatch(plan: SubmissionPlan): Uint8Array {
  const { providerKey, currency, items } = plan;
  if (items.length < 1 || items.length > itemsPerSubmissionMax) {
    throw new RangeError(`a PayPal batch has 1 to ${itemsPerSubmissionMax} items, not ${items.length}`);
  }
  if (providerKey === '' || providerKey.length > senderBatchIdMax) {
    throw new RangeError(`a sender_batch_id has 1 to ${senderBatchIdMax} characters`);
  }
  const body = {
    sender_batch_header: { sender_batch_id: providerKey, email_subject: emailSubject },
    items: items.map((item) => {
      if (item.currency !== currency) throw new RangeError('a PayPal batch has one currency');
      if (item.amount <= 0n) throw new RangeError('a PayPal item has an amount above zero');
      return {
        recipient_type: recipientTypeOf(item.destination.kind),
        receiver: item.destination.value,
        amount: { currency, value: formatValue(item.amount, currency) },
        note: item.note ?? undefined,
        sender_item_id: item.itemReference,
      };
    }),
  };
  return new TextEncoder().encode(JSON.stringify(body));
}

/**
 * One item as PayPal reports it. What cannot be read stays open: an unreadable amount or id gives status null, an empty
 * text or zero, so that it matches nothing of ours and is noticed.
 */
export function readItem(item: unknown, secrets: readonly string[]): ItemReport {
  const raw = redact(textAt(item, 'transaction_status'), secrets, issueCharsMax);
  const currency = textAt(item, 'payout_item', 'amount', 'currency').toUpperCase();
  const amount = readValue(at(item, 'payout_item', 'amount', 'value'), currency);
  const providerItemId = idAt(item, 'payout_item_id');
  const readable = amount !== null && providerItemId !== null;
  const status = readable ? itemStatusOf(raw) : null;
  return {
    itemReference: textAt(item, 'payout_item', 'sender_item_id'),
    providerItemId: providerItemId ?? '',
    status,
    raw: readable ? raw : `${raw} (amount or id unreadable)`,
    amount: amount ?? 0n,
    currency,
    fee: readFee(item, currency),
    reason: reasonFor(item, status, raw, secrets),
    transactionId: idAt(item, 'transaction_id'),
  };
}

/** The fee when it is in the item's own currency; in another one a bare number would mislead. */
function readFee(item: unknown, currency: string): bigint | null {
  if (textAt(item, 'payout_item_fee', 'currency').toUpperCase() !== currency) return null;
  return readValue(at(item, 'payout_item_fee', 'value'), currency);
}

/**
 * Why an item is where it is. `errors` is an object, an array in the schema's words, and stays in the answer after its
 * time: for money that came back the status says why, for an item that went well nothing does.
 */
function reasonFor(
  item: unknown,
  status: ItemStatus | null,
  raw: string,
  secrets: readonly string[],
): ItemReport['reason'] {
  const [error] = listAt(item, 'errors');
  const name = textAt(error, 'name');
  const text = [name, textAt(error, 'message')].filter(Boolean).join(': ');
  const message = redact(text || raw, secrets, issueCharsMax);
  if (status === 'returned') return { code: returnReasonOf(raw), message };
  if (status === 'failed') return { code: failureCode(name), message };
  if (status === 'unclaimed' && name !== '') return { code: reasonOf(name) ?? 'provider_error', message };
  return null;
}

/** A failed item is not waiting to be claimed, whatever its error is called. */
function failureCode(name: string): string {
  const code = reasonOf(name) ?? 'provider_error';
  return code === 'receiver_unregistered' || code === 'receiver_unconfirmed'
    ? 'receiver_account_invalid'
    : code;
}

/** One page of a batch. Items come in any order, and one that is listed twice alike counts once. */
export function readPage(body: unknown, page: number, secrets: readonly string[]): StatusPage {
  const raw = redact(textAt(body, 'batch_header', 'batch_status'), secrets, issueCharsMax);
  const listed = listAt(body, 'items');
  return {
    progress: batchProgressOf(raw),
    raw,
    providerKey: textAt(body, 'batch_header', 'sender_batch_header', 'sender_batch_id') || null,
    totalItems: countAt(body, 'total_items'),
    items: withoutRepetitions(listed.map((item) => readItem(item, secrets))),
    hasMore: hasMore(body, page, listed.length),
  };
}

/**
 * Repetitions of one report count once. Two items of PayPal's with one reference of ours are two payments and both stay,
 * as does one item in two states: the caller's transitions are made for any order.
 */
function withoutRepetitions(reports: ItemReport[]): ItemReport[] {
  const known = new Map<string, ItemReport>();
  for (const report of reports) {
    const { providerItemId, itemReference, status, raw, amount, currency } = report;
    known.set(JSON.stringify([providerItemId, itemReference, status, raw, `${amount}`, currency]), report);
  }
  return [...known.values()];
}

/** PayPal need not say how many pages there are, and may serve fewer items per page than asked for. */
function hasMore(body: unknown, page: number, listed: number): boolean {
  if (page >= pageMax) return false;
  const pages = countAt(body, 'total_pages');
  if (pages !== null && page < pages) return true;
  if (listed === 0) return false;
  if (listAt(body, 'links').some((link) => textAt(link, 'rel') === 'next')) return true;
  const items = countAt(body, 'total_items');
  if (pages !== null) return listed >= pageItemsMax && items !== null && items > page * pageItemsMax;
  return listed >= pageItemsMax || (items !== null && items > page * listed);
}
