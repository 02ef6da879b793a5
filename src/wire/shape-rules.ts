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
  const fault = delimiter === '\t' ? 'too_many_cells_tab' : 'too_many_cells';
  read.reject('amount', fault, cells.length, header.length, delimiter);
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
    read.reject('wallet', 'venmo_not_paid', clip(wallet));
  }
  const customerId = read.id('payeeId');
  if (/\s/.test(customerId) || customerId.length > customerIdCharsMax) {
    read.reject('payeeId', 'customer_id_invalid', customerIdCharsMax);
  }
}

/** An amount in the sender's currency buys an unknown amount of the payee's: it cannot be promised from a file. */
function checkWise(read: RowReader): void {
  const [source, target] = [read.text('sourceCurrency').toUpperCase(), read.text('currency').toUpperCase()];
  if (read.text('amountCurrency').toLowerCase() !== 'source' || source === target) return;
  if (source === '') read.reject('amountCurrency', 'currency_conversion_unnamed', clip(target));
  else read.reject('amountCurrency', 'currency_conversion', clip(source), clip(target));
}

function checkTipalti(read: RowReader): void {
  if (read.text('scheduledDate') === '') return;
  read.reject('scheduledDate', 'schedule_not_supported');
}
