import type { TeamLanguage } from '../core/language.ts';
import type { CsvRecord } from './csv-records.ts';
import type { RowIssue } from './file-issues.ts';
import { clip, type PayFileFormat } from './file-shapes.ts';
import {
  accountCell,
  amountCell,
  type Cell,
  currencyCell,
  destinationCell,
  emailCell,
  idCell,
  isGood,
  nameCell,
  noteCell,
  payeeIdCharsMax,
  type PayDestination,
  referenceCharsMax,
} from './pay-cells.ts';
import { RowReader } from './row-reader.ts';
import { checkShape, checkWidth } from './shape-rules.ts';

/** Ways to pay a payee that a file can name. */
const payMethods = ['paypal', 'stripe', 'bank', 'moncash', 'natcash', 'manual'] as const;
type PayMethod = (typeof payMethods)[number];
/** Those that a file can be paid by. */
const paidByFile: ReadonlySet<PayMethod> = new Set(['paypal', 'stripe']);

/** A row that can be paid. `amount` in minor units of `currency`. */
export interface PayRow {
  readonly line: number;
  /** Names what is paid: unique in the file. */
  readonly reference: string;
  /** The reference was made from the row, as the file has none; it is the same when the file is read again. */
  readonly referenceDerived: boolean;
  /** The payee's id in the platform; without one, the address in lower case. */
  readonly payeeExternalId: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly amount: bigint;
  readonly currency: string;
  readonly method: PayMethod;
  /** Null: the row names no address; the payee's method on file is meant. */
  readonly destination: PayDestination | null;
  readonly note: string | null;
}

/** Makes references for rows that have none, and finds what rows have in common. */
export interface Neighbours {
  /** Stands before references made from rows, as those name a row only within its file. */
  readonly derivedPrefix: string;
  /** 1 for the first row with this base, 2 for the second … */
  occurrence(base: string): number;
  /** The line of an earlier row with this reference, or 0. */
  earlierReference(reference: string, line: number): number;
}

/** A row of a file, checked: `row` null when it has issues. `reference` also for a bad row, as far as it is known. */
export interface CheckedRow {
  readonly row: PayRow | null;
  readonly reference: string;
  readonly issues: readonly RowIssue[];
}

/** Checks one row by itself and against the rows before it. All its issues are found at once. */
export function checkRow(
  record: CsvRecord,
  format: PayFileFormat,
  neighbours: Neighbours,
  language: TeamLanguage,
): CheckedRow {
  const read = new RowReader(record, format, language);
  checkWidth(read, record, format);
  checkShape(read, format.shape);
  const method = readMethod(read);
  const payee = readPayee(read, method);
  const currency = read.take('currency', currencyCell(read.text('currency')));
  const amount = readAmount(read, currency, method);
  const name = read.take('name', nameCell(read.text('name')));
  const note = read.take('note', noteCell(read.text('note') || read.text('paymentReference')));
  const { reference, derived } = readReference(read, format, payee, neighbours, record.line);
  if (read.issues.length > 0 || currency === null || amount === null) {
    return { row: null, reference, issues: read.issues };
  }
  const { payeeExternalId, email, destination } = payee;
  return {
    row: {
      line: record.line,
      reference,
      referenceDerived: derived,
      payeeExternalId,
      name,
      email,
      amount,
      currency,
      method,
      destination,
      note,
    },
    reference,
    issues: [],
  };
}

function readMethod(read: RowReader): PayMethod {
  // An account of Stripe's is nothing that PayPal could mistake for its own.
  const usual = read.id('destination').startsWith('acct_') ? 'stripe' : 'paypal';
  const text = read.text('method').toLowerCase() || usual;
  const method = payMethods.find((known) => known === text);
  if (method === undefined) {
    read.reject('method', 'method_unknown', clip(text), payMethods.join(', '), usual);
  } else if (!paidByFile.has(method)) {
    read.reject('method', 'method_not_paid_by_file', method);
  }
  return method ?? 'paypal';
}

interface Payee {
  readonly payeeExternalId: string;
  readonly email: string | null;
  readonly destination: PayDestination | null;
}

function readPayee(read: RowReader, method: PayMethod): Payee {
  const [givenId, emailText, destinationText] = [
    read.id('payeeId'),
    read.id('email'),
    read.id('destination'),
  ];
  const email = emailText === '' ? null : read.take('email', emailCell(emailText));
  const explicit =
    destinationText === '' || !paidByFile.has(method)
      ? null
      : read.take('destination', destinationOf(method, destinationText));
  const isAddress = method === 'paypal' && destinationText === '';
  const destination = explicit ?? (email === null || !isAddress ? null : { kind: 'email', value: email });
  const payeeId = read.take('payeeId', idCell(givenId, payeeIdCharsMax)) ?? '';
  const payeeExternalId = payeeId || addressAsId(email ?? destination?.value ?? '');
  if (givenId === '' && emailText === '' && destinationText === '') {
    read.reject('payeeId', 'payee_missing');
  }
  return { payeeExternalId, email: email ?? emailOf(destination), destination };
}

function destinationOf(method: PayMethod, text: string): Cell<PayDestination> {
  return method === 'stripe' ? accountCell(text) : destinationCell(text);
}

/** An address as the id of its payee; a phone number without its +. */
function addressAsId(address: string): string {
  return address.replace(/^\+/, '').toLowerCase();
}

function emailOf(destination: PayDestination | null): string | null {
  return destination?.kind === 'email' ? destination.value : null;
}

function readAmount(read: RowReader, currency: string | null, method: PayMethod): bigint | null {
  const text = read.text('amount');
  // Without a currency the number of decimals is unknown; what is wrong whatever the currency is still said.
  const cell = amountCell(text, currency ?? 'USD', method === 'paypal');
  if (currency !== null) return read.take('amount', cell);
  if (!isGood(cell) && cell.code !== 'amount_too_many_decimals') read.fail('amount', cell);
  return null;
}

/**
 * The reference of a row. A file that has none (PayPal mass pay, Wise) gets `{customer id or address}`, for Wise with
 * `:{payment reference}`, and for the second row with the same base `:2`, and so on: the same file read again gives the
 * same references, whatever becomes of its rows.
 */
function readReference(
  read: RowReader,
  format: PayFileFormat,
  payee: Payee,
  neighbours: Neighbours,
  line: number,
): { reference: string; derived: boolean } {
  const given = read.id('reference');
  const derived = given === '' && (format.shape === 'paypal_mass_pay' || format.shape === 'wise_email');
  const reference = derived ? derivedReference(read, payee, neighbours) : given;
  if (reference === '') {
    if (!derived) read.reject('reference', 'reference_missing');
    return { reference, derived };
  }
  // What a derived reference is made of has been checked where it stands.
  if (!derived || read.issues.length === 0) read.take('reference', idCell(reference, referenceCharsMax));
  const earlier = neighbours.earlierReference(reference, line);
  if (earlier > 0) {
    read.reject('reference', 'reference_duplicate', clip(reference), earlier);
  }
  return { reference, derived };
}

function derivedReference(read: RowReader, { payeeExternalId }: Payee, neighbours: Neighbours): string {
  const receiver = payeeExternalId || addressAsId(read.id('destination') || read.id('email'));
  if (receiver === '') return '';
  const paymentReference = read.text('paymentReference');
  const base = paymentReference === '' ? receiver : `${receiver}:${paymentReference}`;
  const occurrence = neighbours.occurrence(base);
  const { derivedPrefix } = neighbours;
  return occurrence === 1 ? derivedPrefix + base : `${derivedPrefix}${base}:${occurrence}`;
}
