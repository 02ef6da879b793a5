import type { TeamLanguage } from './language.ts';

/** Words of a no that says more than its code; what is absent is said by its code. */
export interface Told {
  readonly message?: string;
  readonly action?: string;
  readonly detail?: string;
}

/** The same in every language of the team but English, in which a no is made. */
export type ToldElsewhere = Readonly<Record<Exclude<TeamLanguage, 'en'>, Told>>;

/** A no with words of its own, in every language of the team. */
export function telling<T>(
  no: T,
  { en, ...told }: Readonly<Record<TeamLanguage, Told>>,
): T & { told: ToldElsewhere } {
  return { ...no, ...en, told };
}
