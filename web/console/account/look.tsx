import { Stack, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { switchLanguage, languages } from '../../app/i18n.ts';
import { Section } from '../../ui/section.tsx';
import { Segments } from '../../ui/segments.tsx';

const schemes = ['light', 'dark', 'auto'] as const;
const offered = ['en', 'fr'] as const;

/** Kept in this browser. */
export function LookAndLanguage() {
  const { t, i18n } = useTranslation('account');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Section title={t('look.title')} lead={t('look.lead')}>
      <Stack gap="md">
        <Segments
          label={t('look.look')}
          value={colorScheme}
          onChange={setColorScheme}
          choices={schemes.map((value) => ({ value, label: t(`console:shell.look_${value}`) }))}
        />
        <Segments
          label={t('look.language')}
          value={offered.find((language) => language === i18n.language) ?? 'en'}
          onChange={(language) => void switchLanguage(language)}
          choices={offered.map((value) => ({ value, label: languages[value] }))}
        />
      </Stack>
    </Section>
  );
}
