import type { TFunction } from 'i18next';
import { percent } from '../../app/decimals.ts';
import { money } from '../../app/format.ts';
import { cronWords } from './cron-words.ts';
import type { Settings } from '../../client/types.ts';

/** One thing that holds, in words. Two facts with one `id` are the same thing before and after. */
export interface Fact {
  readonly id: string;
  readonly label: string;
  readonly value: string;
}

/** What the settings of these names say, in words. */
export function factsOf(t: TFunction, settings: Settings, keys: readonly (keyof Settings)[]): Fact[] {
  return keys.flatMap((key) => factsOfOne(t, settings, key));
}

function factsOfOne(t: TFunction, settings: Settings, key: keyof Settings): Fact[] {
  const value = settings[key];
  const one = (words: string): Fact[] => [{ id: key, label: t(`names.${key}`), value: words }];
  if (key === 'minimumPayout' || key === 'secondApproverAbove')
    return named(t, key, settings[key], (amount, currency) => money(amount, currency));
  if (key === 'feeBpsBySource') return named(t, key, settings[key], percent);
  if (key === 'settlementHoldDaysBySource')
    return named(t, key, settings[key], (count) => t('days', { count }));
  if (key === 'payoutSchedule') return one(cronWords(t, settings.payoutSchedule));
  if (key === 'payoutFrequency') return one(t(`frequency.${settings.payoutFrequency}`));
  if (key === 'payeeMails')
    return one(settings.payeeMails.map((mail) => t(`mails.${mail}`)).join(', ') || t('mails.none'));
  if (key === 'fxSpreadBps' || key === 'fxRateJumpBps') return one(percent(settings[key]));
  if (key === 'methodCoolOffHours' || key === 'fxRateMaxAgeHours')
    return one(t('hours', { count: settings[key] }));
  if (typeof value === 'number') return one(t('days', { count: value }));
  return one(t(value === true ? 'yes' : 'no'));
}

function named(
  t: TFunction,
  key: keyof Settings,
  values: Readonly<Record<string, number>>,
  words: (value: number, name: string) => string,
): Fact[] {
  const set = Object.entries(values).map(([name, value]) => ({
    id: `${key} ${name}`,
    label: t(`names.${key}Of`, { name }),
    value: words(value, name),
  }));
  return [...set, { id: key, label: t(`names.${key}Rest`), value: t(`rest.${key}`) }];
}

export interface Change {
  readonly id: string;
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

/** What would be different, in words; a line that is gone goes back to what holds without it. */
export function changesOf(t: TFunction, before: readonly Fact[], after: readonly Fact[]): Change[] {
  const was = new Map(before.map((fact) => [fact.id, fact]));
  const is = new Map(after.map((fact) => [fact.id, fact]));
  return [...new Map([...was, ...is]).values()].flatMap(({ id, label }) => {
    // A line that is not there: what holds for the rest.
    const rest = t(`rest.${id.split(' ')[0] ?? ''}`);
    const [old, next] = [was.get(id)?.value ?? rest, is.get(id)?.value ?? rest];
    return old === next ? [] : [{ id, label, before: old, after: next }];
  });
}
