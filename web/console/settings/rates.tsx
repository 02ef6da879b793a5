import { Stack } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.ts';
import { shown } from '../../app/decimals.ts';
import { dateTime } from '../../app/format.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { FxRate } from '../../client/types.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/empty.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { Section } from '../../ui/section.tsx';
import { EnterRate } from './enter-rate.tsx';
import { starter } from '../batches/starter.ts';

const ratesPerPage = 10;

/** By which rates balances are paid in other currencies; none is ever changed, a newer one takes its place. */
export function Rates() {
  const { t } = useTranslation('settings');
  const rates = useInfiniteQuery({
    queryKey: ['rates'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.get('/fx-rates', { query: { limit: ratesPerPage, cursor: pageParam }, signal }),
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  return (
    <div id="rates">
      <Section title={t('rates.title')} lead={t('rates.lead')}>
        <Stack>
          {rates.error !== null && <TroubleNote error={rates.error} />}
          <DataTable
            caption={t('rates.title')}
            rows={rates.data?.pages.flatMap(({ data }) => data)}
            idOf={(rate) => rate.id}
            columns={columnsOf(t)}
            empty={<Empty title={t('rates.none')}>{t('rates.noneWords')}</Empty>}
          />
          <MoreButton list={rates}>{t('more')}</MoreButton>
          <EnterRate />
        </Stack>
      </Section>
    </div>
  );
}

function columnsOf(t: TFunction): Column<FxRate>[] {
  return [
    { key: 'pair', head: t('rates.pair'), cell: ({ from, to }) => t('rates.pairWords', { from, to }) },
    { key: 'rate', head: t('rates.rate'), end: true, cell: ({ rate }) => shown(rate) },
    { key: 'source', head: t('rates.source'), cell: ({ source }) => source },
    { key: 'at', head: t('rates.at'), cell: ({ at }) => dateTime(at) },
    { key: 'by', head: t('rates.by'), cell: ({ enteredBy }) => starter(enteredBy) },
  ];
}
