import { fault } from '../core/fault-words.ts';
import type { TeamLanguage } from '../core/language.ts';
import type { AmountProblem } from '../core/money.ts';
import { parseAmount } from '../core/money.ts';
import type { CsvRecord } from './csv-records.ts';
import { csvRecords, readHead } from './csv-records.ts';
import type { Delimiter } from './csv.ts';
import { delimiters, restore } from './csv.ts';
import type { FileIssue } from './file-issues.ts';
import { FileProblem, fileProblem } from './file-issues.ts';
import type { TextFacts } from './file-text.ts';
import { contentHash, measured, plainText } from './file-text.ts';
import { plainName } from './file-shapes.ts';

/** Rows one call may bring. */
export const paidRowsMax = 5_000;
/** Rows of one file on a disk. */
const fileRowsMax = 1_000_000;

/** A row as the API takes it; amounts in minor units. */
interface PaidFileRow {
  readonly payoutId: string;
  readonly amount: number;
  readonly currency: string;
  readonly paymentReferenceId: string;
  readonly paymentDate?: string;
  readonly paymentNotes?: string;
}

/** One row of a file, or why it cannot be read. `line` counts from 1. */
export type PaidLine =
  | { readonly line: number; readonly row: PaidFileRow; readonly problem?: undefined }
  | { readonly line: number; readonly row?: undefined; readonly problem: string };

export type PaidFile =
  | { readonly ok: true; readonly lines: PaidLine[] }
  | { readonly ok: false; readonly issue: FileIssue };

type Field = 'payout' | 'amount' | 'currency' | 'payment' | 'date' | 'notes';

/** Header names without case and punctuation; the first that a file has counts. */
const names: Record<Field, readonly string[]> = {
  payout: ['payoutid', 'payout', 'reference', 'transferreference', 'endtoendid'],
  amount: ['amount'],
  currency: ['currency'],
  payment: ['paymentreferenceid', 'paymentreference', 'providerreference', 'transactionid', 'bankreference'],
  date: ['paymentdate', 'paiddate', 'paidat', 'paidon', 'date'],
  notes: ['paymentnotes', 'notes', 'note'],
};
const needed = ['payout', 'amount', 'currency', 'payment'] as const;
const header = 'payout_id,amount,currency,payment_reference,payment_date';

/**
 * Reads a file of payments that were made by hand: a header, then one line per payment, amounts in major units. Comma,
 * semicolon or tab, UTF-8 or UTF-16. A bad line is told with what is wrong; a file that cannot be told apart into lines is
 * an issue as a whole.
 */
export async function readPaidFile(
  source: AsyncIterable<Uint8Array>,
  language: TeamLanguage = 'en',
): Promise<PaidFile> {
  try {
    return { ok: true, lines: await linesOf(source) };
  } catch (error) {
    if (error instanceof FileProblem) return { ok: false, issue: error.issueIn(language) };
    throw error;
  }
}

async function linesOf(source: AsyncIterable<Uint8Array>): Promise<PaidLine[]> {
  const facts: TextFacts = { bytes: 0, encoding: 'utf-8', mark: false };
  const headed = await readHead(plainText(measured(source, facts, contentHash()), facts));
  if (headed === null) throw fileProblem('paid_empty', [header]);
  let places: Map<Field, number> | null = null;
  const lines: PaidLine[] = [];
  for await (const record of csvRecords(headed.text, delimiterOf(headed.firstLine))) {
    if (record.cells.every((cell) => cell.trim() === '')) continue;
    if (places === null) places = placesIn(record);
    else lines.push(readLine(record, places));
    if (lines.length > fileRowsMax) throw fileProblem('paid_too_many_rows', [fileRowsMax]);
  }
  if (lines.length === 0) throw fileProblem('paid_no_rows');
  return lines;
}

/** The delimiter that occurs most in the header. */
function delimiterOf(firstLine: string): Delimiter {
  const count = (delimiter: Delimiter) => firstLine.split(delimiter).length;
  return delimiters.reduce((best, one) => (count(one) > count(best) ? one : best));
}

function placesIn({ cells, line }: CsvRecord): Map<Field, number> {
  const given = cells.map((cell) => plainName(cell));
  const places = new Map<Field, number>();
  for (const [field, known] of Object.entries(names)) {
    const name = known.find((one) => given.includes(one));
    if (name !== undefined) places.set(field as Field, given.indexOf(name));
  }
  const missing = needed.filter((field) => !places.has(field));
  if (missing.length === 0) return places;
  throw fileProblem(
    'paid_missing_columns',
    [missing.map((field) => names[field][0]).join(', '), header],
    line,
  );
}

function readLine({ cells, line }: CsvRecord, places: ReadonlyMap<Field, number>): PaidLine {
  const text = (field: Field) => restore(cells[places.get(field) ?? -1] ?? '').trim();
  const currency = text('currency').toUpperCase();
  const amount = parseAmount(text('amount'), currency);
  if (typeof amount === 'string') return { line, problem: amountWords(amount, text('amount'), currency) };
  if (text('payout') === '') return { line, problem: fault('paid_no_payout') };
  if (text('payment') === '') return { line, problem: fault('paid_no_reference') };
  const row = {
    payoutId: text('payout'),
    // `parseAmount` lets nothing through that a JSON number does not hold.
    amount: Number(amount),
    currency,
    paymentReferenceId: text('payment'),
    ...(text('date') === '' ? {} : { paymentDate: text('date') }),
    ...(text('notes') === '' ? {} : { paymentNotes: text('notes') }),
  };
  return { line, row };
}

function amountWords(problem: AmountProblem, amount: string, currency: string): string {
  return fault(`paid_${problem}`, `${amount.slice(0, 40)} ${currency.slice(0, 10)}`).toWellFormed();
}
