import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { count, money } from '../../app/format.ts';
import type { AnalyticsMethod, AnalyticsPayee } from '../../client/types.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Section } from '../../ui/section.tsx';
import { partsQuery } from './numbers-query.ts';
import type { Range } from './range.ts';

/** Who was paid most, of each currency. */
export function TopPayees({ range }: { readonly range: Range }) {
  const { t } = useTranslation('numbers');
  const { data } = useQuery(partsQuery(range));
  return (
    <Section title={t('top.title')} lead={t('top.lead')}>
      <DataTable
        caption={t('top.title')}
        rows={data?.topPayees}
        idOf={({ payeeId, currency }) => `${payeeId} ${currency}`}
        columns={payeeColumns(t)}
        empty={t('top.none')}
      />
    </Section>
  );
}

function payeeColumns(t: TFunction): Column<AnalyticsPayee>[] {
  return [
    {
      key: 'payee',
      head: t('top.payee'),
      cell: ({ payeeId, name }) => (
        <Anchor inherit component={Link} to={`/payees/${encodeURIComponent(payeeId)}`}>
          {name === '' ? payeeId : name}
        </Anchor>
      ),
    },
    { key: 'count', head: t('payouts'), end: true, isCount: true, cell: ({ count: n }) => count(n) },
    {
      key: 'amount',
      head: t('top.amount'),
      end: true,
      cell: ({ amount, currency }) => money(amount, currency),
    },
  ];
}

/** Through which payout methods money went, and how well. */
export function ByMethod({ range }: { readonly range: Range }) {
  const { t } = useTranslation('numbers');
  const { data } = useQuery(partsQuery(range));
  return (
    <Section title={t('methods.title')} lead={t('methods.lead')}>
      <DataTable
        caption={t('methods.title')}
        rows={data?.methods}
        idOf={({ method, currency }) => `${method ?? ''} ${currency}`}
        columns={methodColumns(t)}
        empty={t('methods.none')}
      />
    </Section>
  );
}

function methodColumns(t: TFunction): Column<AnalyticsMethod>[] {
  return [
    {
      key: 'method',
      head: t('methods.method'),
      cell: ({ method }) =>
        method === null ? t('methods.unknown') : t(`methods.${method}`, { defaultValue: method }),
    },
    { key: 'count', head: t('payouts'), end: true, isCount: true, cell: ({ count: n }) => count(n) },
    {
      key: 'completed',
      head: t('places.arrived'),
      end: true,
      isCount: true,
      cell: ({ completed }) => count(completed),
    },
    {
      key: 'failed',
      head: t('places.lost'),
      end: true,
      isCount: true,
      cell: ({ failed }) => count(failed),
    },
    {
      key: 'amount',
      head: t('top.amount'),
      end: true,
      cell: ({ amount, currency }) => money(amount, currency),
    },
  ];
}
