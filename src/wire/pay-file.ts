import type { FileHandle } from 'node:fs/promises';
import type { Hash } from 'node:crypto';
import { type CsvRecord, csvRecords, readHead } from './csv-records.ts';
import {
  batchRowsMax,
  type FileIssue,
  FileProblem,
  fileProblem,
  type RowIssue,
  rowsMax,
} from './file-issues.ts';
import { columnName, detectDelimiter, formatOf, type PayFileFormat } from './file-shapes.ts';
import { fileBytes, openFile } from './file-source.ts';
import { contentHash, measured, plainText, type TextFacts } from './file-text.ts';
import { KeyTable } from './key-table.ts';
import { rowFaults } from './row-faults.ts';
import { sentencesOf } from './fault-table.ts';
import type { TeamLanguage } from '../core/language.ts';
import { Tally, type TallySummary } from './pay-tally.ts';
import { checkRow, type Neighbours, type PayRow } from './pay-row.ts';

/** A row that cannot be paid, with its cells as they are in the file. `reference` as far as it is known. */
export interface BadRow {
  readonly line: number;
  readonly reference: string;
  readonly cells: readonly string[];
  readonly issues: readonly RowIssue[];
}

/** Some rows of a file in their order, at most `batchRowsMax` good and bad ones together. */
interface PayBatch {
  readonly rows: readonly PayRow[];
  readonly bad: readonly BadRow[];
}

/** What is known of a file that was read to its end. `checksum` is the SHA-256 of its bytes in hexadecimal. */
export interface PayFileSummary extends TallySummary {
  readonly format: PayFileFormat;
  readonly checksum: string;
  readonly bytes: number;
  readonly encoding: TextFacts['encoding'];
  /** Rows with content; `badRows` of them cannot be paid. */
  readonly rowCount: number;
  readonly badRows: number;
}

export type PayFileResult =
  | { readonly ok: true; readonly summary: PayFileSummary }
  | { readonly ok: false; readonly issue: FileIssue };

export interface PayFileOptions {
  /** Called with each batch, one at a time; reading waits for it. What it throws ends the reading and is thrown. */
  readonly onBatch?: (batch: PayBatch, format: PayFileFormat, facts: TextFacts) => Promise<void> | void;
  /** A further rule for a good row, such as the provider's own; null when it holds. */
  readonly check?: (row: PayRow) => { readonly message: string; readonly howToFix: string } | null;
  /** A lower limit than `rowsMax`, of a table in a page. */
  readonly rowsMax?: number;
  /** In which what is wrong is said; English otherwise. */
  readonly language?: TeamLanguage;
  /** Stands before references made from rows; a caller that pays several files gives each its own. */
  readonly derivedPrefix?: string;
}

/** A pay file by its path, or its bytes. */
export type PayFileSource = string | AsyncIterable<Uint8Array>;

/**
 * Reads a pay file of any size, holding one batch of it. Whatever the file contains, it does not throw: a file that
 * cannot be used is `ok: false`, a row that cannot be paid is in `bad`.
 *
 * An issue of the whole file may be found after batches were handed over. So read the file once to its end before
 * anything is done with its rows, read it again to use them, and compare the checksums.
 */
export async function readPayFile(
  source: PayFileSource,
  options: PayFileOptions = {},
): Promise<PayFileResult> {
  let handle: FileHandle | null = null;
  try {
    if (typeof source !== 'string') return { ok: true, summary: await readBytes(source, options) };
    handle = await openFile(source);
    return { ok: true, summary: await readBytes(fileBytes(handle), options) };
  } catch (error) {
    if (error instanceof FileProblem) return { ok: false, issue: error.issueIn(options.language ?? 'en') };
    throw error;
  } finally {
    await handle?.close();
  }
}

async function readBytes(
  source: AsyncIterable<Uint8Array>,
  options: PayFileOptions,
): Promise<PayFileSummary> {
  const hash = contentHash();
  const facts: TextFacts = { bytes: 0, encoding: 'utf-8', mark: false };
  const headed = await readHead(plainText(measured(source, facts, hash), facts));
  if (headed === null) throw fileProblem('file_empty');
  const delimiter = detectDelimiter(headed.firstLine);
  let reading: Reading | null = null;
  for await (const record of csvRecords(headed.text, delimiter)) {
    if (isBlank(record)) continue;
    if (reading !== null) {
      await reading.add(record);
    } else {
      reading = new Reading(formatOf(record, delimiter), facts, options);
      if (reading.format.headerless) await reading.add(record);
    }
  }
  if (reading === null) throw fileProblem('file_empty');
  return reading.finish(hash);
}

