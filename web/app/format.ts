import i18next from 'i18next';
import { moneyIn } from '../../src/core/money-words.ts';
import { datesOf, numbersOf, wholeZone } from '../../src/core/when.ts';
import { withSign } from './decimals.ts';

/** Minor units as they come over HTTP: a number, or text when a number would not be exact. */
export type Minor = number | string | bigint;

/** Runtimes know no Kreyòl: its readers know the numbers of Haiti's French. */
function locale(): string {
  return numbersOf(i18next.language);
}

/** For people, by their language: "1,234.50 USD", "1 234,50 USD". All decimals of the currency, never rounded. */
export function money(amount: Minor, currency: string): string {
  return moneyIn(i18next.language, BigInt(amount), currency);
}

/** Several currencies side by side; they never add up to one number. */
export function moneyList(totals: Readonly<Record<string, Minor>>): string {
  return Object.entries(totals)
    .map(([currency, amount]) => money(amount, currency))
    .join(' + ');
}

export function count(value: number): string {
  return new Intl.NumberFormat(locale()).format(value);
}

/** Beside the line of a chart, which stands at a round figure: "15K", "15 k". */
export function axisFigure(value: number): string {
  const figure = new Intl.NumberFormat(locale(), { notation: 'compact', maximumSignificantDigits: 4 });
  // The sign that all amounts have.
  return figure.format(value).replace('-', '\u2212');
}

/** A share of one, as "94.2 %" in the reader's language. */
export function share(value: number): string {
  return withSign(new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 }).format(value * 100));
}

/** Day and time, with the zone, as the server writes them: "Fri, 6 Mar 2026, 17:00 CET". `zone` null: of the reader's machine. */
export function dateTime(at: string | Date, zone: string | null = null): string {
  const format = new Intl.DateTimeFormat(datesOf(i18next.language), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
    ...(zone === null ? {} : { timeZone: zone }),
  });
  return wholeZone(format.format(new Date(at)));
}

/** Time alone, with the zone: "17:00 CET". */
export function timeOfDay(at: string, zone: string): string {
  const format = new Intl.DateTimeFormat(datesOf(i18next.language), {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
    timeZone: zone,
  });
  return wholeZone(format.format(new Date(at)));
}

/** Day alone. */
export function day(at: string | Date, zone: string | null = null): string {
  return new Intl.DateTimeFormat(datesOf(i18next.language), {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...(zone === null ? {} : { timeZone: zone }),
  }).format(new Date(at));
}

const steps = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** "in 3 days", "5 minutes ago", beside the full date. */
export function ago(at: string | Date, now: Date): string {
  const seconds = Math.round((new Date(at).getTime() - now.getTime()) / 1000);
  const words = new Intl.RelativeTimeFormat(i18next.language, { numeric: 'auto' });
  for (const [unit, size] of steps)
    if (Math.abs(seconds) >= size) return words.format(Math.round(seconds / size), unit);
  return words.format(seconds, 'second');
}

/** A length of time: "2 h 5 min", "40 s". */
export function duration(seconds: number): string {
  const part = (value: number, unit: 'day' | 'hour' | 'minute' | 'second') =>
    new Intl.NumberFormat(locale(), {
      style: 'unit',
      unit,
      // Short in French is what narrow is in English, with the blank that French has: "9 s".
      unitDisplay: locale().startsWith('en') ? 'narrow' : 'short',
      maximumFractionDigits: 0,
    }).format(value);
  if (seconds < 60) return part(seconds, 'second');
  if (seconds < 3600) return part(seconds / 60, 'minute');
  if (seconds < 172_800)
    return `${part(Math.floor(seconds / 3600), 'hour')} ${part(Math.floor((seconds % 3600) / 60), 'minute')}`;
  return part(seconds / 86_400, 'day');
}
