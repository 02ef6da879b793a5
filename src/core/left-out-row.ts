import type { TeamLanguage } from './language.ts';

/** Files remembered of one cycle; what is left out of more of them is known to whoever has the file. */
export const leftOutFilesMax = 200;

/** What is wrong with a row of a file that was left out, in each language of the team. */
export interface LeftOutIssue {
  readonly column: string;
  readonly code: string;
  readonly words: Readonly<Record<TeamLanguage, readonly [message: string, howToFix: string]>>;
}
