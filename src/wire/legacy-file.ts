import type { LegacyCells } from '../core/legacy-row.ts';
import type { CsvRecord } from './csv-records.ts';
import { csvRecords, readHead } from './csv-records.ts';
import type { Delimiter } from './csv.ts';
import { delimiters, restore } from './csv.ts';
import { fileProblem, rowsMax } from './file-issues.ts';
import { plainName } from './file-shapes.ts';
import type { TextFacts } from './file-text.ts';
import { plainText } from './file-text.ts';

/** One row of a payout report with its place in the file. */
export interface LegacyFileRow {
  readonly line: number;
  readonly cells: LegacyCells;
  /** It has more cells than the header has names, so nobody can say which is which. */
  readonly tooMany: boolean;
}

/** Rows above the header that are passed over: reports begin with a summary of the batch. */
const preambleRowsMax = 20;

/** Names of columns as PayPal's downloads and its API call them, without case, blanks and signs; the first one counts. */
const columnNames: Readonly<Record<keyof LegacyCells, readonly string[]>> = {
  batchId: ['payoutbatchid', 'batchid', 'paypalbatchid'],
  itemId: ['payoutitemid', 'itemid', 'paypalitemid'],
  transactionId: ['transactionid', 'paypaltransactionid', 'txnid'],
  reference: ['senderitemid', 'senderitemiduniqueid', 'uniqueid', 'customeruniqueid', 'customid'],
  receiver: [
    'receiver',
    'receiveremail',
    'recipient',
    'recipientemail',
    'recipientemailaddress',
    'toemailaddress',
    'email',
  ],
  status: ['transactionstatus', 'itemstatus', 'payoutitemstatus', 'status', 'paymentstatus'],
  amount: ['amount', 'amountvalue', 'payoutamount', 'gross', 'grossamount'],
  currency: ['currency', 'amountcurrency', 'currencycode', 'payoutcurrency'],
  fee: ['fee', 'fees', 'feeamount', 'payoutitemfee', 'payoutfee'],
  date: [
    'timeprocessed',
    'dateprocessed',
    'processeddate',
    'datecompleted',
    'timecompleted',
    'date',
    'paymentdate',
  ],
};
const fields = Object.keys(columnNames) as (keyof LegacyCells)[];

type Columns = ReadonlyMap<keyof LegacyCells, number>;

/**
 * Rows of a payout report, one at a time: UTF-8 or UTF-16, with or without a byte order mark, separated by commas,
 * semicolons or tabs, columns in any order. Throws a `FileProblem` when the file as a whole cannot be read.
 */
export async function* legacyRows(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<LegacyFileRow> {
  const facts: TextFacts = { bytes: 0, encoding: 'utf-8', mark: false };
  const headed = await readHead(plainText(bytes, facts));
  if (headed === null) throw fileProblem('report_empty');
  let columns: Columns | null = null;
  let width = 0;
  let rows = 0;
  let preamble = 0;
  for await (const record of csvRecords(headed.text, delimiterOf(headed.firstLine))) {
    if (columns === null) {
      columns = columnsOf(record);
      width = record.cells.length;
      if (columns === null && (preamble += 1) > preambleRowsMax) throw noHeader(record.line);
      continue;
    }
    if (record.cells.every((cell) => cell.trim() === '')) continue;
    if ((rows += 1) > rowsMax) throw tooManyRows(record.line);
    yield rowOf(record, columns, width);
  }
  if (columns === null) throw noHeader(1);
}

function delimiterOf(line: string): Delimiter {
  const counts = delimiters.map((delimiter) => [line.split(delimiter).length, delimiter] as const);
  return counts.reduce((best, one) => (one[0] > best[0] ? one : best))[1];
}

/** The places of the columns, or null when this row is no header. */
function columnsOf({ cells, line }: CsvRecord): Columns | null {
  const names = cells.map((cell) => plainName(cell));
  const columns = new Map<keyof LegacyCells, number>();
  for (const field of fields) {
    const name = columnNames[field].find((known) => names.includes(known));
    if (name === undefined) continue;
    const at = names.indexOf(name);
    if (names.lastIndexOf(name) !== at && field !== 'currency') throw repeated(cells[at] ?? '', line);
    columns.set(field, at);
  }
  const isHeader = columns.has('status') && columns.has('amount');
  if (!isHeader) return null;
  if (columns.has('currency') && (columns.has('reference') || columns.has('receiver'))) return columns;
  throw fileProblem('report_missing_columns', [], line);
}

function rowOf({ cells, line }: CsvRecord, columns: Columns, width: number): LegacyFileRow {
  const read = (field: keyof LegacyCells) => {
    const at = columns.get(field);
    return at === undefined ? '' : restore((cells[at] ?? '').trim());
  };
  const row = {
    batchId: read('batchId'),
    itemId: read('itemId'),
    transactionId: read('transactionId'),
    reference: read('reference'),
    receiver: read('receiver'),
    status: read('status'),
    amount: read('amount'),
    currency: read('currency'),
    fee: read('fee'),
    date: read('date'),
  };
  return { line, cells: row, tooMany: cells.slice(width).some((cell) => cell.trim() !== '') };
}

function repeated(name: string, line: number) {
  return fileProblem('header_repeated_column', [name.slice(0, 60)], line);
}

function noHeader(line: number) {
  return fileProblem('report_no_header', [], line);
}

function tooManyRows(line: number) {
  return fileProblem('report_too_many_rows', [rowsMax], line);
}
