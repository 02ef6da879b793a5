import { z } from 'zod';
import { faultIn } from '../core/fault-words.ts';
import type { TeamLanguage } from '../core/language.ts';
import type { Fault } from './problem.ts';

/** How values are parsed for whoever reads this language: what the library finds is said in it. */
export function parsingIn(language: TeamLanguage): z.core.ParseContext<z.core.$ZodIssue> {
  return language === 'en' ? {} : { error: french };
}

const { localeError: french } = z.locales.fr();

/** Faults in a row of a list, in one line. */
export function faultLine(faults: readonly Fault[], language: TeamLanguage): string {
  return faults.map(({ path, message }) => `${path} ${faultIn(message, language)}`.trim()).join('; ');
}

/** The same faults in the language of the reader. */
export function faultsIn(faults: readonly Fault[], language: TeamLanguage): Fault[] {
  return faults.map(({ path, message }) => ({ path, message: faultIn(message, language) }));
}
