import { currencies } from './currencies.ts';
import { parseAmount } from './money.ts';

/** An amount that somebody may have typed. Minor units. */
export interface SoughtAmount {
  readonly currency: string;
  readonly amount: bigint;
}

const typed = /^(?:([a-z]{3}) ?)?(\d[\d., ]*?)(?: ?([a-z]{3}))?$/i;
/** A mark before the last one to three digits may stand before decimals. */
const withDecimals = /^(.*)[.,](\d{1,3})$/;
/** Thousands in threes, with one mark between them. */
const inThousands = /^\d{1,3}(?:([., ])\d{3})(?:\1\d{3})*$/;

/**
 * What a text may mean as an amount: "81.02", "81,02", "1,234.50 USD", "EUR 990", as it is typed or copied from any page. To be
 * looked for only: of what can be read in two ways ("1,234") both are sought, in each currency that has so many decimals.
 */
export function amountsIn(text: string): SoughtAmount[] {
  const match = typed.exec(text.trim().replaceAll(/\s/g, ' '));
  if (!match) return [];
  const [, before, digits = '', after] = match;
  if (before !== undefined && after !== undefined) return [];
  const named = (before ?? after)?.toUpperCase();
  const readings = new Set(readingsOf(digits));
  return currencies
    .filter((currency) => named === undefined || currency === named)
    .flatMap((currency) =>
      [...readings].flatMap((reading) => {
        const amount = parseAmount(reading, currency);
        return typeof amount === 'bigint' ? [{ currency, amount }] : [];
      }),
    );
}

/** The digits as plain decimals, with a point, in every way that they can be read. */
function readingsOf(digits: string): string[] {
  const whole = wholeOf(digits);
  const [, front, decimals = ''] = withDecimals.exec(digits) ?? [];
  const mark = front === undefined ? '' : digits.charAt(front.length);
  const major = front === undefined || front.includes(mark) ? null : wholeOf(front);
  return [...(whole === null ? [] : [whole]), ...(major === null ? [] : [`${major}.${decimals}`])];
}

function wholeOf(digits: string): string | null {
  if (/^\d+$/.test(digits)) return digits;
  return inThousands.test(digits) ? digits.replaceAll(/\D/g, '') : null;
}
