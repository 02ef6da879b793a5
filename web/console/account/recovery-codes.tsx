import { Button, Checkbox, CopyButton, Group, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/icons.tsx';
import { Note } from '../../ui/note.tsx';
import { ReasonedButton } from '../../ui/reasoned.tsx';

/** The codes for the day the phone is lost; nobody can look at them again. */
export function RecoveryCodes({
  codes,
  onDone,
}: {
  readonly codes: readonly string[];
  readonly onDone: () => void;
}) {
  const { t } = useTranslation('account');
  const [kept, setKept] = useState(false);
  const text = `${t('codes.file')}\n\n${codes.join('\n')}\n`;
  return (
    <Stack>
      <Note tone="warn" title={t('codes.title')}>
        <Text>{t('codes.words')}</Text>
      </Note>
      <Paper withBorder p="md">
        <SimpleGrid
          component="ul"
          cols={{ base: 1, xs: 2 }}
          spacing="xs"
          m={0}
          p={0}
          aria-label={t('codes.list')}
          style={{ listStyle: 'none', fontFamily: 'var(--mantine-font-family-monospace)' }}
        >
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </SimpleGrid>
      </Paper>
      <Group>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              leftSection={<Icon name={copied ? 'check' : 'copy'} />}
              onClick={copy}
              aria-live="polite"
            >
              {t(copied ? 'copied' : 'codes.copy')}
            </Button>
          )}
        </CopyButton>
        <Button
          component="a"
          variant="default"
          leftSection={<Icon name="import" />}
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download="purser-recovery-codes.txt"
        >
          {t('codes.download')}
        </Button>
      </Group>
      <Checkbox
        label={t('codes.kept')}
        checked={kept}
        onChange={(event) => setKept(event.currentTarget.checked)}
      />
      <Group>
        <ReasonedButton reason={kept ? undefined : t('codes.keepFirst')} onClick={onDone}>
          {t('codes.done')}
        </ReasonedButton>
      </Group>
    </Stack>
  );
}
