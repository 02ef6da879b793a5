import { List, Radio, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { dateTime } from '../../app/format.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { ApiKey, Person } from '../../client/types.ts';
import { leftKeysQuery } from './people-query.ts';

/** What becomes of the keys that somebody made. */
const choices = ['revoke', 'keep'] as const;
export type KeysChoice = (typeof choices)[number];

interface LeftKeysProps {
  readonly person: Person;
  readonly name: string;
  readonly value: KeysChoice | null;
  readonly onChange: (choice: KeysChoice) => void;
}

/** The keys of whoever leaves that still work, and the question what becomes of them; nothing when there are none. */
export function LeftKeys({ person, name, value, onChange }: LeftKeysProps) {
  const { t } = useTranslation('people');
  const { data, error, refetch } = useQuery(leftKeysQuery(person.id));
  if (error !== null) return <TroubleNote error={error} onRetry={() => void refetch()} />;
  const keys = data?.data ?? [];
  if (keys.length === 0) return null;
  return (
    <Stack gap="xs">
      <Text>{t('keys.words', { count: keys.length, name })}</Text>
      <List size="sm">
        {keys.map((key) => (
          <List.Item key={key.id}>{t('keys.one', factsOf(key, t('never')))}</List.Item>
        ))}
      </List>
      {data?.nextCursor !== null && <Text size="sm">{t('keys.more')}</Text>}
      <Radio.Group
        label={t('keys.question')}
        value={value}
        onChange={(chosen) => {
          const choice = choices.find((one) => one === chosen);
          if (choice) onChange(choice);
        }}
      >
        <Stack gap="sm" mt="xs">
          {choices.map((one) => (
            <Radio key={one} value={one} label={t(`keys.${one}`)} description={t(`keys.${one}Words`)} />
          ))}
        </Stack>
      </Radio.Group>
    </Stack>
  );
}

function factsOf({ name, prefix, lastUsedAt }: ApiKey, never: string) {
  return { key: name, prefix, used: lastUsedAt === null ? never : dateTime(lastUsedAt) };
}

/** Why nothing can be done yet: what is left behind is still being looked up, or nobody has said what becomes of it. */
export function useUndecided(person: Person, leaves: boolean, choice: KeysChoice | null): string | undefined {
  const { t } = useTranslation('people');
  const { data } = useQuery({ ...leftKeysQuery(person.id), enabled: leaves });
  if (!leaves || choice !== null || data?.data.length === 0) return undefined;
  return t(data ? 'keys.undecided' : 'keys.looking');
}
