import { csvLine, restore } from './csv.ts';
import { plainName, type PayFileFormat, type ShapeName } from './file-shapes.ts';

/** Columns behind the file's own; those of an earlier error file are replaced. */
const addedColumns = ['line', 'error', 'how_to_fix'];

/** What an error file takes over from its file. */
export type ErrorFormat = Pick<PayFileFormat, 'shape' | 'delimiter' | 'header' | 'columns'>;

/** A row that cannot be paid, with its cells as they are in the file. */
export interface ErrorRow {
  readonly line: number;
  readonly reference: string;
  readonly cells: readonly string[];
  readonly issues: readonly {
    readonly column: string;
    readonly message: string;
    readonly howToFix: string;
  }[];
}

/** The header of an error file: that of its file, a column for references that were made, what is wrong. */
export function errorHeader(format: ErrorFormat): string {
  const own = keptColumns(format).map((at) => format.header[at] ?? '');
  return csvLine([...own, ...madeColumn(format), ...addedColumns], format.delimiter);
}

/** One bad row under that header. Corrected, it is the row of the file and no other: its reference stays with it. */
export function errorLine({ line, reference, cells, issues }: ErrorRow, format: ErrorFormat): string {
  const at = format.columns.get('reference');
  const own = keptColumns(format).map((place) => {
    const cell = cells[place] ?? '';
    return place === at && cell.trim() === '' ? reference : restore(cell);
  });
  const made = madeColumn(format).map(() => reference);
  const surplus = cells.slice(format.header.length).filter((cell) => cell.trim() !== '');
  const errors = issues.map(({ column, message }) => `${column}: ${message}`);
  if (surplus.length > 0) errors.push(`Cells beyond the last column: ${surplus.join(' | ')}`);
  const fixes = [...new Set(issues.map(({ howToFix }) => howToFix))];
  return csvLine([...own, ...made, String(line), errors.join(' '), fixes.join(' ')], format.delimiter);
}

/** A derived reference depends on the rows above; written out, it stays with its row. */
function madeColumn({ shape, columns }: ErrorFormat): string[] {
  const name = columns.has('reference') ? undefined : referenceColumn[shape];
  return name === undefined ? [] : [name];
}

const referenceColumn: Partial<Record<ShapeName, string>> = {
  paypal_mass_pay: 'reference',
  wise_email: 'referenceNumber',
};

function keptColumns({ header }: ErrorFormat): number[] {
  return [...header.keys()].filter((at) => !addedColumns.includes(plainAdded(header[at] ?? '')));
}

function plainAdded(name: string): string {
  return plainName(name) === 'howtofix' ? 'how_to_fix' : plainName(name);
}
