import { mask } from '../core/mask.ts';
import type { Field, PayFileFormat } from './file-shapes.ts';

// Rows of a file that are kept must not tell where money goes: whoever reads them has the file they came with.

/** Most characters kept of one cell. */
const cellCharsMax = 200;
const addressFields: ReadonlySet<Field> = new Set(['email', 'destination']);
const mailAddress = /[^\s"'<>(),;:|«»]+@[^\s"'<>(),;:|«»]+/g;
const account = /\bacct_\w+/g;

/** The text with every mail address and connected account in it masked, and without what a database refuses. */
export function maskedText(text: string): string {
  return text
    .replaceAll('\0', '')
    .toWellFormed()
    .replaceAll(mailAddress, (address) => mask(address))
    .replaceAll(account, (id) => mask(id));
}

/**
 * The cells of a row, each as far as it says nothing secret: addresses are masked, and so is whatever nobody knows the meaning
 * of, which is every cell of a row that is wider than its file.
 */
export function maskedCells(
  cells: readonly string[],
  { header, columns }: Pick<PayFileFormat, 'header' | 'columns'>,
): string[] {
  const fields = new Map([...columns].map(([field, at]) => [at, field]));
  const isShifted = cells.slice(header.length).some((cell) => cell.trim() !== '');
  return cells.slice(0, header.length).map((cell, at) => {
    const field = fields.get(at);
    const isOpen = field !== undefined && !addressFields.has(field) && !isShifted;
    const text = cell.trim();
    return (isOpen ? maskedText(cell) : text === '' ? '' : maskedText(mask(text))).slice(0, cellCharsMax);
  });
}
