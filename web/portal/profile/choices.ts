import { api } from '../../app/api.ts';
import type { Language } from '../../../src/core/language.ts';
import { chooseLanguage, hasChosenLanguage } from '../../app/i18n.ts';
import type { Profile } from '../../client/types.ts';

/** What a payee chose for mails and times; null: nothing yet. Younger than the types of the client. */
export interface Choices {
  readonly language: Language | null;
  readonly timezone: string | null;
}
export type OwnProfile = Profile & Choices;

/** The payee; on a device where nobody chose a language yet, theirs is spoken from now on. */
export async function readProfile(signal: AbortSignal): Promise<OwnProfile> {
  const profile = (await api.get('/api/payee/profile', { signal })) as OwnProfile;
  if (profile.language !== null && !hasChosenLanguage()) await chooseLanguage(profile.language);
  return profile;
}

const patch = api.patch as unknown as (
  path: string,
  taken: { body: Partial<Choices> },
) => Promise<OwnProfile>;

export function saveChoices(body: Partial<Choices>): Promise<OwnProfile> {
  return patch('/api/payee/profile', { body });
}
