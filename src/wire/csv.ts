/** Column separators that are recognised when reading. */
export const delimiters = [',', ';', '\t'] as const;
export type Delimiter = (typeof delimiters)[number];

/**
 * A spreadsheet runs a cell that starts with one of these as a formula (OWASP, "CSV injection"); some take the full-width
 * forms of = + - @ for them, too. Such a cell is written with an apostrophe in front. Cells that already have apostrophes there get one more: taking one away always
 * gives back the original.
 */
const formulaStart = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;
const needsApostrophe = /^'*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;
const hasApostrophe = /^'+[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/** True for a cell that a spreadsheet would run as a formula. */
export function isFormulaCell(text: string): boolean {
  return formulaStart.test(text);
}

/** The cell as it is safe to open in a spreadsheet. */
export function neutralise(cell: string): string {
  return needsApostrophe.test(cell) ? `'${cell}` : cell;
}

/** The cell as it was before `neutralise`. */
export function restore(cell: string): string {
  return hasApostrophe.test(cell) ? cell.slice(1) : cell;
}

/** Edge blanks are quoted so that no reader trims them; a leading U+FEFF so that it is not taken for a byte order mark. */
const needsQuotes = /^[\s\uFEFF]|[",;\t\n]|\s$/;

/**
 * One line of CSV with its line end (`\n`), cells quoted where needed (RFC 4180) and neutralised. Line breaks inside
 * cells become `\n`. Values are texts: amounts go through `formatAmount`, times through `toISOString` first.
 */
export function csvLine(cells: readonly string[], delimiter: Delimiter = ','): string {
  if (cells.length === 1 && cells[0] === '') return '""\n';
  return `${cells.map((cell) => csvCell(cell)).join(delimiter)}\n`;
}

function csvCell(cell: string): string {
  const safe = neutralise(cell.replaceAll(/\r\n?/g, '\n'));
  return needsQuotes.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
