/** Languages in which a payee reads everything. Whoever adds one finds by the compiler which sentences are missing. */
export const languages = ['en', 'fr', 'ht'] as const;
export type Language = (typeof languages)[number];

/** Who reads: their language, and the zone in which times are told to them. */
export interface Reader {
  readonly language: Language;
  /** IANA name, such as `America/Port-au-Prince`. */
  readonly zone: string;
}

/** Who reads a mail: what the payee chose, else English and the zone of the platform. */
export function readerOf(
  chosen: { readonly language: Language | null; readonly timezone: string | null },
  zone: string,
): Reader {
  return { language: chosen.language ?? 'en', zone: chosen.timezone ?? zone };
}

/** Who of the team reads; times are told in the zone of the platform. */
export interface TeamReader {
  readonly language: TeamLanguage;
  readonly zone: string;
}

/** Parts of a header that are looked at. */
const partsMax = 20;

/** The best liked language that we have, by an Accept-Language header (RFC 9110, 12.5.4); English when it names none. */
export function languageOf(header: string | undefined): Language {
  const liked = (header ?? '')
    .split(',', partsMax)
    .map((part) => {
      const [tag = '', ...parameters] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const weight = parameters.find((one) => one.startsWith('q='));
      return { base: tag.split('-', 1)[0], q: weight === undefined ? 1 : Number(weight.slice(2)) };
    })
    .filter(({ q }) => q > 0)
    .toSorted((one, other) => other.q - one.q);
  for (const { base } of liked) {
    const known = languages.find((language) => language === base);
    if (known !== undefined) return known;
  }
  return 'en';
}

/** Languages in which the team reads everything. */
export const teamLanguages = ['en', 'fr'] as const;
export type TeamLanguage = (typeof teamLanguages)[number];

/** What somebody of the team reads; whoever prefers Kreyòl reads French rather than English. */
export function teamLanguageOf(language: Language): TeamLanguage {
  return language === 'en' ? 'en' : 'fr';
}
