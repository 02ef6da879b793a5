import type { TeamLanguage } from './language.ts';
import { shortDayIn } from './when.ts';

/** A day of the calendar in words: "Fri 27 Nov". */
export function calendarDayWords(day: string, language: TeamLanguage): string {
  return shortDayIn({ language, zone: 'UTC' }, new Date(`${day}T00:00:00Z`));
}

/** Where an account first falls short, and by how much: `missing` is an amount in words. */
export function firstShortWords(day: string, missing: string, language: TeamLanguage = 'en'): string {
  const on = calendarDayWords(day, language);
  return language === 'fr'
    ? `Le ${on}, il manque ${missing} sur le compte. Approvisionnez-le avant.`
    : `On ${on} the account falls ${missing} short. Fund it before then.`;
}
