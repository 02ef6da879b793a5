import { languages } from '../../src/core/language.ts';
import { rememberLanguage } from '../app/i18n.ts';

/** A language that was chosen on the sign-in page stays: it comes along in the address, once. */
export function chooseAtDoor(): void {
  const address = new URL(window.location.href);
  const asked = address.searchParams.get('lang');
  const language = languages.find((one) => one === asked);
  if (language === undefined) return;
  rememberLanguage(language);
  address.searchParams.delete('lang');
  window.history.replaceState(null, '', address);
}
