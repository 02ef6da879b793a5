import { exponentOf } from './currencies.ts';
import { amountMaxMinor } from './money.ts';

/** An exact decimal: mantissa / 10^scale of the quote currency for one of the base currency. */
export interface Rate {
  readonly mantissa: bigint;
  readonly scale: number;
}

/** Digits of a rate, and of them behind the point. */
const rateDigitsMax = 18;

/** Half to even: over many payouts, neither the payee nor the platform gains by it. */
export const rounding = 'half_even' as const;

/** Spreads are parts of so many. */
const bpsWhole = 10_000n;

/** Reads "132.5" exactly, without zeros at its end; null for what is no rate above zero of at most 18 digits. */
export function parseRate(text: string): Rate | null {
  const match = /^(\d{1,30})(?:\.(\d{1,30}))?$/.exec(text.trim());
  if (!match) return null;
  const [, whole = '', fraction = ''] = match;
  const decimals = fraction.replace(/0+$/, '');
  const digits = (whole + decimals).replace(/^0+/, '');
  if (digits === '' || digits.length > rateDigitsMax || decimals.length > rateDigitsMax) return null;
  return { mantissa: BigInt(digits), scale: decimals.length };
}

/** The rate as a decimal: `{mantissa: 757n, scale: 5}` is "0.00757". */
export function formatRate({ mantissa, scale }: Rate): string {
  const digits = mantissa.toString().padStart(scale + 1, '0');
  return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** What an amount becomes. Minor units of the target currency. */
export interface Converted {
  /** What is paid. */
  readonly amount: bigint;
  /** What the platform keeps: the amount without a spread, less what is paid. */
  readonly spreadAmount: bigint;
}

/**
 * Converts minor units of `from` into minor units of `to` by whole numbers only. Both what is paid and what it would be
 * without the spread are rounded half to even to a multiple of `step`, the least that can be paid (1, or 100 where a
 * provider takes whole units of a currency with two decimals). Null when the result is below one step or is no exact JSON
 * number any more. Throws for an unknown currency.
 */
export function convert(
  amount: bigint,
  pair: { readonly from: string; readonly to: string },
  rate: Rate,
  { spreadBps = 0, step = 1n }: { readonly spreadBps?: number; readonly step?: bigint } = {},
): Converted | null {
  const above = amount * rate.mantissa * 10n ** BigInt(decimalsOf(pair.to));
  const below = 10n ** BigInt(decimalsOf(pair.from) + rate.scale) * step;
  const whole = halfEven(above, below) * step;
  const paid = halfEven(above * (bpsWhole - BigInt(spreadBps)), below * bpsWhole) * step;
  return paid <= 0n || whole > amountMaxMinor ? null : { amount: paid, spreadAmount: whole - paid };
}

/** Decimals of a currency that was checked before. */
export function decimalsOf(currency: string): number {
  const exponent = exponentOf(currency);
  if (exponent === undefined) throw new Error(`${currency} is not a currency`);
  return exponent;
}

/** A fraction as a whole number, half to even. */
export function halfEven(above: bigint, below: bigint): bigint {
  const whole = above / below;
  const twice = (above % below) * 2n;
  const up = twice > below || (twice === below && whole % 2n === 1n);
  return up ? whole + 1n : whole;
}

const hourMs = 60 * 60_000;

/** Until when a rate may be used. */
export function usableUntil(rateAt: Date, maxAgeHours: number): Date {
  return new Date(rateAt.getTime() + maxAgeHours * hourMs);
}
