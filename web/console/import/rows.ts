import type { ImportCheck, ImportRow } from '../../client/types.ts';
import type { ImportFile } from './import-file.ts';

export interface RowsProps {
  readonly file: ImportFile;
  readonly check: ImportCheck;
  readonly onCell: (cell: { row: number; column: number; text: string }) => void;
}

/** A row with its place in the file. */
export interface Placed extends ImportRow {
  readonly at: number;
}

/** Where the rows stand that cannot be paid as they are. */
export function badRowsOf({ rows }: ImportCheck): number[] {
  return rows.flatMap((row, at) => (row.errors.length > 0 ? [at] : []));
}

/** The names of the columns; those of a row that is longer than the header have none. */
export function namesOf({ header }: ImportCheck, ...rows: readonly Pick<ImportRow, 'cells'>[]): string[] {
  const widest = Math.max(header.length, ...rows.map(({ cells }) => cells.length));
  return Array.from({ length: widest }, (_, at) => header[at] ?? '');
}
