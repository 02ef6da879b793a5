import i18next from 'i18next';
import { languages } from '../../src/core/language.ts';
import { hasChosenLanguage, rememberLanguage } from '../app/i18n.ts';

/** Read by the server for the pages of the door, which have no script; it says nothing but the language. */
const cookie = 'purser-portal.language';
const cookieSeconds = 365 * 24 * 60 * 60;

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

/** Whoever chose a language finds the sign-in page in it, too. */
export function tellDoor(): void {
  const tell = (language: string) => {
    if (!hasChosenLanguage()) return;
    const secure = window.location.protocol === 'https:' ? '; Secure' : '';
    document.cookie = `${cookie}=${language}; Path=/portal; Max-Age=${cookieSeconds}; SameSite=Lax${secure}`;
  };
  tell(i18next.language);
  i18next.on('languageChanged', tell);
}
