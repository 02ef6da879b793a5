import type { TeamLanguage } from './language.ts';

/** What is wrong with a row of a file that was left out, in each language of the team. */
export interface LeftOutIssue {
  readonly column: string;
  readonly code: string;
  readonly words: Readonly<Record<TeamLanguage, readonly [message: string, howToFix: string]>>;
}
