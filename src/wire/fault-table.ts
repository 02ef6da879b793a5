import type { TeamLanguage } from '../core/language.ts';

/** What is wrong, and how to mend it; `{0}`, `{1}` … are facts. */
export type Sentences = readonly [message: string, howToFix: string];

/** Faults of a file by name: the code that programs read, and the words of people. */
export type FaultWords<Code extends string> = Readonly<
  Record<string, { readonly code: Code } & Readonly<Record<TeamLanguage, Sentences>>>
>;

/** A fact of a fault; `all`: all of these, of each the one name or the other. */
export type FaultFact = string | number | { readonly all: readonly (readonly string[])[] };

const or: Readonly<Record<TeamLanguage, string>> = { en: ' or ', fr: ' ou ' };

/** The words of a fault with its facts in their places. */
export function sentencesOf(
  words: Readonly<Record<TeamLanguage, Sentences>>,
  facts: readonly FaultFact[],
  language: TeamLanguage,
): { message: string; howToFix: string } {
  const [message, howToFix] = words[language];
  const fill = (sentence: string) =>
    sentence.replaceAll(/\{(\d)\}/g, (_, at: string) => {
      const fact = facts[Number(at)] ?? '';
      return typeof fact === 'object'
        ? fact.all.map((names) => names.join(or[language])).join(', ')
        : String(fact);
    });
  return { message: fill(message), howToFix: fill(howToFix) };
}
