import { Badge, Stack, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import { dateTime } from '../../app/format.ts';
import type { Person } from '../../client/types.ts';
import type { Column } from '../../ui/data-table.tsx';
import { PersonDeeds } from './person-deeds.tsx';

/** `owners`: how many active ones there are; the last one stays. */
export function peopleColumns(t: TFunction, owners: number): Column<Person>[] {
  return [
    { key: 'name', head: t('columns.name'), cell: (person) => <Name person={person} /> },
    { key: 'role', head: t('columns.role'), cell: ({ role }) => t(`console:roles.${role}`) },
    { key: 'status', head: t('columns.status'), cell: (person) => <Status t={t} person={person} /> },
    { key: 'factors', head: t('columns.factors'), cell: (person) => factorWords(t, person) },
    {
      key: 'seen',
      head: t('columns.seen'),
      cell: ({ lastSeenAt }) => (lastSeenAt === null ? t('never') : dateTime(lastSeenAt)),
    },
    {
      key: 'deeds',
      head: t('columns.deeds'),
      end: true,
      cell: (person) => <PersonDeeds person={person} isLastOwner={owners === 1 && person.role === 'owner'} />,
    },
  ];
}

function Name({ person }: { readonly person: Person }) {
  return (
    <Stack gap={0}>
      <Text fw={600} inherit>
        {person.name === '' ? person.email : person.name}
      </Text>
      {person.name !== '' && (
        <Text size="sm" c="dimmed">
          {person.email}
        </Text>
      )}
    </Stack>
  );
}

function Status({ t, person }: { readonly t: TFunction; readonly person: Person }) {
  if (person.status === 'removed')
    return (
      <Badge variant="light" color="gray">
        {t('status.removed')}
      </Badge>
    );
  const isNew = person.mustChangePassword;
  return (
    <Badge variant="light" color={isNew ? 'orange' : 'teal'}>
      {t(isNew ? 'status.oneTime' : 'status.active')}
    </Badge>
  );
}

function factorWords(t: TFunction, { secondFactors: { totp, passkeys } }: Person) {
  const words = [
    ...(totp ? [t('factors.app')] : []),
    ...(passkeys > 0 ? [t('factors.passkeys', { count: passkeys })] : []),
  ];
  if (words.length > 0) return words.join(', ');
  return (
    <Text c="red" size="sm" component="span">
      {t('factors.none')}
    </Text>
  );
}
