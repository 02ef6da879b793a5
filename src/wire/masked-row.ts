import { restore } from './csv.ts';
import type { Field, PayFileFormat } from './file-shapes.ts';
import { clip, isKnownName, plainName } from './file-shapes.ts';
import { cut, hidden, looksLikeId, shownCell } from './masked-cell.ts';
import type { Masked } from './masked-words.ts';
import { maskedMessage, maskedWords } from './masked-words.ts';
import { tableLimits } from './table-limits.ts';

// Rows of a file that are kept must not tell where money goes: whoever reads them has the file they came with.

/** Most characters kept of one cell, of the name of a column, and of the name of a file. */
const cellCharsMax = 200;
const headerCharsMax = 40;
const fileNameCharsMax = 80;
/** Most faults kept of one row. */
const issuesMax = 20;
/** Words that are shorter stand in every sentence. */
const quotedCharsMin = 4;
/** Digits of a file's name that are no telephone number. */
const fileDigitsMax = 6;
const plainHeader = /^[A-Za-z0-9 _.-]+$/;
const headerWords = /^\p{L}+(?:[ _-]\p{L}+){0,5}$/u;
const filePart = /^(?:\p{L}{1,20}|\d{1,4})$/u;

/** What is wrong with a row, in one language. */
interface Words {
  readonly error: string;
  readonly howToFix: string;
}

/** Masks what is kept of one file; the names of its columns are looked at once. */
export interface RowMask {
  readonly header: readonly string[];
  readonly columns: Readonly<Partial<Record<Field, number>>>;
  cells(cells: readonly string[]): string[];
  reference(text: string): string;
  column(name: string): string;
  /** The words of a fault of a row with these cells, in the column of that name. */
  words(cells: readonly string[], column: string): (words: Words) => readonly [string, string];
}

export function rowMask(format: Pick<PayFileFormat, 'header' | 'columns'>): RowMask {
  const header = format.header.slice(0, tableLimits.columns);
  const width = format.header.length;
  const fields = new Map([...format.columns].map(([field, at]) => [at, field]));
  const places = new Map(format.header.map((name, at) => [name, at]));
  const names = new Map<string, string>();
  const column = (name: string) => {
    const known = names.get(name);
    const shown = known ?? maskedHeader(name);
    if (known === undefined) names.set(name, shown);
    return shown;
  };
  const fieldAt = (cells: readonly string[], at: number) =>
    isShifted(cells, width) ? undefined : fields.get(at);
  const shown = (cells: readonly string[], at: number) =>
    cut(shownCell(plainCell(cells[at]), fieldAt(cells, at)), cellCharsMax);
  return {
    header: header.map((name) => column(name)),
    columns: Object.fromEntries([...format.columns].filter(([, at]) => at < header.length)),
    cells: (cells) => cells.slice(0, header.length).map((_, at) => shown(cells, at)),
    reference: (text) => cut(looksLikeId(text) ? text : hidden(text), cellCharsMax),
    column,
    words(cells, name) {
      const field = fieldAt(cells, places.get(name) ?? -1);
      const masked = [...fields.keys()].flatMap((at) => formsOf(plainCell(cells[at]), shown(cells, at)));
      return ({ error, howToFix }) => [
        maskedMessage(error, masked, (text) => shownCell(text, field)),
        maskedWords(howToFix),
      ];
    },
  };
}

/** A row that is wider than its file: nobody knows what any of its cells means. */
function isShifted(cells: readonly string[], width: number): boolean {
  return cells.length > width && cells.slice(width).some((cell) => cell.trim() !== '');
}

function plainCell(cell = ''): string {
  return restore(cell).trim();
}

/** A masked cell as faults quote it: clipped, and in capitals or small letters. */
function formsOf(raw: string, shown: string): Masked[] {
  if (raw.length < quotedCharsMin || raw === shown) return [];
  const quoted = clip(raw);
  const forms = new Set([quoted, quoted.toUpperCase(), quoted.toLowerCase()]);
  return [...forms].map((form) => ({ raw: form, shown }));
}

/** The name of a column: one of those a pay file has, or plain words. */
function maskedHeader(name: string): string {
  const text = name.trim();
  if (text === '') return '';
  if (text.length > headerCharsMax) return '***';
  if (plainHeader.test(text) && isKnownName(plainName(text))) return text;
  // Its columns are found again by what is read of their names.
  if (isKnownName(plainName(text))) return plainName(text);
  return headerWords.test(text) ? text.toWellFormed() : '***';
}

/** The name of a file: letters, short numbers and its ending; each other part of it is masked. */
export function maskedFileName(name: string): string {
  const text = cut(name, fileNameCharsMax);
  if (/[@＠]/.test(text)) return '***';
  const digits = text.replaceAll(/\P{Nd}/gu, '').length;
  return text
    .split(/([ _.()-]+)/)
    .map((part, at) => (at % 2 === 1 || part === '' || isPlainPart(part, digits) ? part : '***'))
    .join('');
}

function isPlainPart(part: string, digits: number): boolean {
  return filePart.test(part) && (digits <= fileDigitsMax || !/\d/.test(part));
}

/** As many of the faults of a row as are kept. */
export function keptIssues<T>(issues: readonly T[]): T[] {
  return issues.slice(0, issuesMax);
}
