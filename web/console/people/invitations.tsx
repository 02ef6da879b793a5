import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.ts';
import { tell } from '../../app/tell.ts';
import { useDeed } from '../../app/deed.ts';
import { dateTime } from '../../app/format.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { Invitation } from '../../client/types.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Section } from '../../ui/section.tsx';
import { invitationsQuery } from './people-query.ts';

/** Links that are out and were not used yet. */
export function Invitations() {
  const { t } = useTranslation('people');
  const { data, error } = useQuery(invitationsQuery);
  const end = useDeed((id: string) => api.delete('/people/invitations/{id}', { params: { id } }), {
    what: () => t('invitations.end'),
    onDone: () => tell(t('invitations.ended')),
  });
  return (
    <Section title={t('invitations.title')} lead={t('invitations.lead')}>
      {(error ?? end.error) !== null && <TroubleNote error={error ?? end.error} />}
      <DataTable
        caption={t('invitations.title')}
        rows={data?.data}
        idOf={(row) => row.id}
        columns={columnsOf(t, (id) => end.mutate(id))}
        empty={<Text c="dimmed">{t('invitations.none')}</Text>}
      />
    </Section>
  );
}

function columnsOf(t: TFunction, end: (id: string) => void): Column<Invitation>[] {
  return [
    { key: 'email', head: t('invite.email'), cell: ({ email }) => email },
    { key: 'role', head: t('columns.role'), cell: ({ role }) => t(`console:roles.${role}`) },
    { key: 'until', head: t('invitations.until'), cell: ({ expiresAt }) => dateTime(expiresAt) },
    {
      key: 'end',
      head: t('columns.deeds'),
      end: true,
      cell: ({ id, email }) => (
        <Button
          variant="subtle"
          color="red"
          size="compact-sm"
          aria-label={t('invitations.endOne', { email })}
          onClick={() => end(id)}
        >
          {t('invitations.end')}
        </Button>
      ),
    },
  ];
}
