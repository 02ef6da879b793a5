import { formatAmount } from './money.ts';
import { numbersOf } from './when.ts';

/**
 * An amount for people, by their language: "1,234.50 USD", "1 234,50 USD". All decimals of the currency, never rounded; the
 * currency is never parted from it at the end of a line. Minor units.
 */
export function moneyIn(language: string, amount: bigint, currency: string): string {
  const [whole = '', fraction] = formatAmount(amount, currency).split('.');
  const numbers = new Intl.NumberFormat(numbersOf(language), { useGrouping: 'always' });
  const point = numbers.formatToParts(1.5).find(({ type }) => type === 'decimal')?.value ?? '.';
  const sign = whole.startsWith('-') ? '\u2212' : '';
  const grouped = numbers.format(BigInt(whole.replace('-', '')));
  return `${sign}${grouped}${fraction === undefined ? '' : point + fraction}\u00A0${currency}`;
}
