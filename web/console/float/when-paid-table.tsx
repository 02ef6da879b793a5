import { Anchor, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { count, money } from '../../app/format.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Money } from '../../ui/money.tsx';
import type { Account } from './float-query.ts';
import { type WhenPaid, whenPaidOf } from './projection.ts';

/** What needs a person to be paid, each as if it were paid next. */
export function WhenPaidTable({ account }: { readonly account: Account }) {
  const { t } = useTranslation('float');
  const rows = whenPaidOf(account);
  if (rows.length === 0) return null;
  return (
    <Stack gap="xs">
      <Title order={3}>{t('whenPaid.title')}</Title>
      <DataTable
        caption={t('whenPaid.title')}
        rows={rows}
        idOf={({ kind, id }) => kind + id}
        empty={null}
        columns={columns(account.currency, t)}
      />
    </Stack>
  );
}

function columns(currency: string, t: TFunction): Column<WhenPaid>[] {
  return [
    {
      key: 'what',
      head: t('whenPaid.what'),
      cell: (row) => (
        <div>
          <Anchor component={Link} {...placeOf(row)} fw={600}>
            {t(`whenPaid.${row.kind}`, { name: row.name })}
          </Anchor>
          {isNews(row) && (
            <Text c="dimmed" size="sm" maw={420}>
              {row.kind === 'cycle' ? row.words : t(`whenPaid.${row.kind}Words`)}
            </Text>
          )}
        </div>
      ),
    },
    {
      key: 'needed',
      head: t('figure.needed'),
      end: true,
      cell: (row) => <Money>{money(row.needed, currency)}</Money>,
    },
    {
      key: 'after',
      head: t('figure.after'),
      end: true,
      cell: (row) =>
        row.after === null ? (
          t('figure.unknown')
        ) : (
          <Money c={row.after < 0n ? 'var(--mantine-color-error)' : 'inherit'}>
            {money(row.after, currency)}
          </Money>
        ),
    },
    { key: 'count', head: t('whenPaid.count'), end: true, cell: (row) => count(Number(row.count)) },
  ];
}

/** The columns say the same of a cycle that is covered. */
function isNews({ kind, after }: WhenPaid): boolean {
  return kind !== 'cycle' || after === null || after < 0n;
}

/** Where it is paid or decided. */
function placeOf({ kind, id }: WhenPaid) {
  if (kind === 'cycle') return { to: `/cycles/${encodeURIComponent(id)}` };
  if (kind === 'requested') return { to: '/approvals' };
  return { to: '/payouts', search: { status: 'approved' } as never };
}
