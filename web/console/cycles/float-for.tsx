import { Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { dateTime } from '../../app/format.ts';
import type { Preview } from '../../client/types.ts';

/** What the provider account holds for a run, in the server's words, and what fees do to it. */
export function FloatFor({ float }: { readonly float: Preview['float'] }) {
  const { t } = useTranslation('cycles');
  return (
    <Stack gap={4}>
      <Title order={3}>{t('dryRun.float')}</Title>
      {Object.entries(float).map(([currency, of]) => (
        <div key={currency}>
          <Text fw={isShort(of) ? 650 : 400} c={isShort(of) ? 'var(--mantine-color-error)' : 'inherit'}>
            {of.words}
          </Text>
          {of.readAt !== null && (
            <Text size="sm" c="dimmed">
              {t('dryRun.readAt', { at: dateTime(of.readAt) })}
            </Text>
          )}
        </div>
      ))}
      <Text size="sm" c="dimmed">
        {t('dryRun.fees')}
      </Text>
    </Stack>
  );
}

type RunFloat = Preview['float'][string];

/** True when the account is known not to hold enough. */
function isShort({ shortfall }: RunFloat): boolean {
  return shortfall !== null && BigInt(shortfall) > 0n;
}

/** The words of every currency that is short by a reading that refuses the run. */
export function shortWords(float: Preview['float']): string[] {
  return Object.values(float)
    .filter((of) => of.fresh && isShort(of))
    .map(({ words }) => words);
}
