import { api } from '../../app/api.ts';
import { chooseLanguage, hasChosenLanguage } from '../../app/i18n.ts';
import type { Profile } from '../../client/types.ts';

/** The payee; on a device where nobody chose a language yet, theirs is spoken from now on. */
export async function readProfile(signal: AbortSignal): Promise<Profile> {
  const profile = await api.get('/api/payee/profile', { signal });
  if (profile.language !== null && !hasChosenLanguage()) await chooseLanguage(profile.language);
  return profile;
}

/** What a payee chose for pages, times and mails; null: nothing. */
export function saveChoices(body: Partial<Pick<Profile, 'language' | 'timezone'>>): Promise<Profile> {
  return api.patch('/api/payee/profile', { body });
}
