import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { queries } from './api.ts';

/** Languages with a whole set of texts, each in its own words. */
export const languages = { en: 'English', fr: 'Français', ht: 'Kreyòl ayisyen' } as const;
export type Language = keyof typeof languages;

const rememberedAs = 'purser.language';

/** Texts are files, one per language and area; only those in use are loaded. */
const files = import.meta.glob<{ default: Record<string, unknown> }>('../locales/*/*.json');

/** Without a callback: what is returned, or thrown, is the answer. */
const textFiles = {
  type: 'backend' as const,
  init: () => undefined,
  async read(language: string, area: string) {
    const file = await files[`../locales/${language}/${area}.json`]?.();
    return file?.default ?? {};
  },
};

/** Ready when the texts of `areas` are there. `offered`: the languages these pages are complete in. */
export async function startTexts(areas: readonly string[], offered: readonly Language[]): Promise<void> {
  await i18next
    .use(textFiles)
    .use(initReactI18next)
    .init({
      lng: firstLanguage(offered),
      // Each language is whole in itself: nobody loads the words of two.
      fallbackLng: false,
      supportedLngs: offered,
      ns: areas,
      defaultNS: areas[0] ?? 'common',
      fallbackNS: 'common',
      interpolation: { escapeValue: false },
    });
  tell();
}

/** The texts of more areas, before what is drawn with them. */
export async function loadTexts(...areas: readonly string[]): Promise<void> {
  await i18next.loadNamespaces(areas);
}

/** Changes the language of this page, and of the next visit. */
export async function chooseLanguage(language: Language): Promise<void> {
  rememberLanguage(language);
  await i18next.changeLanguage(language);
  tell();
}

/** The same on a page that shows answers of the server: all of them come anew in the language, also what is asked for once. */
export async function switchLanguage(language: Language): Promise<void> {
  await chooseLanguage(language);
  await queries.invalidateQueries();
}

/** For the next visit; this page stays as it is. */
export function rememberLanguage(language: Language): void {
  localStorage.setItem(rememberedAs, language);
}

/** True when somebody chose on this device. */
export function hasChosenLanguage(): boolean {
  return localStorage.getItem(rememberedAs) !== null;
}

/** Screen readers pronounce by it. */
function tell(): void {
  document.documentElement.lang = i18next.language;
}

function firstLanguage(offered: readonly Language[]): Language {
  const wanted = [localStorage.getItem(rememberedAs), ...navigator.languages.map((tag) => tag.slice(0, 2))];
  return (
    offered.find((language) => wanted.find((tag) => offered.some((one) => one === tag)) === language) ?? 'en'
  );
}
