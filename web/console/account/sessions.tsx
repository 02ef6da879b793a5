import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.ts';
import { tell } from '../../app/tell.ts';
import { useDeed } from '../../app/deed.ts';
import { dateTime } from '../../app/format.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { Session } from '../../client/types.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Section } from '../../ui/section.tsx';
import { browserOf } from './browser-of.ts';

const sessionsQuery = {
  queryKey: ['me', 'sessions'],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.get('/api/me/sessions', { signal }),
};

/** Where somebody is signed in, and how to end it there. */
export function Sessions() {
  const { t } = useTranslation('account');
  const { data, error } = useQuery(sessionsQuery);
  const end = useDeed(
    async (ids: readonly string[]) => {
      for (const id of ids) await api.delete('/api/me/sessions/{id}', { params: { id } });
      return ids.length;
    },
    { onDone: (count) => tell(t('sessions.ended', { count })) },
  );
  const others = data?.data.filter((session) => !session.current).map(({ id }) => id) ?? [];
  return (
    <Section
      title={t('sessions.title')}
      lead={t('sessions.lead')}
      aside={
        others.length > 0 && (
          <Button variant="default" onClick={() => end.mutate(others)} loading={end.isPending}>
            {t('sessions.endOthers', { count: others.length })}
          </Button>
        )
      }
    >
      {(error ?? end.error) !== null && <TroubleNote error={error ?? end.error} />}
      <DataTable
        caption={t('sessions.title')}
        expected={2}
        rows={data?.data}
        idOf={(row) => row.id}
        empty={null}
        columns={columnsOf(t, (id) => end.mutate([id]))}
      />
    </Section>
  );
}

function columnsOf(t: TFunction, end: (id: string) => void): Column<Session>[] {
  return [
    { key: 'where', head: t('sessions.where'), cell: (row) => <Where session={row} /> },
    { key: 'seen', head: t('sessions.seen'), cell: (row) => dateTime(row.lastSeenAt) },
    {
      key: 'end',
      head: t('actions'),
      end: true,
      cell: (row) =>
        row.current ? (
          <Badge variant="light" color="teal">
            {t('sessions.current')}
          </Badge>
        ) : (
          <Button
            variant="subtle"
            color="red"
            size="compact-sm"
            aria-label={t('sessions.endOne', { where: browserOf(row.userAgent) ?? row.ip ?? '' })}
            onClick={() => end(row.id)}
          >
            {t('sessions.end')}
          </Button>
        ),
    },
  ];
}

function Where({ session }: { readonly session: Session }) {
  const { t } = useTranslation('account');
  return (
    <Stack gap={0}>
      <Group gap="xs">{browserOf(session.userAgent) ?? t('sessions.unknown')}</Group>
      <Text size="sm" c="dimmed">
        {session.ip ?? ''}
      </Text>
    </Stack>
  );
}
