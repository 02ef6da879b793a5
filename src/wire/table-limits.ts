import { detectDelimiter } from './file-shapes.ts';
import { lineBytesMax } from './file-issues.ts';

/** What is looked at in one call, rows, columns, cells and characters; a larger file is paid from the command line. */
export const tableLimits = {
  rows: 5_000,
  columns: 50,
  cells: 100_000,
  chars: 2 * 1024 * 1024,
  /** As long as a whole row of a file may be. */
  cellChars: lineBytesMax,
} as const;

/** A file as a text, or as a table of cells. */
type TableText =
  | { readonly csv: string }
  | { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** True when the file is small enough to be looked at. Its rows are counted by who reads them, as those give a line. */
export function tableFits(table: TableText): boolean {
  if ('csv' in table) return table.csv.length <= tableLimits.chars && csvFits(table.csv);
  const lines = [table.header, ...table.rows];
  const cells = lines.reduce((sum, line) => sum + line.length, 0);
  if (table.header.length > tableLimits.columns || cells > tableLimits.cells) return false;
  const chars = lines.reduce((sum, line) => sum + line.reduce((all, cell) => all + cell.length, 0), 0);
  return chars <= tableLimits.chars;
}

const [lineFeed, carriageReturn, space, quote] = [10, 13, 32, 34];

/** Counts separators outside quotation marks: much cheaper than reading the cells, and stops at what is too much. */
function csvFits(csv: string): boolean {
  const delimiter = detectDelimiter(firstLineOf(csv)).charCodeAt(0);
  let [cells, ofRow, isHeader, hasText, quoted] = [0, 1, true, false, false];
  for (let at = 0; at < csv.length; at += 1) {
    const char = csv.charCodeAt(at);
    if (char === quote) quoted = !quoted;
    if (!quoted && char === delimiter) ofRow += 1;
    else if (!quoted && (char === lineFeed || char === carriageReturn)) {
      if (hasText || ofRow > 1) cells += ofRow;
      isHeader &&= !hasText;
      [ofRow, hasText] = [1, false];
    } else if (char !== space) hasText = true;
    if (isHeader && ofRow > tableLimits.columns) return false;
    if (Math.max(cells, ofRow) > tableLimits.cells) return false;
  }
  return cells + (hasText ? ofRow : 0) <= tableLimits.cells;
}

function firstLineOf(csv: string): string {
  return /^[^\n\r]*/.exec(csv.trimStart().slice(0, lineBytesMax))?.[0] ?? '';
}
