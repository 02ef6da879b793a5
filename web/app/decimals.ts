import i18next from 'i18next';
import { numbersOf } from '../../src/core/when.ts';

// Decimals as the reader writes them: with a point in English, with a comma in French and Kreyòl. What is sent has a point.

/** What stands before decimals. */
function decimalMark(): ',' | '.' {
  const parts = new Intl.NumberFormat(numbersOf(i18next.language)).formatToParts(1.5);
  return parts.find(({ type }) => type === 'decimal')?.value === ',' ? ',' : '.';
}

/** A plain decimal, "50.00", as its reader writes it. */
export function shown(plain: string): string {
  return plain.replace('.', decimalMark());
}

/**
 * What somebody typed, as a plain decimal: "2,5" and "2.5" are the same number. The mark that is not the reader's own is no
 * decimal mark before three digits, as it may part thousands: that is no number, never a guess. A space stands between thousands
 * alone. Null: no number.
 */
export function plainOf(typed: string): string | null {
  const [, digits, mark, fraction] =
    /^(\d+|\d{1,3}(?:[ \u00A0\u202F]\d{3})+)(?:([.,])(\d+))?$/.exec(typed.trim()) ?? [];
  if (digits === undefined) return null;
  const whole = digits.replaceAll(/\s/g, '');
  if (mark === undefined || fraction === undefined) return whole;
  return mark !== decimalMark() && fraction.length === 3 ? null : `${whole}.${fraction}`;
}

/** Hundredths of a percent as percent, without zeros that say nothing: 1250 is "12.5", in French "12,5". */
export function percentText(bps: number): string {
  return shown(String(bps / 100));
}

/** The same with its sign: "12.5 %"; the sign stays on the line. */
export function percent(bps: number): string {
  return withSign(percentText(bps));
}

/** A number for people as a percentage. */
export function withSign(number: string): string {
  return `${number}\u00A0%`;
}

/** Percent with up to two decimals, as somebody typed it, in hundredths; null: none, or more than all. */
export function readPercent(typed: string): number | null {
  const [, whole, fraction = ''] = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(plainOf(typed) ?? '') ?? [];
  if (whole === undefined) return null;
  const bps = Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
  return bps <= bpsOfAll ? bps : null;
}

/** Hundredths of a percent in all of it. */
const bpsOfAll = 10_000;
