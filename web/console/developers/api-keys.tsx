import { Button, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.ts';
import { tell } from '../../app/tell.ts';
import { useDeed } from '../../app/deed.ts';
import { useFilters } from '../../app/filters.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { ApiKey } from '../../client/types.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Section } from '../../ui/section.tsx';
import { keyColumns } from './key-columns.tsx';
import { MakeKey } from './make-key.tsx';

const keysPerPage = 50;

/** Keys of programs: made here, shown once, revoked here. */
export function ApiKeys() {
  const { t } = useTranslation('developers');
  const [filters, change] = useFilters();
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const keys = useInfiniteQuery({
    queryKey: ['keys'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.get('/api-keys', { query: { limit: keysPerPage, cursor: pageParam }, signal }),
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  return (
    <Section
      title={t('keys.title')}
      lead={t('keys.lead')}
      aside={
        <Button leftSection={<Icon name="add" />} onClick={() => change({ make: '1' })}>
          {t('keys.make')}
        </Button>
      }
    >
      {keys.error !== null && <TroubleNote error={keys.error} onRetry={() => void keys.refetch()} />}
      <DataTable
        caption={t('keys.title')}
        rows={keys.data?.pages.flatMap(({ data }) => data)}
        idOf={(key) => key.id}
        columns={keyColumns(t, setRevoking)}
        empty={<Empty title={t('keys.none')}>{t('keys.noneWords')}</Empty>}
      />
      <MoreButton list={keys}>{t('more')}</MoreButton>
      <MakeKey opened={filters['make'] === '1'} onClose={() => change({ make: '' })} />
      {revoking !== null && <Revoke apiKey={revoking} onClose={() => setRevoking(null)} />}
    </Section>
  );
}

function Revoke({ apiKey, onClose }: { readonly apiKey: ApiKey; readonly onClose: () => void }) {
  const { t } = useTranslation('developers');
  const revoke = useDeed((id: string) => api.delete('/api-keys/{id}', { params: { id } }), {
    what: () => t('revoke.title', { name: apiKey.name }),
    onDone: () => {
      tell(t('revoke.done', { name: apiKey.name }));
      onClose();
    },
  });
  return (
    <Confirm
      opened
      danger
      onClose={onClose}
      title={t('revoke.title', { name: apiKey.name })}
      confirm={t('revoke.confirm')}
      cancel={t('cancel')}
      onConfirm={() => revoke.mutate(apiKey.id)}
      pending={revoke.isPending}
    >
      {revoke.error !== null && <TroubleNote error={revoke.error} />}
      <Text>{t('revoke.words')}</Text>
    </Confirm>
  );
}
