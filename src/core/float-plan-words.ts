import type { TeamLanguage } from './language.ts';
import { shortDayIn } from './when.ts';

/** A day of the calendar in words: "Fri 27 Nov". */
export function calendarDayWords(day: string, language: TeamLanguage): string {
  return shortDayIn({ language, zone: 'UTC' }, new Date(`${day}T00:00:00Z`));
}

/** Where an account first falls short, and by how much: `missing` is an amount in words, `withFees` says what it counts. */
export function firstShortWords(
  day: string,
  missing: string,
  withFees: boolean,
  language: TeamLanguage = 'en',
): string {
  const on = calendarDayWords(day, language);
  if (language === 'fr') {
    const fees = withFees ? ', frais attendus du prestataire compris' : '';
    return `Le ${on}, il manque ${missing} sur le compte${fees}. Approvisionnez-le avant.`;
  }
  const fees = withFees ? ', the provider’s expected fees included' : '';
  return `On ${on} the account falls ${missing} short${fees}. Fund it before then.`;
}
