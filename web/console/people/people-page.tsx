import { Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFilters } from '../../app/filters.ts';
import { useMay } from '../../app/me.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Note } from '../../ui/note.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { Section } from '../../ui/section.tsx';
import { Invitations } from './invitations.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { peopleColumns } from './people-columns.tsx';
import { peopleQuery } from './people-query.ts';
import { RolesNote } from './roles-note.tsx';

/** The team: who may what, how they prove themselves, and how somebody comes and goes. */
export function PeoplePage() {
  const { t } = useTranslation('people');
  const mayOwn = useMay('own');
  if (!mayOwn)
    return (
      <>
        <PageHead title={t('title')} />
        <Note tone="info" title={t('ownersOnly.title')}>
          {t('ownersOnly.words')}
        </Note>
      </>
    );
  return <Team />;
}

function Team() {
  const { t } = useTranslation('people');
  const { data, error, refetch } = useQuery(peopleQuery);
  const [filters, setFilters] = useFilters();
  const people = data?.data;
  const owners = people?.filter(({ role, status }) => role === 'owner' && status === 'active').length ?? 0;
  return (
    <>
      <PageHead
        title={t('title')}
        lead={t('lead')}
        actions={
          <Button leftSection={<Icon name="add" />} onClick={() => setFilters({ invite: '1' })}>
            {t('invite.open')}
          </Button>
        }
      />
      <Stack gap="lg">
        {error !== null && <TroubleNote error={error} onRetry={() => void refetch()} />}
        <Section title={t('members')}>
          {owners === 1 && <Note tone="info">{t('lastOwner')}</Note>}
          <DataTable
            caption={t('members')}
            rows={people}
            idOf={(person) => person.id}
            columns={peopleColumns(t, owners)}
            empty={null}
          />
        </Section>
        <Invitations />
        <RolesNote />
      </Stack>
      <InviteDialog opened={filters['invite'] === '1'} onClose={() => setFilters({ invite: '' })} />
    </>
  );
}
