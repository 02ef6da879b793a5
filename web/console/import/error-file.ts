import { csvLine } from '../../../src/wire/csv.ts';
import type { ImportCheck } from '../../client/types.ts';

/** Columns behind the file's own. */
const added = ['error', 'how_to_fix'];

/** The bad rows in the columns of their file, each with what is wrong and what would mend it. Corrected, it is a file to import. */
export function errorFileOf({ header, rows }: ImportCheck): string {
  const bad = rows.filter(({ errors }) => errors.length > 0);
  const lines = bad.map(({ cells, errors }) => [
    ...header.map((_, at) => cells[at] ?? ''),
    errors.map(({ column, error }) => `${column}: ${error}`).join(' '),
    errors.map(({ howToFix }) => howToFix).join(' '),
  ]);
  return [[...header, ...added], ...lines].map((cells) => csvLine(cells)).join('');
}

/** Gives a text to the person as a file. */
export function saveFile(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
