import { operatorMoment } from '../core/when.ts';

/** "21 Nov 2026, 20:17 UTC": always in UTC, so that a terminal reads alike whichever server it asks; `--json` has what the API says. */
export function momentText(at: string): string {
  return operatorMoment('UTC', new Date(at));
}

/** "21 Nov 2026, 20:17 UTC" is the longest. */
const momentChars = 22;

/** The same, as wide in every line of a list. */
export function momentColumn(at: string): string {
  return momentText(at).padStart(momentChars);
}
