import type { TFunction } from 'i18next';
import { handsIn, type ThroughFacts } from '../../../src/core/link-hands.ts';
import { dateTime, duration, type Minor, money, moneyList } from '../../app/format.ts';
import type { Difference } from './difference.ts';

/** What an event tells of its subject, as it was written. */
type Told = Readonly<Record<string, unknown>>;

/** Minor units of the currency that stands beside them. */
const amounts: ReadonlySet<string> = new Set(['amount', 'recovered']);

/**
 * What changed, in the reader's words. Facts without words of their own stand in the details alone, as they were written: ids
 * of things that nobody looks for, and whatever a later version adds.
 */
export function factsInWords(t: TFunction, before: unknown, after: unknown): Difference[] {
  const was = wordsOf(t, toldBy(before));
  const is = wordsOf(t, toldBy(after));
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((path) => {
    const [old, next] = [was.get(path) ?? null, is.get(path) ?? null];
    return old === next ? [] : [{ path, before: old, after: next }];
  });
}

function toldBy(value: unknown): Told {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Told) : {};
}

/** Label and words of every fact that has both. */
function wordsOf(t: TFunction, told: Told): Map<string, string> {
  const currency = typeof told['currency'] === 'string' ? told['currency'] : undefined;
  return new Map(
    Object.entries(told).flatMap(([key, value]) => {
      const label = t(`labels.${key}`, { defaultValue: '' });
      const words = label === '' ? null : inWords(t, key, value, currency);
      return words === null ? [] : [[label, words]];
    }),
  );
}

function inWords(t: TFunction, key: string, value: unknown, currency: string | undefined): string | null {
  if (value === null || value === '' || value === false) return null;
  if (value === true) return t('yes');
  // Written so by the server alone.
  if (key === 'through')
    return handsIn(value as ThroughFacts)
      .map(({ name }) => name)
      .join(', ');
  if (amounts.has(key)) return currency !== undefined && isMinor(value) ? money(value, currency) : null;
  if (Array.isArray(value))
    return value.length === 0 ? null : value.map((one) => known(t, String(one))).join(', ');
  if (typeof value === 'object') return totalsIn(value as Told);
  if (key === 'offsetSeconds') return duration(Number(value));
  // Nothing is no news: "0 payouts unchanged".
  if (value === 0) return null;
  return typeof value === 'string' ? known(t, value) : JSON.stringify(value);
}

/** Sums by currency; null for whatever else is told in parts. */
function totalsIn(parts: Told): string | null {
  const sums = Object.entries(parts).filter((part): part is [string, Minor] => isMinor(part[1]));
  const isMoney = sums.length > 0 && Object.keys(parts).every((code) => /^[A-Z]{3}$/.test(code));
  return isMoney ? moneyList(Object.fromEntries(sums)) : null;
}

function isMinor(value: unknown): value is Minor {
  return typeof value === 'number' || (typeof value === 'string' && /^-?\d+$/.test(value));
}

/** States, roles and the like in words, a moment as a date; everything else as somebody wrote it. */
function known(t: TFunction, value: string): string {
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return dateTime(value);
  return /^[a-z_]+$/.test(value) ? t(`values.${value}`, { defaultValue: value }) : value;
}
