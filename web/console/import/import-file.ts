import type { ImportCheck } from '../../client/types.ts';

/** What somebody dropped or pasted, as it is. */
interface WholeFile {
  readonly name: string;
  readonly csv: string;
}

/** The same as a table of cells, once somebody has corrected one. */
interface Table {
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Where each row stands in the file. */
  readonly lines: readonly number[];
}

export type ImportFile = WholeFile | Table;

/**
 * The file with one cell corrected. It begins from the cells as they are here, not as they were judged last: somebody may be
 * faster than the judgement. Empty cells behind the last column go away, as a shifted row ends with them.
 */
export function withCell(
  file: ImportFile,
  check: ImportCheck,
  cell: { row: number; column: number; text: string },
): Table {
  const isTable = 'rows' in file;
  const before = isTable ? file.rows : check.rows.map(({ cells }) => cells);
  const lines = isTable ? file.lines : check.rows.map((row) => row.line);
  const rows = before.map((cells, at) =>
    at === cell.row ? changed(cells, cell, check.header.length) : cells,
  );
  return { name: file.name, header: check.header, rows, lines };
}

/** A row never becomes empty: empty rows are not judged, and all that follow would move up. */
function changed(
  cells: readonly string[],
  { column, text }: { column: number; text: string },
  columns: number,
) {
  const wide = Array.from({ length: Math.max(cells.length, column + 1) }, (_, n) => cells[n] ?? '');
  const next = withoutSurplus(wide.with(column, text), columns);
  return next.every((cell) => cell.trim() === '') ? cells : next;
}

function withoutSurplus(cells: readonly string[], columns: number): string[] {
  const last = cells.findLastIndex((cell) => cell.trim() !== '');
  return cells.slice(0, Math.max(columns, last + 1));
}

/** The line of a row in the file as it was. */
export function lineOf(file: ImportFile, check: ImportCheck, row: number): number {
  return ('lines' in file ? file.lines[row] : check.rows[row]?.line) ?? row + 1;
}

/** The text of a file saved as UTF-8, or as UTF-16 with a mark; throws when it is neither. */
export async function textOf(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
