import type { Reader, TeamLanguage } from './language.ts';

// Dates in words, alike in mails, API and pages. Kreyòl is not among the languages that runtimes know.

const locales = { en: 'en-GB', fr: 'fr-FR' } as const;

const days = ['dimanch', 'lendi', 'madi', 'mèkredi', 'jedi', 'vandredi', 'samdi'] as const;
const months = [
  'janvye',
  'fevriye',
  'mas',
  'avril',
  'me',
  'jen',
  'jiyè',
  'out',
  'septanm',
  'oktòb',
  'novanm',
  'desanm',
] as const;

/** "Fri 6 Mar 2026", "ven. 6 mars 2026", "vandredi 6 mas 2026". */
export function dayIn(reader: Reader, at: Date): string {
  return dayWith(reader, at, 'numeric');
}

/** "Fri 6 Mar": where the year goes without saying. */
export function shortDayIn(reader: Reader, at: Date): string {
  return dayWith(reader, at, undefined);
}

function dayWith({ language, zone }: Reader, at: Date, year: 'numeric' | undefined): string {
  if (language === 'ht') return kreyolDay(at, zone, year !== undefined);
  const format = new Intl.DateTimeFormat(locales[language], {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(year === undefined ? {} : { year }),
  });
  return format.format(at).replace(',', '');
}

/** Day and time with the zone, as near a deadline: "Fri 6 Mar 2026, 17:00 CET". */
export function momentIn(reader: Reader, at: Date): string {
  return `${dayIn(reader, at)}, ${timeIn(reader, at)}`;
}

/** A moment in sentences for operators, in the zone of the platform: "21 Nov 2026, 20:17 UTC", "21 nov. 2026, 20:17 UTC". */
export function operatorMoment(zone: string, at: Date, language: TeamLanguage = 'en'): string {
  return `${operatorDay(zone, at, language)}, ${timeIn({ language, zone }, at)}`;
}

/** Its day: "21 Nov 2026". */
export function operatorDay(zone: string, at: Date, language: TeamLanguage = 'en'): string {
  const format = { timeZone: zone, day: 'numeric', month: 'short', year: 'numeric' } as const;
  return new Intl.DateTimeFormat(locales[language], format).format(at);
}

/** Time of day with the zone: "17:00 CET". */
function timeIn({ language, zone }: Reader, at: Date): string {
  const format = new Intl.DateTimeFormat(language === 'ht' ? locales.fr : locales[language], {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  });
  return wholeZone(format.format(at));
}

/** Browsers end a line behind the hyphen of "GMT-5": with one that does not break the zone stays in one piece. */
export function wholeZone(words: string): string {
  return words.replaceAll(/\b(GMT|UTC)-(?=\d)/g, '$1\u2011');
}

/** The locale whose numbers a reader of a language knows; for Kreyòl that of Haiti's French. */
export function numbersOf(language: string): string {
  return language === 'ht' ? 'fr-HT' : language;
}

/** The locale whose dates a reader of a language gets from a runtime: in English those of the sentences above. */
export function datesOf(language: string): string {
  return language === 'en' ? locales.en : numbersOf(language);
}

function kreyolDay(at: Date, zone: string, withYear: boolean): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    day: 'numeric',
    month: 'numeric',
    year: 'numeric',
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value ?? 0);
  const [year, month, day] = [part('year'), part('month'), part('day')];
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  return `${days[weekday] ?? ''} ${day} ${months[month - 1] ?? ''}${withYear ? ` ${year}` : ''}`;
}
