import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { axisFigure, count, money } from '../../app/format.ts';
import type { Column } from '../../ui/data-table.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { StackedBars } from '../../ui/stacked-bars.tsx';
import { ChartCard } from './chart-card.tsx';
import { periodsQuery } from './numbers-query.ts';
import { periodWords } from './period-words.ts';
import { lastMonth, type Range } from './range.ts';
import { currenciesOf, drawn, type PeriodSums, places, sentByPeriod, sentOf, totalOf } from './sums.ts';

const colors = { arrived: 'teal.7', onItsWay: 'sea.5', unclaimed: 'orange.6', lost: 'red.7' } as const;

/** Sent value by day and by where it is, one currency at a time. */
export function SentChart({ range = lastMonth }: { readonly range?: Range }) {
  const { t } = useTranslation('numbers');
  const { data, error } = useQuery(periodsQuery(range));
  const [chosen, setChosen] = useState<string | null>(null);
  const known = data ? currenciesOf(data) : [];
  const currency = known.find((code) => code === chosen) ?? known[0];
  const rows = data && currency !== undefined ? sentByPeriod(data, range.by, currency) : [];
  const total = totalOf(rows);
  const hasSent = currency !== undefined && total.count > 0;
  const sentence = hasSent
    ? t('sent.sentence', {
        count: total.count,
        payouts: count(total.count),
        days: range.days,
        sent: money(sentOf(total), currency),
        arrived: money(total.arrived, currency),
        onItsWay: money(total.onItsWay + total.unclaimed, currency),
        lost: money(total.lost, currency),
      })
    : t('sent.none', { days: range.days });
  return (
    <ChartCard
      title={t('sent.title')}
      sentence={data && sentence}
      error={error}
      aside={
        known.length > 1 && (
          <NativeSelect
            aria-label={t('currency')}
            size="xs"
            value={currency ?? ''}
            data={known}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
        )
      }
      chart={
        hasSent && (
          <StackedBars
            rows={rows.map(({ period, sums }) => ({
              name: periodWords(range.by, period),
              parts: Object.fromEntries(places.map((place) => [place, drawn(sums[place], currency)])),
              words: places
                .filter((place) => sums[place] > 0n)
                .map((place) => `${t(`places.${place}`)}: ${money(sums[place], currency)}`),
            }))}
            series={places.map((name) => ({ name, label: t(`places.${name}`), color: colors[name] }))}
            format={axisFigure}
          />
        )
      }
      table={
        <DataTable
          caption={t('sent.title')}
          rows={rows.filter(({ sums }) => sums.count > 0)}
          idOf={({ period }) => period}
          columns={columnsOf(t, range, currency ?? '')}
          empty={sentence}
        />
      }
    />
  );
}

function columnsOf(t: TFunction, range: Range, currency: string): Column<PeriodSums>[] {
  return [
    { key: 'period', head: t(`by.${range.by}`), cell: ({ period }) => periodWords(range.by, period) },
    { key: 'count', head: t('payouts'), end: true, cell: ({ sums }) => count(sums.count) },
    ...places.map((place) => ({
      key: place,
      head: t(`places.${place}`),
      end: true,
      cell: ({ sums }: PeriodSums) => money(sums[place], currency),
    })),
  ];
}
