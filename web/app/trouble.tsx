import { Button, Code, Collapse, List, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { Note } from '../ui/note.tsx';
import { isProblem, troubleOf } from './api.ts';
import { isTurnedAway } from './passkey.ts';

/** What a form calls the fields of what it sends; null: what is wrong with it stands at the field, and is not said twice. */
export type FieldNames = Readonly<Record<string, string | null>>;

const none: FieldNames = {};

interface TroubleProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
  readonly fields?: FieldNames;
}

/** An error in full: what happened, whether anything changed, what to do; codes under Details. */
export function TroubleNote({ error, ...rest }: TroubleProps) {
  const { t } = useTranslation('common');
  if (isProblem(error, 'second_factor_missing')) return <FactorMissing />;
  if (isTurnedAway(error)) return <Note tone="info" urgent title={t('trouble.turnedAway')} />;
  return <Whole error={error} {...rest} />;
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

function Whole({ error, onRetry, fields = none }: TroubleProps) {
  const { t } = useTranslation('common');
  const [open, { toggle }] = useDisclosure(false);
  const trouble = troubleOf(error);
  const faults = (trouble?.fields ?? []).map(({ path, message }) => ({
    name: nameOf(path, fields),
    message,
  }));
  const elsewhere = faults.filter(({ name }) => name !== null);
  const areAtFields = faults.length > 0 && elsewhere.length === 0;
  return (
    <Note tone="bad" urgent title={trouble?.happened ?? t('trouble.noAnswer')}>
      <Stack gap="xs" align="flex-start">
        {!areAtFields && <Text>{trouble?.todo ?? t('trouble.noAnswerTodo')}</Text>}
        {elsewhere.length > 0 && (
          <List size="sm">
            {elsewhere.map(({ name, message }) => (
              <List.Item key={`${name} ${message}`}>{t('named', { name, words: message })}</List.Item>
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

/** As the form calls it: by its whole path, or by the part of the form it lies in. */
function nameOf(path: string, fields: FieldNames): string | null {
  const [part = path] = path.split('.');
  const known = path in fields ? fields[path] : fields[part];
  return known === undefined ? path : known;
}