function isBlank({ cells }: CsvRecord): boolean {
  return cells.every((cell) => cell.trim() === '');
}

/** The state of one reading: the batch being filled, what was seen, what adds up. */
class Reading {
  readonly format: PayFileFormat;
  readonly #facts: TextFacts;
  readonly #options: PayFileOptions;
  readonly #neighbours: SeenRows;
  readonly #tally = new Tally();
  #rows: PayRow[] = [];
  #bad: BadRow[] = [];
  #rowCount = 0;
  #badRows = 0;

  constructor(format: PayFileFormat, facts: TextFacts, options: PayFileOptions) {
    this.format = format;
    this.#facts = facts;
    this.#options = options;
    this.#neighbours = new SeenRows(options.derivedPrefix ?? '');
  }

  async add(record: CsvRecord): Promise<void> {
    const limit = Math.min(this.#options.rowsMax ?? rowsMax, rowsMax);
    if (++this.#rowCount > limit) throw fileProblem('file_too_many_rows', [limit], record.line);
    const { row, reference, issues } = checkRow(
      record,
      this.format,
      this.#neighbours,
      this.#options.language ?? 'en',
    );
    const refused = row ? [...this.#twoAddresses(row), ...this.#furtherCheck(row)] : issues;
    if (row && refused.length === 0) this.#accept(row);
    else this.#refuse({ line: record.line, reference, cells: record.cells, issues: refused });
    if (this.#rows.length + this.#bad.length >= batchRowsMax) await this.#handOver();
  }

  async finish(hash: Hash): Promise<PayFileSummary> {
    if (this.#rowCount === 0) throw fileProblem('file_no_rows');
    await this.#handOver();
    return {
      ...this.#tally.summary(),
      format: this.format,
      checksum: hash.digest('hex'),
      bytes: this.#facts.bytes,
      encoding: this.#facts.encoding,
      rowCount: this.#rowCount,
      badRows: this.#badRows,
    };
  }

  #accept(row: PayRow): void {
    this.#rows.push(row);
    this.#tally.add(row);
  }

  #refuse(bad: BadRow): void {
    this.#bad.push(bad);
    this.#badRows++;
  }

  #furtherCheck(row: PayRow): RowIssue[] {
    const found = this.#options.check?.(row) ?? null;
    if (found === null) return [];
    const column = columnName(this.format, 'reference');
    const { message, howToFix } = found;
    return [{ line: row.line, column, code: 'check_failed', message, howToFix }];
  }

  /** A payee has one address at a time: with two in a file, somebody would be paid where nobody meant to. */
  #twoAddresses(row: PayRow): RowIssue[] {
    const earlier = this.#neighbours.otherAddress(row);
    if (earlier === 0) return [];
    const column = columnName(this.format, this.format.columns.has('destination') ? 'destination' : 'email');
    const words = sentencesOf(rowFaults.payee_two_addresses, [earlier], this.#options.language ?? 'en');
    return [{ line: row.line, column, code: 'payee_two_addresses', ...words }];
  }

  async #handOver(): Promise<void> {
    const batch: PayBatch = { rows: this.#rows, bad: this.#bad };
    this.#rows = [];
    this.#bad = [];
    if (batch.rows.length + batch.bad.length > 0)
      await this.#options.onBatch?.(batch, this.format, this.#facts);
  }
}

/** What the rows of a file have in common, in bounded memory (`KeyTable` says how much). */
class SeenRows implements Neighbours {
  readonly #references = new KeyTable();
  readonly #occurrences = new KeyTable();
  readonly #payees = new KeyTable();
  readonly #addresses = new KeyTable();
  readonly derivedPrefix: string;

  constructor(derivedPrefix: string) {
    this.derivedPrefix = derivedPrefix;
  }

  occurrence(base: string): number {
    return this.#occurrences.count(base);
  }

  earlierReference(reference: string, line: number): number {
    return this.#references.keepFirst(reference, line);
  }

  /** The line where this payee was first seen, when the address of this row is new for them; else 0. */
  otherAddress({ line, payeeExternalId, destination }: PayRow): number {
    if (destination === null) return 0;
    const known = this.#payees.keepFirst(payeeExternalId, line);
    const address = destination.value.toLowerCase();
    const seen = this.#addresses.keepFirst(`${payeeExternalId}\n${address}`, line);
    return seen === known ? 0 : known;
  }
}
