import { Button, Code, Collapse, List, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { Note } from '../ui/note.tsx';
import { isProblem, troubleOf } from './api.ts';
import { type FieldNames, fieldOf } from './form-fields.ts';
import { isTurnedAway } from './passkey.ts';

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
  const faults = (trouble?.fields ?? []).map((one) => ({ ...one, name: fieldOf(one.path, fields) }));
  const named = faults.filter(({ name }) => typeof name === 'string');
  // What no field shows has a name for programs alone: it stands under Details.
  const unseen = faults.filter(({ name }) => name === undefined);
  const areAtFields = faults.length > 0 && named.length === 0;
  return (
    <Note tone="bad" urgent title={trouble?.happened ?? t('trouble.noAnswer')}>
      <Stack gap="xs" align="flex-start">
        {unseen.length > 0 && <Text>{t('trouble.unseen')}</Text>}
        {!areAtFields && <Text>{trouble?.todo ?? t('trouble.noAnswerTodo')}</Text>}
        {named.length > 0 && (
          <List size="sm">
            {named.map(({ name, message }) => (
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
            <Button
              variant="subtle"
              size="compact-sm"
              px={4}
              ms={-4}
              style={{ alignSelf: 'flex-start' }}
              onClick={toggle}
              aria-expanded={open}
            >
              {t('details')}
            </Button>
            <Collapse expanded={open}>
              <Code block>
                {[
                  trouble.code,
                  trouble.requestId,
                  ...unseen.map(({ path, message }) => `${path} ${message}`),
                ].join('\n')}
              </Code>
            </Collapse>
          </>
        )}
      </Stack>
    </Note>
  );
}
