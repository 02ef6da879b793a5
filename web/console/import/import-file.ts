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

/** The file with one cell corrected. Empty cells behind the last column go away: a shifted row ends with them. */
export function withCell(
  file: ImportFile,
  check: ImportCheck,
  cell: { row: number; column: number; text: string },
): Table {
  const lines = 'lines' in file ? file.lines : check.rows.map((row) => row.line);
  const rows = check.rows.map(({ cells }, at) => {
    if (at !== cell.row) return cells;
    const wide = Array.from({ length: Math.max(cells.length, cell.column + 1) }, (_, n) => cells[n] ?? '');
    return withoutSurplus(wide.with(cell.column, cell.text), check.header.length);
  });
  return { name: file.name, header: check.header, rows, lines };
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
