import { Anchor, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFilters } from '../../app/filters.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { Payee } from '../../client/types.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/empty.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { linkTo } from '../payouts/links.ts';
import { PayeeState } from './payee-state.tsx';
import { type CanBePaid, isCanBePaid, usePayees } from './payees-query.ts';

const typingMs = 250;

/** Everybody who is paid. */
export function PayeesPage() {
  const { t } = useTranslation('payees');
  const [{ q = '', canBePaid: asked = '' }, change] = useFilters();
  const canBePaid = isCanBePaid(asked) ? asked : '';
  const type = useDebouncedCallback((text: string) => change({ q: text }), typingMs);
  const found = usePayees(q, canBePaid);
  const { data, error, refetch } = found;
  const rows = data?.pages.flatMap((page) => page.data);
  const columns = useColumns();
  return (
    <>
      <PageHead title={t('payees')} lead={t('lead')} />
      <Group align="flex-end" mb="md">
        <TextInput
          type="search"
          label={t('search')}
          placeholder={t('searchHint')}
          miw={{ base: '100%', xs: 360 }}
          defaultValue={q}
          onChange={(event) => type(event.currentTarget.value.trim())}
        />
        <NativeSelect
          label={t('filter.label')}
          value={canBePaid}
          onChange={(event) => change({ canBePaid: event.currentTarget.value })}
          data={(['', 'true', 'false'] as const).map((value) => ({
            value,
            label: t(`filter.${nameOf(value)}`),
          }))}
        />
      </Group>
      {error !== null && rows === undefined ? (
        <TroubleNote error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable<Payee>
          caption={t('payees')}
          columns={columns}
          rows={rows}
          idOf={({ id }) => id}
          empty={
            canBePaid === '' ? (
              <Empty title={q === '' ? t('empty') : t('notFound', { q })}>{t('emptyWords')}</Empty>
            ) : (
              <Empty title={t(`nobody.${nameOf(canBePaid)}`)}>{t('nobody.words')}</Empty>
            )
          }
        />
      )}
      <MoreButton list={found}>{t('more')}</MoreButton>
    </>
  );
}

function nameOf(filter: CanBePaid) {
  if (filter === '') return 'all';
  return filter === 'true' ? 'can' : 'cannot';
}

function useColumns(): Column<Payee>[] {
  const { t } = useTranslation('payees');
  return [
    {
      key: 'name',
      head: t('columns.name'),
      cell: (payee) => (
        <Anchor component={Link} {...linkTo.payee(payee.externalId)} fw={600}>
          {payee.name || payee.externalId}
        </Anchor>
      ),
    },
    { key: 'id', head: t('columns.id'), cell: ({ externalId }) => <Text size="sm">{externalId}</Text> },
    {
      key: 'method',
      head: t('columns.method'),
      cell: ({ payoutMethod: method }) =>
        method === null ? (
          <Text size="sm" c="var(--mantine-color-error)">
            {t('noMethod')}
          </Text>
        ) : (
          <Text size="sm">{`${t(`types.${method.type}`)} ${method.destination}`}</Text>
        ),
    },
    { key: 'state', head: t('columns.state'), cell: (payee) => <PayeeState payee={payee} />, wide: true },
  ];
}
