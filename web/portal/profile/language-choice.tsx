import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { languages as known } from '../../../src/core/language.ts';
import { queries } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import { chooseLanguage, languages } from '../../app/i18n.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import { languageNow } from '../reader.ts';
import { saveChoices } from './choices.ts';

/** Pages, what the server says, and mails. */
export function LanguageChoice() {
  const { t, i18n } = useTranslation();
  const save = useDeed(saveChoices);
  const choose = async (tag: string) => {
    const language = languageNow(tag);
    await chooseLanguage(language);
    save.mutate({ language });
    // What the server says comes in the new language, too.
    await queries.invalidateQueries();
  };
  return (
    <>
      <NativeSelect
        size="md"
        label={t('profile.language')}
        value={languageNow(i18n.language)}
        onChange={(event) => void choose(event.currentTarget.value)}
        data={known.map((value) => ({ value, label: languages[value] }))}
      />
      {save.error !== null && <TroubleNote error={save.error} fields={{ language: t('profile.language') }} />}
    </>
  );
}
