import { exponentOf } from '../../core/currencies.ts';

/**
 * Currencies Stripe takes. Source: docs.stripe.com/currencies. UGX is left out on purpose: the page lists it among the
 * currencies without decimals and, further down, among those that are sent with two; a mistake would be a hundredfold.
 */
const currencies = new Set(
  (
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BWP BYN BZD CAD CDF CHF CLP ' +
    'CNY COP CRC CVE CZK DJF DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR ' +
    'ISK JMD JOD JPY KES KGS KHR KMF KRW KWD KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MUR MVR MWK MXN ' +
    'MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SEK SGD SHP SLE ' +
    'SOS SRD SZL THB TJS TND TOP TRY TTD TWD TZS UAH USD UYU UZS VND VUV WST XAF XCD XOF XPF YER ZAR ZMW'
  ).split(' '),
);

/** Decimals Stripe counts in where they are not those of ISO 4217: MGA has none there, ISK is sent with two, always 00. */
const ownDecimals: Record<string, number> = { MGA: 0, ISK: 2 };

export function takesCurrency(currency: string): boolean {
  return currencies.has(currency) && exponentOf(currency) !== undefined;
}

/** Our exponent and Stripe's. The currency is one Stripe takes. */
function decimalsOf(currency: string): { ours: number; theirs: number } {
  const ours = exponentOf(currency) ?? 2;
  return { ours, theirs: Object.hasOwn(ownDecimals, currency) ? (ownDecimals[currency] ?? ours) : ours };
}

/** The least step of an amount, in our minor units: 10 for three decimals (the last is always 0), 100 for MGA. */
function stepOf(currency: string): bigint {
  const { ours, theirs } = decimalsOf(currency);
  if (theirs < ours) return 10n ** BigInt(ours - theirs);
  return ours === 3 ? 10n : 1n;
}

/** The least amount Stripe pays and counts in, of each currency, in our minor units. */
export const payableSteps: Readonly<Record<string, bigint>> = Object.fromEntries(
  [...currencies].filter(takesCurrency).map((currency) => [currency, stepOf(currency)]),
);

/** False for an amount finer than Stripe takes in this currency. */
export function hasPayableDecimals(amount: bigint, currency: string): boolean {
  return amount % stepOf(currency) === 0n;
}

/** Stripe's `amount` of minor units of ours. Throws RangeError for one that Stripe cannot take. */
export function toStripeUnits(amount: bigint, currency: string): bigint {
  if (!takesCurrency(currency) || !hasPayableDecimals(amount, currency)) {
    throw new RangeError(`Stripe does not take this amount of ${currency}`);
  }
  const { ours, theirs } = decimalsOf(currency);
  return theirs < ours ? amount / 10n ** BigInt(ours - theirs) : amount * 10n ** BigInt(theirs - ours);
}

/** Minor units of ours of an amount by Stripe, in capitals' currency; null when it cannot be said exactly. */
export function fromStripeUnits(units: bigint, currency: string): bigint | null {
  if (exponentOf(currency) === undefined) return null;
  const { ours, theirs } = decimalsOf(currency);
  if (theirs <= ours) return units * 10n ** BigInt(ours - theirs);
  const step = 10n ** BigInt(theirs - ours);
  return units % step === 0n ? units / step : null;
}
