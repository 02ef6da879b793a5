/** Currencies of PayPal payouts; https://developer.paypal.com/docs/archive/mass-pay/integration-guide/currency-codes */
const currencies = new Set(
  'AUD BRL CAD CZK DKK EUR HKD HUF ILS JPY MYR MXN NOK NZD PHP PLN GBP SGD SEK CHF TWD THB USD'.split(' '),
);

/** PayPal refuses decimals for these, also for HUF and TWD, which ISO 4217 gives two (same page). */
const withoutDecimals = new Set(['HUF', 'JPY', 'TWD']);

const amountPattern = /^(\d{1,12})(?:\.(\d{1,2}))?$/;

export function isCurrency(code: string): boolean {
  return currencies.has(code);
}

/** Minor units of a decimal text, or null when it is not a positive amount of this currency. */
export function parseValue(text: string, currency: string): bigint | null {
  const match = amountPattern.exec(text);
  if (match === null) return null;
  const decimals = match[2] ?? '';
  if (withoutDecimals.has(currency) && decimals !== '') return null;
  const digits = withoutDecimals.has(currency) ? match[1] : `${match[1]}${decimals.padEnd(2, '0')}`;
  const minor = BigInt(digits ?? '0');
  return minor > 0n ? minor : null;
}

/** The amount as PayPal writes it: `"12.30"`, `"1230"` for JPY. */
export function formatValue(minor: bigint, currency: string): string {
  if (withoutDecimals.has(currency)) return minor.toString();
  if (minor < 0n) return `-${formatValue(-minor, currency)}`;
  const digits = minor.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

const feePercent = 2n;
const feeCapMinor = 100n;

/** Two percent, half up, capped at one unit of a two-decimal currency. */
export function feeOf(minor: bigint): bigint {
  const fee = (minor * feePercent + 50n) / 100n;
  return fee < feeCapMinor ? fee : feeCapMinor;
}
