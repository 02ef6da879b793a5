import { exponentOf } from './currencies.ts';
import type { TeamLanguage } from './language.ts';

/** Why a decimal string is not an amount that can be paid. */
export type AmountProblem =
  | 'amount_missing'
  | 'amount_not_a_number'
  | 'amount_negative'
  | 'amount_zero'
  | 'amount_too_many_decimals'
  | 'amount_too_large'
  | 'currency_unknown';

/** Largest amount Purser accepts, in minor units: it stays exact as a JSON number (2^53 - 1). */
export const amountMaxMinor = 9_007_199_254_740_991n;
const amountDigitsMax = 16;

const decimalPattern = /^([+-]?)(\d{1,30})(?:\.(\d{1,30}))?$/;

/**
 * Reads an amount in major units ("12.50") into minor units. Only a point separates decimals, nothing separates
 * thousands: a comma is a problem, never a guess. Decimals beyond the currency's exponent are a problem even when zero
 * for zero-decimal currencies, as providers refuse them (PayPal: HUF, JPY, TWD).
 */
export function parseAmount(text: string, currency: string): bigint | AmountProblem {
  const exponent = exponentOf(currency);
  if (exponent === undefined) return 'currency_unknown';
  const trimmed = text.trim();
  if (trimmed === '') return 'amount_missing';
  const match = decimalPattern.exec(trimmed);
  if (!match) return 'amount_not_a_number';
  const [, sign, whole = '', fraction = ''] = match;
  if (fraction.length > exponent) return 'amount_too_many_decimals';
  const digits = (whole + fraction.padEnd(exponent, '0')).replace(/^0+/, '');
  if (digits.length > amountDigitsMax) return 'amount_too_large';
  const minor = BigInt(digits || '0');
  if (minor === 0n) return 'amount_zero';
  if (sign === '-') return 'amount_negative';
  return minor > amountMaxMinor ? 'amount_too_large' : minor;
}

/** Minor units as a plain decimal string in major units, with all decimals of the currency: 1250n USD is "12.50". */
export function formatAmount(amount: bigint, currency: string): string {
  const exponent = exponentOf(currency) ?? 2;
  const sign = amount < 0n ? '-' : '';
  const digits = (amount < 0n ? -amount : amount).toString().padStart(exponent + 1, '0');
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** What stands between thousands, before decimals, and before the currency. */
const marks = {
  en: [',', '.', ' '],
  fr: ['\u202F', ',', '\u00A0'],
} as const satisfies Record<TeamLanguage, readonly [string, string, string]>;

/** For people: "1,234.50 USD", "1 234,50 USD". */
export function formatMoney(amount: bigint, currency: string, language: TeamLanguage = 'en'): string {
  const [thousands, point, gap] = marks[language];
  const [whole = '', fraction] = formatAmount(amount, currency).split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, thousands);
  return `${grouped}${fraction === undefined ? '' : point + fraction}${gap}${currency}`;
}

/**
 * An amount as a JSON integer. Throws RangeError beyond 2^53 - 1, where a number would no longer be exact: sums that large
 * must be shown as text.
 */
export function jsonAmount(amount: bigint): number {
  if (amount > amountMaxMinor || amount < -amountMaxMinor)
    throw new RangeError('amount is not exact as a JSON number');
  // The one place where an amount becomes a number, after it was checked.
  return Number.parseInt(amount.toString(), 10);
}

/** Totals per currency; currencies never add up to one number. */
export type Totals = Record<string, bigint>;

/** Adds `amount` to the total of its currency, in place. */
export function addTo(totals: Totals, currency: string, amount: bigint): void {
  totals[currency] = (totals[currency] ?? 0n) + amount;
}
