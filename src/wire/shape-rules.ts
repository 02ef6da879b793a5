import type { CsvRecord } from './csv-records.ts';
import { clip, type PayFileFormat, type ShapeName } from './file-shapes.ts';
import type { RowReader } from './row-reader.ts';

/** Longest customer id in a PayPal mass-pay file; it has no spaces (PayPal, "Create a payouts file"). */
const customerIdCharsMax = 30;

/**
 * More cells than columns: most often an amount with a decimal comma, which shifts all that follows. An empty one counts,
 * too, as a shifted row may end with it; only a file without a header may have separators behind its last cell.
 */
export function checkWidth(read: RowReader, { cells }: CsvRecord, format: PayFileFormat): void {
  const { header, delimiter, headerless } = format;
  const surplus = cells.slice(header.length);
  if (headerless ? surplus.every((cell) => cell.trim() === '') : surplus.length === 0) return;
  read.reject(
    'amount',
    'too_many_cells',
    `The row has ${cells.length} cells, the file has ${header.length} columns.`,
    `Put a cell that contains "${delimiter === '\t' ? 'a tab' : delimiter}" in quotation marks, such as "12,50".`,
  );
}

/** What a shape means beyond its columns. */
export function checkShape(read: RowReader, shape: ShapeName): void {
  if (shape === 'paypal_mass_pay') checkMassPay(read);
  if (shape === 'wise_email') checkWise(read);
  if (shape === 'tipalti') checkTipalti(read);
}

function checkMassPay(read: RowReader): void {
  const wallet = read.text('wallet');
  if (wallet !== '' && wallet.toUpperCase() !== 'PAYPAL') {
    read.reject(
      'wallet',
      'venmo_not_paid',
      `The row asks for the wallet "${clip(wallet)}"; only PayPal wallets can be paid by file.`,
      "Write PAYPAL and the payee's PayPal address, or pay this row at PayPal.",
    );
  }
  const customerId = read.id('payeeId');
  if (/\s/.test(customerId) || customerId.length > customerIdCharsMax) {
    read.reject(
      'payeeId',
      'customer_id_invalid',
      `A customer id has no spaces and at most ${customerIdCharsMax} characters.`,
      'Shorten it or remove the spaces, the same way in every file.',
    );
  }
}

/** An amount in the sender's currency buys an unknown amount of the payee's: it cannot be promised from a file. */
function checkWise(read: RowReader): void {
  const [source, target] = [read.text('sourceCurrency').toUpperCase(), read.text('currency').toUpperCase()];
  if (read.text('amountCurrency').toLowerCase() !== 'source' || source === target) return;
  read.reject(
    'amountCurrency',
    'currency_conversion',
    `The amount is in ${clip(source) || 'the source currency'}, but the payee gets ${clip(target)}.`,
    'Write the amount that the payee gets, and "target" in this column.',
  );
}

function checkTipalti(read: RowReader): void {
  if (read.text('scheduledDate') === '') return;
  read.reject(
    'scheduledDate',
    'schedule_not_supported',
    'The row asks for a date; a pay file is paid when it is confirmed.',
    'Empty this cell to pay the row now, or pay it with a file of its own on that day.',
  );
}
