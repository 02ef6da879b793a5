import { type Delimiter, delimiters } from './csv.ts';
import type { CsvRecord } from './csv-records.ts';
import { type FileProblem, fileProblem } from './file-issues.ts';

/** Files that are understood as they are. */
export type ShapeName = 'purser' | 'paypal_mass_pay' | 'wise_email' | 'tipalti';

/** What a cell can mean, over all shapes. */
export type Field =
  | 'payeeId'
  | 'name'
  | 'email'
  | 'amount'
  | 'currency'
  | 'method'
  | 'destination'
  | 'reference'
  | 'note'
  | 'wallet'
  | 'amountCurrency'
  | 'sourceCurrency'
  | 'paymentReference'
  | 'scheduledDate';

/** How the columns of one file are to be read. */
export interface PayFileFormat {
  readonly shape: ShapeName;
  readonly delimiter: Delimiter;
  /** PayPal's own upload file starts with its first row. */
  readonly headerless: boolean;
  /** Column names as in the file; for a file without a header, ours. */
  readonly header: readonly string[];
  readonly columns: ReadonlyMap<Field, number>;
}

/** The header of Purser's own pay file. */
export const payFileHeader = 'payee_id,name,email,amount,currency,method,destination,reference,note';

/** Columns of a PayPal mass-pay file in their order (PayPal, "Create a payouts file": no header row). */
const massPayHeader = ['receiver', 'amount', 'currency', 'customer_id', 'note', 'wallet', 'privacy'];
const payPalId = /^[A-Z0-9]{13}$/;
/** Columns that mean nothing to a row, and those that an error file adds. */
const otherNames: ReadonlySet<string> = new Set(['privacy', 'line', 'error', 'howtofix']);

/** Header names without case, spaces and punctuation. */
const shapeColumns: Record<ShapeName, Partial<Record<Field, string>>> = {
  purser: {
    payeeId: 'payeeid',
    name: 'name',
    email: 'email',
    amount: 'amount',
    currency: 'currency',
    method: 'method',
    destination: 'destination',
    reference: 'reference',
    note: 'note',
  },
  paypal_mass_pay: {
    destination: 'receiver',
    amount: 'amount',
    currency: 'currency',
    payeeId: 'customerid',
    note: 'note',
    wallet: 'wallet',
    reference: 'reference',
  },
  wise_email: {
    name: 'name',
    email: 'recipientemail',
    amount: 'amount',
    amountCurrency: 'amountcurrency',
    sourceCurrency: 'sourcecurrency',
    currency: 'targetcurrency',
    paymentReference: 'paymentreference',
    reference: 'referencenumber',
  },
  tipalti: {
    payeeId: 'idap',
    amount: 'amountsubmitted',
    currency: 'amountcurrency',
    reference: 'refcode',
    note: 'ewalletmessage',
    scheduledDate: 'scheduleddate',
  },
};

/** Columns without which a row means nothing; one of several is written as a list. */
const requiredFields: Record<ShapeName, readonly (readonly Field[])[]> = {
  purser: [['payeeId', 'email'], ['amount'], ['currency'], ['reference']],
  paypal_mass_pay: [['destination'], ['amount'], ['currency']],
  wise_email: [['email'], ['amount'], ['currency']],
  tipalti: [['payeeId'], ['amount'], ['currency'], ['reference']],
};

const wiseBankColumns = new Set(
  'iban accountnumber bsbcode sortcode swiftcode bic abartn routingnumber'.split(' '),
);
const wiseColumns = new Set(
  'recipientid recipientemail receivertype sourcecurrency targetcurrency'.split(' '),
);

/** A column name without case, spaces and punctuation: `Payee ID` and `payee_id` are the same. */
export function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** The delimiter under which the first line makes sense; when none does, the one that occurs most. */
export function detectDelimiter(firstLine: string): Delimiter {
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const delimiter of delimiters) {
    const cells = roughCells(firstLine, delimiter);
    const known = isMassPayRow(cells) ? cells.length : knownNames(cells);
    const score = known * 1_000 + cells.length - 1;
    if (score > bestScore) [best, bestScore] = [delimiter, score];
  }
  return best;
}

/** Splits outside quotation marks, good enough to look at one line. */
function roughCells(line: string, delimiter: Delimiter): string[] {
  const pieces = line.split('"');
  const outside = pieces.map((piece, at) => (at % 2 === 0 ? piece.replaceAll(delimiter, '\u0000') : piece));
  return outside.join('').split('\u0000');
}

