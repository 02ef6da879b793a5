import { Anchor, Badge, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFilters } from '../../app/filters.ts';
import { dateTime } from '../../app/format.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { Payee } from '../../client/types.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/empty.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { linkTo } from '../payouts/links.ts';
import { usePayees } from './payees-query.ts';

const typingMs = 250;

/** Everybody who is paid. */
export function PayeesPage() {
  const { t } = useTranslation('payees');
  const [{ q = '' }, change] = useFilters();
  const type = useDebouncedCallback((text: string) => change({ q: text }), typingMs);
  const found = usePayees(q);
  const { data, error, refetch } = found;
  const rows = data?.pages.flatMap((page) => page.data);
  const columns = useColumns();
  return (
    <>
      <PageHead title={t('payees')} lead={t('lead')} />
      <TextInput
        type="search"
        label={t('search')}
        placeholder={t('searchHint')}
        maw={480}
        mb="md"
        defaultValue={q}
        onChange={(event) => type(event.currentTarget.value.trim())}
      />
      {error !== null && rows === undefined ? (
        <TroubleNote error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable<Payee>
          caption={t('payees')}
          columns={columns}
          rows={rows}
          idOf={({ id }) => id}
          empty={<Empty title={q === '' ? t('empty') : t('notFound', { q })}>{t('emptyWords')}</Empty>}
        />
      )}
      <MoreButton list={found}>{t('more')}</MoreButton>
    </>
  );
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
    { key: 'state', head: t('columns.state'), cell: (payee) => <PayeeState payee={payee} /> },
  ];
}

/** Whether something keeps money back from them, in a word; the payee's page says all of it. */
function PayeeState({ payee }: { readonly payee: Payee }) {
  const { t } = useTranslation('payees');
  const { payoutMethod: method, hold } = payee;
  const usableFrom = method?.usableFrom ?? null;
  if (payee.status === 'blocked') return <State color="red" words={t('states.blocked')} />;
  if (method?.frozen === true) return <State color="red" words={t('states.frozen')} />;
  if (hold !== null)
    return (
      <State
        color="orange"
        words={
          hold.until === null ? t('states.onHold') : t('states.onHoldUntil', { until: dateTime(hold.until) })
        }
      />
    );
  if (method === null) return <State color="orange" words={t('states.noMethod')} />;
  if (usableFrom !== null)
    return <State color="orange" words={t('states.coolingOff', { until: dateTime(usableFrom) })} />;
  return <State color="teal" words={t('states.ready')} />;
}

function State({ color, words }: { readonly color: string; readonly words: string }) {
  return (
    <Badge color={color} variant="light" tt="none" miw="max-content">
      {words}
    </Badge>
  );
}
