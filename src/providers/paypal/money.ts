import { exponentOf } from '../../core/currencies.ts';
import { formatAmount } from '../../core/money.ts';

/** Currencies PayPal pays out. BRL and MYR within their country only, which PayPal decides per item. */
const currencies = new Set(
  'AUD BRL CAD CHF CZK DKK EUR GBP HKD HUF ILS JPY MXN MYR NOK NZD PHP PLN SEK SGD THB TWD USD'.split(' '),
);

/** Currencies that PayPal takes in whole units only, whatever ISO 4217 says (HUF and TWD have two decimals there). */
const wholeUnitCurrencies = new Set(['HUF', 'JPY', 'TWD']);

/** The least amount PayPal pays of each currency, in minor units. */
export const payableSteps: Readonly<Record<string, bigint>> = Object.fromEntries(
  [...currencies].map((currency) => [
    currency,
    wholeUnitCurrencies.has(currency) ? minorPerUnit(currency) : 1n,
  ]),
);

export function paysOut(currency: string): boolean {
  return currencies.has(currency);
}

/** Minor units per whole unit (USD 100, JPY 1). The currency is one PayPal pays out. */
function minorPerUnit(currency: string): bigint {
  return 10n ** BigInt(exponentOf(currency) ?? 2);
}

/** False for an amount with decimals in a currency that PayPal takes in whole units only. */
export function hasPayableDecimals(amount: bigint, currency: string): boolean {
  return !wholeUnitCurrencies.has(currency) || amount % minorPerUnit(currency) === 0n;
}

/** PayPal's `value` of an amount in minor units: "12.50", and "1200" where it takes no decimals. */
export function formatValue(amount: bigint, currency: string): string {
  if (!wholeUnitCurrencies.has(currency)) return formatAmount(amount, currency);
  if (!hasPayableDecimals(amount, currency)) {
    throw new RangeError(`PayPal takes ${currency} in whole units only`);
  }
  return (amount / minorPerUnit(currency)).toString();
}

/** The same of a balance, which may be below zero. */
export function readSignedValue(value: unknown, currency: string): bigint | null {
  const text = typeof value === 'string' ? value.trim() : '';
  const size = readValue(text.replace(/^-/, ''), currency);
  return size !== null && text.startsWith('-') ? -size : size;
}

const valuePattern = /^(\d{1,18})(?:\.(\d{1,18}))?$/;

/**
 * Minor units of a `value` by PayPal, exactly: "0.9", "1.0" and "12" are read, "0.905" USD is not. Null when unreadable;
 * a JSON number is unreadable too, as it has been a float.
 */
export function readValue(value: unknown, currency: string): bigint | null {
  const exponent = exponentOf(currency);
  const match = typeof value === 'string' ? valuePattern.exec(value.trim()) : null;
  if (match === null || exponent === undefined) return null;
  const [, whole = '', fraction = ''] = match;
  if (/[1-9]/.test(fraction.slice(exponent))) return null;
  return BigInt(whole + fraction.slice(0, exponent).padEnd(exponent, '0'));
}
