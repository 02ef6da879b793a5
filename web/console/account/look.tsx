import { SegmentedControl, Stack, Text, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, type Language, languages } from '../../app/i18n.ts';
import { Section } from '../../ui/section.tsx';

const schemes = ['light', 'dark', 'auto'] as const;
const offered = ['en', 'fr'] as const;

/** Kept in this browser. */
export function LookAndLanguage() {
  const { t, i18n } = useTranslation('account');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Section title={t('look.title')} lead={t('look.lead')}>
      <Stack gap="md" align="flex-start">
        <Stack gap={4}>
          <Text size="sm" fw={500} id="look-label">
            {t('look.look')}
          </Text>
          <SegmentedControl
            aria-labelledby="look-label"
            value={colorScheme}
            onChange={(value) => setColorScheme(value)}
            data={schemes.map((value) => ({ value, label: t(`console:shell.look_${value}`) }))}
          />
        </Stack>
        <Stack gap={4}>
          <Text size="sm" fw={500} id="language-label">
            {t('look.language')}
          </Text>
          <SegmentedControl
            aria-labelledby="language-label"
            value={i18n.language}
            onChange={(value) => void chooseLanguage(value as Language)}
            data={offered.map((value) => ({ value, label: languages[value] }))}
          />
        </Stack>
      </Stack>
    </Section>
  );
}