const namesOfShapes: ReadonlySet<string> = new Set(
  Object.values(shapeColumns).flatMap((columns) => Object.values(columns)),
);

function knownNames(cells: readonly string[]): number {
  return cells.filter((cell) => namesOfShapes.has(plainName(cell))).length;
}

/** Whether a plain name is one that a column of a pay file, or of an error file, has. */
export function isKnownName(plain: string): boolean {
  return namesOfShapes.has(plain) || otherNames.has(plain);
}

/** A receiver, an amount and a currency code: the first row of a file that has no header. */
function isMassPayRow(cells: readonly string[]): boolean {
  const [receiver = '', amount = '', currency = ''] = cells.map((cell) => cell.trim());
  if (plainName(receiver) === 'receiver' || !/^[A-Za-z]{3}$/.test(currency)) return false;
  return receiver.includes('@') || payPalId.test(receiver) || /^[-+]?\d[\d.,]*$/.test(amount);
}

/** The same with mistakes in it: an address where no header has one. */
function isBadMassPayRow(cells: readonly string[]): boolean {
  return cells.length >= 3 && cells[0]?.includes('@') === true && knownNames(cells) === 0;
}

/** Reads the first row of a file. Throws a `FileProblem` that says what the header lacks. */
export function formatOf(first: CsvRecord, delimiter: Delimiter): PayFileFormat {
  const header = first.cells;
  if (isMassPayRow(header) || isBadMassPayRow(header)) {
    return formatFor('paypal_mass_pay', massPayHeader, delimiter, true);
  }
  const names = header.map((name) => plainName(name));
  refuseRepeated(first, names);
  const shape = shapeOf(names);
  if (shape === 'wise_email') refuseOtherWise(names, first.line);
  const format = formatFor(shape, header, delimiter, false);
  const missing = requiredFields[format.shape]
    .filter((fields) => !fields.some((field) => format.columns.has(field)))
    .map((fields) => fields.map((field) => ownName(format.shape, field)));
  if (missing.length === 0) return format;
  throw format.columns.size === 0 ? noHeader(first.line) : missingColumns(missing, first.line);
}

function shapeOf(names: readonly string[]): ShapeName {
  if (names.includes('idap')) return 'tipalti';
  if (names.filter((name) => wiseColumns.has(name)).length >= 2) return 'wise_email';
  return names.includes('receiver') ? 'paypal_mass_pay' : 'purser';
}

function formatFor(
  shape: ShapeName,
  header: readonly string[],
  delimiter: Delimiter,
  headerless: boolean,
): PayFileFormat {
  const places = new Map(header.map((name, at) => [plainName(name), at]));
  const columns = new Map<Field, number>();
  for (const [field, name] of Object.entries(shapeColumns[shape])) {
    const at = places.get(name);
    if (at !== undefined) columns.set(field as Field, at);
  }
  return { shape, delimiter, headerless, header, columns };
}

const ourNames: Partial<Record<Field, string>> = { payeeId: 'payee_id' };

function ownName(shape: ShapeName, field: Field): string {
  if (shape === 'purser') return ourNames[field] ?? field;
  return shapeColumns[shape][field] ?? field;
}

/** The name of a field's column in this file. */
export function columnName(format: PayFileFormat, field: Field): string {
  const at = format.columns.get(field);
  return (at === undefined ? undefined : format.header[at]) ?? ownName(format.shape, field);
}

function refuseRepeated({ cells, line }: CsvRecord, names: readonly string[]): void {
  const repeated = names.findIndex((name, at) => name !== '' && names.indexOf(name) < at);
  if (repeated < 0) return;
  throw fileProblem('header_repeated_column', [clip(cells[repeated] ?? '')], line);
}

function refuseOtherWise(names: readonly string[], line: number): void {
  if (names.some((name) => wiseBankColumns.has(name))) {
    throw fileProblem('wise_bank', [], line);
  }
  if (!names.includes('recipientemail')) {
    throw fileProblem('wise_saved', [], line);
  }
}

function missingColumns(missing: readonly (readonly string[])[], line: number): FileProblem {
  return fileProblem('header_missing_columns', [{ all: missing }, payFileHeader], line);
}

function noHeader(line: number): FileProblem {
  return fileProblem('header_unknown', [payFileHeader], line);
}

/** Long texts of a file are cut when they are quoted in a message. */
export function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57).toWellFormed()}…` : text;
}
