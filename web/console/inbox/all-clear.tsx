import { Paper, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Nothing to do is said, too, so that nobody wonders whether the page has loaded. */
export function AllClear({ nothingAtAll }: { readonly nothingAtAll: boolean }) {
  const { t } = useTranslation('inbox');
  return (
    <Paper withBorder p="xl">
      <Stack align="center" gap="xs" ta="center">
        <ThemeIcon size={52} radius="xl" color="teal" variant="light">
          <svg width="26" height="26" viewBox="0 0 14 14" aria-hidden>
            <path
              d="M2 7.5 5.5 11 12 3.5"
              fill="none"
              stroke="currentColor"
              strokeWidth="1.6"
              strokeLinecap="round"
            />
          </svg>
        </ThemeIcon>
        <Title order={2}>{t('clear')}</Title>
        <Text c="dimmed" maw={480}>
          {t(nothingAtAll ? 'clearWords' : 'clearForYou')}
        </Text>
      </Stack>
    </Paper>
  );
}
