import { Button, Code, Collapse, List, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { Note } from '../ui/note.tsx';
import { isProblem, troubleOf } from './api.ts';
import { isTurnedAway } from './passkey.ts';

/** An error in full: what happened, whether anything changed, what to do; codes under Details. */
export function TroubleNote({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { t } = useTranslation('common');
  if (isProblem(error, 'second_factor_missing')) return <FactorMissing />;
  if (isTurnedAway(error)) return <Note tone="info" urgent title={t('trouble.turnedAway')} />;
  return <Whole error={error} {...(onRetry && { onRetry })} />;
}

/** What it needs can be set up at once; one comes back to where one was. */
function FactorMissing() {
  const { t } = useTranslation('common');
  const back = window.location.pathname + window.location.search;
  return (
    <Note tone="warn" urgent title={t('factor.title')}>
      <Stack gap="xs" align="flex-start">
        <Text>{t('factor.words')}</Text>
        <Button component="a" href={`/account?back=${encodeURIComponent(back)}`}>
          {t('factor.setUp')}
        </Button>
      </Stack>
    </Note>
  );
}

function Whole({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { t } = useTranslation('common');
  const [open, { toggle }] = useDisclosure(false);
  const trouble = troubleOf(error);
  return (
    <Note tone="bad" urgent title={trouble?.happened ?? t('trouble.noAnswer')}>
      <Stack gap="xs" align="flex-start">
        <Text>{trouble?.todo ?? t('trouble.noAnswerTodo')}</Text>
        {trouble !== null && trouble.fields.length > 0 && (
          <List size="sm">
            {trouble.fields.map((field) => (
              <List.Item key={field.path + field.message}>{`${field.path}: ${field.message}`}</List.Item>
            ))}
          </List>
        )}
        {onRetry && (
          <Button variant="light" onClick={onRetry}>
            {t('again')}
          </Button>
        )}
        {trouble !== null && (
          <>
            <Button variant="subtle" size="compact-sm" onClick={toggle} aria-expanded={open}>
              {t('details')}
            </Button>
            <Collapse expanded={open}>
              <Code block>{`${trouble.code}\n${trouble.requestId ?? ''}`}</Code>
            </Collapse>
          </>
        )}
      </Stack>
    </Note>
  );
}
