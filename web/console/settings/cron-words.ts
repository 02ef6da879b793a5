import type { TFunction } from 'i18next';
import i18next from 'i18next';
import { datesOf } from '../../../src/core/when.ts';
import { planOf } from './cron.ts';

/** A Sunday. */
const someSunday = Date.UTC(2023, 0, 1);
const dayMs = 86_400_000;

/** "Friday" of 5, in the reader's language. */
export function weekday(day: number, width: 'long' | 'short' = 'long'): string {
  const at = new Date(someSunday + day * dayMs);
  return new Intl.DateTimeFormat(datesOf(i18next.language), { weekday: width, timeZone: 'UTC' }).format(at);
}

/** "Fridays at 17:00"; what has no words is shown as it is. */
export function cronWords(t: TFunction, cron: string): string {
  const plan = planOf(cron);
  if (plan === null) return cron;
  const { kind, days, time } = plan;
  const list = new Intl.ListFormat(i18next.language).format(
    days.map((day) => (kind === 'weekly' ? weekday(day) : t('schedule.dayOfMonth', { day }))),
  );
  return t(`schedule.words_${kind}`, { days: list, time });
}
