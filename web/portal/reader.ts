import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Language, Reader } from '../../src/core/language.ts';
import { languages } from '../../src/core/language.ts';
import { dayIn, momentIn, shortDayIn } from '../../src/core/when.ts';
import { profileQuery, scheduleQuery } from './queries.ts';

/** How times are told to whoever reads: in their language, in the zone they chose, else in that of the platform. */
export interface When {
  readonly zone: string;
  readonly day: (at: string | Date) => string;
  /** Without the year, for what is near. */
  readonly shortDay: (at: string | Date) => string;
  readonly moment: (at: string | Date) => string;
}

export function useWhen(): When {
  const { i18n } = useTranslation();
  const { data } = useQuery(scheduleQuery);
  const profile = useQuery(profileQuery);
  const reader: Reader = {
    language: languageNow(i18n.language),
    zone: profile.data?.timezone ?? data?.timezone ?? 'UTC',
  };
  return {
    zone: reader.zone,
    day: (at) => dayIn(reader, new Date(at)),
    shortDay: (at) => shortDayIn(reader, new Date(at)),
    moment: (at) => momentIn(reader, new Date(at)),
  };
}

export function languageNow(tag: string): Language {
  return languages.find((language) => language === tag) ?? 'en';
}
