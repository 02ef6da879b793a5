import type { ErrorDetail } from './errors.ts';
import { isCurrency, parseValue } from './money.ts';

export interface ParsedItem {
  readonly recipientType: string;
  readonly receiver: string;
  readonly amount: bigint;
  readonly senderItemId: string | null;
  readonly note: string | null;
  readonly wallet: string | null;
  readonly purpose: string | null;
}

/** A request that passed; one currency, amounts in its minor units. */
export interface ParsedBatch {
  readonly senderBatchId: string | null;
  /** The header as it is echoed later. */
  readonly header: Record<string, unknown>;
  readonly currency: string;
  readonly items: readonly ParsedItem[];
}

export type Validated = { ok: true; batch: ParsedBatch } | { ok: false; details: ErrorDetail[] };

const itemsMax = 15_000;
const detailsMax = 100;
const receiverCharsMax = 127;
const senderItemIdCharsMax = 63;
const noteAsciiCharsMax = 4000;
const noteCharsMax = 1000;
const headerCharsMax = {
  sender_batch_id: 256,
  recipient_type: 13,
  email_subject: 255,
  email_message: 1000,
  note: 1000,
};
const recipientTypes = new Set(['EMAIL', 'PHONE', 'PAYPAL_ID', 'USER_HANDLE']);
const wallets = new Set(['PAYPAL', 'VENMO', 'RECIPIENT_SELECTED']);
const purposes = new Set(
  'AWARDS PRIZES DONATIONS GOODS SERVICES REBATES CASHBACK DISCOUNTS NON_GOODS_OR_SERVICES'.split(' '),
);

type Fields = Record<string, unknown>;
type Report = (field: string, issue: string) => void;

/** Checks a whole create request; one bad item refuses all of it, as PayPal does. */
export function validateCreate(input: unknown): Validated {
  const details: ErrorDetail[] = [];
  function report(field: string, issue: string): void {
    if (details.length < detailsMax) details.push({ field, location: 'body', issue });
  }
  const body = isFields(input) ? input : {};
  const header = validateHeader(body['sender_batch_header'], report);
  const items = validateItems(body['items'], text(header['recipient_type']) ?? 'EMAIL', report);
  if (details.length > 0) return { ok: false, details };
  const { note: _, ...echoed } = header;
  const senderBatchId = typeof header['sender_batch_id'] === 'string' ? header['sender_batch_id'] : null;
  return { ok: true, batch: { senderBatchId, header: echoed, ...items } };
}

function validateHeader(input: unknown, report: Report): Fields {
  if (!isFields(input)) {
    report('sender_batch_header', 'Required field is missing');
    return {};
  }
  const known: Fields = {};
  for (const [name, charsMax] of Object.entries(headerCharsMax)) {
    const value = input[name];
    if (value === undefined) continue;
    known[name] = value;
    checkText(value, charsMax, `sender_batch_header.${name}`, report);
  }
  const type = known['recipient_type'];
  if (typeof type === 'string' && !recipientTypes.has(type)) {
    report('sender_batch_header.recipient_type', 'Value is invalid');
  }
  return known;
}

function validateItems(
  input: unknown,
  type: string,
  report: Report,
): Pick<ParsedBatch, 'currency' | 'items'> {
  const items: ParsedItem[] = [];
  if (!Array.isArray(input) || input.length === 0) {
    report('items', 'Required field is missing');
    return { currency: '', items };
  }
  if (input.length > itemsMax) {
    report('items', `Size is above the maximum of ${itemsMax}`);
    return { currency: '', items };
  }
  const currency = currencyOf(input[0]);
  for (const [position, item] of input.entries()) {
    const parsed = validateItem(item, `items[${position}]`, type, currency, report);
    if (parsed !== null) items.push(parsed);
  }
  return { currency, items };
}

function currencyOf(item: unknown): string {
  const amount = isFields(item) ? item['amount'] : undefined;
  return isFields(amount) && typeof amount['currency'] === 'string' ? amount['currency'] : '';
}

function validateItem(
  input: unknown,
  at: string,
  defaultType: string,
  currency: string,
  report: Report,
): ParsedItem | null {
  if (!isFields(input)) {
    report(at, 'Value is invalid');
    return null;
  }
  const recipientType = text(input['recipient_type']) ?? defaultType;
  if (!recipientTypes.has(recipientType)) report(`${at}.recipient_type`, 'Value is invalid');
  const receiver = text(input['receiver']) ?? '';
  if (!isReceiver(recipientType, receiver)) {
    report(`${at}.receiver`, 'Receiver is invalid or does not match with type');
  }
  checkOptional(input, at, report);
  const amount = validateAmount(input['amount'], `${at}.amount`, currency, report);
  return {
    recipientType,
    receiver,
    amount,
    senderItemId: text(input['sender_item_id']),
    note: text(input['note']),
    wallet: text(input['recipient_wallet']),
    purpose: text(input['purpose']),
  };
}

function checkOptional(item: Fields, at: string, report: Report): void {
  const { sender_item_id: reference, note, recipient_wallet: wallet, purpose } = item;
  if (reference !== undefined) checkText(reference, senderItemIdCharsMax, `${at}.sender_item_id`, report);
  if (note !== undefined) {
    const ascii = typeof note === 'string' && /^[\0-\x7F]*$/.test(note);
    checkText(note, ascii ? noteAsciiCharsMax : noteCharsMax, `${at}.note`, report);
  }
  if (wallet !== undefined && !isOneOf(wallets, wallet)) report(`${at}.recipient_wallet`, 'Value is invalid');
  if (purpose !== undefined && !isOneOf(purposes, purpose)) report(`${at}.purpose`, 'Value is invalid');
}

function validateAmount(input: unknown, at: string, currency: string, report: Report): bigint {
  if (!isFields(input)) {
    report(at, 'Required field is missing');
    return 0n;
  }
  const code = input['currency'];
  if (typeof code !== 'string' || !isCurrency(code)) report(`${at}.currency`, 'Currency code is invalid');
  else if (code !== currency) report(`${at}.currency`, 'All items of a batch must have the same currency');
  const minor = typeof input['value'] === 'string' ? parseValue(input['value'], currency) : null;
  if (minor === null) report(`${at}.value`, 'Amount is invalid');
  return minor ?? 0n;
}

function isReceiver(type: string, receiver: string): boolean {
  if (receiver === '' || receiver.length > receiverCharsMax) return false;
  if (type === 'EMAIL') return /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(receiver);
  if (type === 'PHONE') return /^\+?[\d ()-]{5,}$/.test(receiver);
  return true;
}

function checkText(value: unknown, charsMax: number, field: string, report: Report): void {
  if (typeof value !== 'string') report(field, 'Value is invalid');
  else if (value.length > charsMax) report(field, `Length is above the maximum of ${charsMax}`);
}

function isOneOf(allowed: ReadonlySet<string>, value: unknown): boolean {
  return typeof value === 'string' && allowed.has(value);
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
