import type { TeamLanguage, TeamReader } from '../core/language.ts';
import type { ApiDeps } from './deps.ts';

/** In which language the team is answered in this request. */
export function teamLanguageIn({ language = 'en' }: ApiDeps): TeamLanguage {
  return language;
}

/** Who reads the answer. */
export function readerOf(deps: ApiDeps): TeamReader {
  return { language: teamLanguageIn(deps), zone: deps.calendar.zone };
}
