import type { TeamLanguage } from '../core/language.ts';
import type { Refusal, RefusalCode } from '../core/refusal.ts';
import { refusalsFr } from '../core/refusals-fr.ts';
import type { TitledWords } from '../core/refusals-fr.ts';
import { faultsIn } from './parsing.ts';
import type { HttpProblemCode, No } from './problem.ts';
import { problemsFr } from './problems-fr.ts';

/** Every no in the languages other than English, in which noes are made. */
const words: Readonly<
  Record<Exclude<TeamLanguage, 'en'>, Readonly<Record<RefusalCode | HttpProblemCode, TitledWords>>>
> = { fr: { ...refusalsFr, ...problemsFr } };

/** A no as the team reads it: its own words where it has some, else those of its code. Codes and facts stay what they are. */
export function inTeamWords(refused: No, language: TeamLanguage): No {
  if (language === 'en') return refused;
  const errors = faultsIn(refused.errors ?? [], language);
  const known = wordsOf(refused.code, language);
  if (known === null) return { ...refused, errors };
  const [title, happened, todo] = known;
  const told = refused.told?.[language];
  const message = told?.message ?? happened;
  const words = { title, message, action: told?.action ?? todo, detail: told?.detail ?? message };
  return { ...refused, ...words, errors };
}

/** What happened and what to do of a refusal that stands in a list. */
export function refusalIn({ code, message, action, told }: Refusal, language: TeamLanguage) {
  if (language === 'en') return { message, action };
  const [, happened, todo] = words[language][code];
  const own = told?.[language];
  return { message: own?.message ?? happened, action: own?.action ?? todo };
}

function wordsOf(code: string, language: Exclude<TeamLanguage, 'en'>): TitledWords | null {
  const known = words[language];
  return Object.hasOwn(known, code) ? known[code as RefusalCode] : null;
}
