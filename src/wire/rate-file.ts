import { delimiters, restore } from './csv.ts';
import type { CsvRecord } from './csv-records.ts';
import { csvRecords, readHead } from './csv-records.ts';
import type { FileIssue } from './file-issues.ts';
import { FileProblem, fileProblem } from './file-issues.ts';
import { fileBytes, openFile } from './file-source.ts';
import type { TextFacts } from './file-text.ts';
import { contentHash, measured, plainText } from './file-text.ts';
import { rateItem } from './fx-rates.ts';
import { parsing } from './parsing.ts';
import { faultsOf } from './problem.ts';

/** Rates one file may bring. */
const ratesPerFileMax = 100_000;

const columns = ['from', 'to', 'rate', 'at', 'source'] as const;
type Column = (typeof columns)[number];

/** A rate as the API takes it, and the line it is in. */
export interface RateLine {
  readonly line: number;
  readonly item: Readonly<Record<Column, string>>;
}

interface ReadRates {
  readonly ok: true;
  readonly good: RateLine[];
  /** Lines that are no rates, and why. */
  readonly bad: { readonly line: number; readonly message: string }[];
}

/** Reads a file with the columns `from,to,rate,at,source` in any order. A date alone is midnight UTC. */
export async function readRateFile(path: string): Promise<ReadRates | { ok: false; issue: FileIssue }> {
  try {
    await using handle = await openFile(path);
    return await readRows(fileBytes(handle));
  } catch (error) {
    if (error instanceof FileProblem) return { ok: false, issue: error.issueIn('en') };
    throw error;
  }
}

async function readRows(bytes: AsyncIterable<Uint8Array>): Promise<ReadRates> {
  const facts: TextFacts = { bytes: 0, encoding: 'utf-8', mark: false };
  const headed = await readHead(plainText(measured(bytes, facts, contentHash()), facts));
  if (headed === null) throw fileProblem('rates_empty');
  const read: ReadRates = { ok: true, good: [], bad: [] };
  let places: Map<Column, number> | null = null;
  const counted = delimiters.map((one) => [headed.firstLine.split(one).length, one] as const);
  const [, delimiter] = counted.reduce((best, next) => (next[0] > best[0] ? next : best));
  for await (const record of csvRecords(headed.text, delimiter)) {
    if (record.cells.every((cell) => cell.trim() === '')) continue;
    if (places === null) places = placesIn(record);
    else if (read.good.length + read.bad.length < ratesPerFileMax) take(read, record, places);
    else throw fileProblem('too_many_rates', [ratesPerFileMax]);
  }
  return read;
}

function placesIn({ cells }: CsvRecord): Map<Column, number> {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const missing = columns.filter((column) => !names.includes(column));
  if (missing.length > 0) {
    throw fileProblem('rates_missing_columns', [missing.join(', '), columns.join(',')]);
  }
  return new Map(columns.map((column) => [column, names.indexOf(column)]));
}

function take(read: ReadRates, { line, cells }: CsvRecord, places: ReadonlyMap<Column, number>): void {
  const cell = (column: Column) => restore(cells[places.get(column) ?? -1] ?? '').trim();
  const at = cell('at');
  const item = {
    from: cell('from'),
    to: cell('to'),
    rate: cell('rate'),
    at: /^\d{4}-\d{2}-\d{2}$/.test(at) ? `${at}T00:00:00Z` : at,
    source: cell('source'),
  };
  const { error } = rateItem.safeParse(item, parsing);
  if (!error) read.good.push({ line, item });
  else {
    const faults = faultsOf(error.issues).map(({ path, message }) => `${path} ${message}`);
    read.bad.push({ line, message: faults.join('; ') });
  }
}
