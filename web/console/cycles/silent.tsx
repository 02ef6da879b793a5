import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLostSince } from '../../app/connection.ts';
import { clock } from '../../app/lost-note.tsx';
import { Note } from '../../ui/note.tsx';

/** What is said of a run while nothing is heard of it. */
export function Silent() {
  const { t } = useTranslation('cycles');
  const since = useLostSince();
  return (
    <Note
      tone="warn"
      urgent
      title={since === null ? t('progress.silentNow') : t('progress.silent', { at: clock(since) })}
    >
      <Text>{t('progress.silentWords')}</Text>
    </Note>
  );
}
