import { Button, Loader, Stack, Text } from '@mantine/core';
import { useTimeout } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { count, duration } from '../../app/format.ts';
import { Note } from '../../ui/note.tsx';

/** How long an answer may take before one is told how to find out what became of it. */
const longSeconds = 30;

/** What stands in the place of the question once it is answered: what happens now, and that it cannot be taken back here. */
export function Preparing({ people, total }: { readonly people: number; readonly total: string }) {
  const { t } = useTranslation('cycles');
  const [isLong, setLong] = useState(false);
  const words = useRef<HTMLParagraphElement>(null);
  useTimeout(() => setLong(true), longSeconds * 1000, { autoInvoke: true });
  // The button that had the focus is gone.
  useEffect(() => words.current?.focus(), []);
  return (
    <Stack>
      <Stack gap={4} align="flex-start" aria-live="polite">
        <Text ref={words} tabIndex={-1} size="lg" fw={650} style={{ outline: 'none' }}>
          {t('preparing.title', { count: people, n: count(people), total })}
        </Text>
        <Loader type="dots" aria-hidden />
        <Text>{t('preparing.words')}</Text>
        <Text size="sm" c="dimmed">
          {t('preparing.stop')}
        </Text>
      </Stack>
      {isLong && (
        <Note tone="warn" urgent title={t('preparing.long', { wait: duration(longSeconds) })}>
          <Stack gap="xs" align="flex-start">
            <Text>{t('preparing.longWords')}</Text>
            <Button variant="light" onClick={() => window.location.reload()}>
              {t('preparing.look')}
            </Button>
          </Stack>
        </Note>
      )}
    </Stack>
  );
}
