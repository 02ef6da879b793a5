import { Anchor, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Filters, useFilters } from '../../app/filters.ts';
import { count, moneyList } from '../../app/format.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { Payout } from '../../client/types.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/empty.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { PayApproved } from '../approvals/pay-approved.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { usePayoutColumns } from './payout-columns.tsx';
import { PayoutFilters } from './payout-filters.tsx';
import { statesOf, usePayoutCounts, usePayouts, viewOf } from './payouts-query.ts';

const none: ReadonlySet<string> = new Set();

/** Every payout: found, filtered, and done something to together. */
export function PayoutsPage() {
  const { t } = useTranslation('payouts');
  const [filters, change] = useFilters();
  const [chosen, setChosen] = useState(none);
  const found = usePayouts(filters);
  const { data, error, refetch } = found;
  const rows = data?.pages.flatMap((page) => page.data);
  const columns = usePayoutColumns({ withPayee: true });
  const names = new Map(rows?.map(({ id, payeeName }) => [id, payeeName]));
  const picked = rows?.filter(({ id }) => chosen.has(id)) ?? [];
  return (
    <>
      <PageHead title={t('payouts')} lead={t('lead')} actions={<ExportLinks filters={filters} />} />
      <PayoutFilters
        filters={filters}
        onChange={(next) => {
          setChosen(none);
          change(next);
        }}
      />
      {viewOf(filters) === 'scheduled' && <PayApproved />}
      <Sum filters={filters} />
      {picked.length > 0 && <BulkBar chosen={picked} onDone={() => setChosen(none)} />}
      {error !== null && rows === undefined ? (
        <TroubleNote error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable<Payout>
          caption={t('payouts')}
          columns={columns}
          rows={rows}
          idOf={({ id }) => id}
          selection={{
            chosen,
            onChange: setChosen,
            labelAll: t('chooseAll'),
            labelRow: (id) => t('choose', { name: names.get(id) ?? id }),
          }}
          empty={<Empty title={t(`empty.${viewOf(filters) ?? 'all'}`)}>{t('empty.words')}</Empty>}
        />
      )}
      <MoreButton list={found}>{t('more')}</MoreButton>
    </>
  );
}

/** How many the filters find, and how much that is; currencies are never added. */
function Sum({ filters }: { readonly filters: Filters }) {
  const { t } = useTranslation('payouts');
  const { data } = usePayoutCounts(filters);
  if (data === undefined || data.total === 0) return null;
  const said = { count: data.total, number: count(data.total), total: moneyList(data.totals) };
  return (
    <Text c="dimmed" className="amount" mb="xs" style={{ whiteSpace: 'normal' }}>
      {t(data.capped ? 'sumAtLeast' : 'sum', said)}
    </Text>
  );
}

/** The server's own file, one per state of the view. */
function ExportLinks({ filters }: { readonly filters: Filters }) {
  const { t } = useTranslation('payouts');
  const states = statesOf(filters);
  const { payee: payeeId = '', cycle: cycleId = '' } = filters;
  const asked = (status: string) =>
    new URLSearchParams(
      Object.entries({ status, payeeId, cycleId }).filter(([, value]) => value !== ''),
    ).toString();
  return (states.length === 0 ? [''] : states).map((state) => (
    <Anchor
      key={state}
      className="link-target"
      href={`/api/admin/payouts/export.csv?${asked(state)}`}
      download
      size="sm"
    >
      {state === '' ? t('csv') : t('csvOf', { state: t(`states.${state}`) })}
    </Anchor>
  ));
}
