import { Box, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/me.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import { Note } from '../../ui/note.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { groups } from './groups.ts';
import { Rates } from './rates.tsx';
import { SettingsGroup } from './settings-group.tsx';
import { settingsQuery } from './settings-query.ts';

/** Everything the team decides once and money then follows; each group is saved by itself. */
export function SettingsPage() {
  const { t } = useTranslation('settings');
  const { error, refetch } = useQuery(settingsQuery);
  const mayChange = useMay('own');
  return (
    <Box maw={820}>
      <PageHead title={t('title')} lead={t('lead')} />
      <Stack gap="lg">
        {!mayChange && (
          <Note tone="info" title={t('readOnly.title')}>
            {t('readOnly.words')}
          </Note>
        )}
        {error !== null && <TroubleNote error={error} onRetry={() => void refetch()} />}
        {groups.map((group) => (
          <SettingsGroup key={group.key} group={group} mayChange={mayChange} />
        ))}
        <Rates />
      </Stack>
    </Box>
  );
}
