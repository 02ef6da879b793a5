import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { count, duration } from '../../app/format.ts';
import type { AnalyticsProvider } from '../../client/types.ts';
import { Bars } from '../../ui/bars.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { ChartCard } from './chart-card.tsx';
import { partsQuery } from './numbers-query.ts';
import { lastMonth, type Range } from './range.ts';

/** From made to arrived, by provider: half of them within the first figure, 95 of 100 within the second. */
export function TimesChart({ range = lastMonth }: { readonly range?: Range }) {
  const { t } = useTranslation('numbers');
  const { data, error } = useQuery(partsQuery(range));
  const providers = data?.providers ?? [];
  const sentence =
    providers.length === 0
      ? t('times.none', { days: range.days })
      : providers
          .map(({ provider, p50Seconds, p95Seconds }) =>
            t('times.sentence', {
              provider: providerName(t, provider),
              p50: duration(p50Seconds),
              p95: duration(p95Seconds),
            }),
          )
          .join(' ');
  return (
    <ChartCard
      title={t('times.title')}
      sentence={data && sentence}
      error={error}
      chart={
        providers.length > 0 && (
          <Bars
            bars={providers.flatMap(({ provider, p50Seconds, p95Seconds }) =>
              [
                { name: 'p50', value: p50Seconds, color: 'sea.5' },
                { name: 'p95', value: p95Seconds, color: 'sea.8' },
              ].map(({ name, value, color }) => ({
                key: `${provider} ${name}`,
                words: `${providerName(t, provider)}, ${t(`times.${name}`)}`,
                value,
                figure: duration(value),
                color,
              })),
            )}
          />
        )
      }
      table={
        <DataTable
          caption={t('times.title')}
          rows={data && providers}
          idOf={({ provider }) => provider}
          columns={columnsOf(t)}
          empty={sentence}
        />
      }
    />
  );
}

function providerName(t: TFunction, provider: string): string {
  return t(`providers.${provider}`, { defaultValue: provider });
}

function columnsOf(t: TFunction): Column<AnalyticsProvider>[] {
  return [
    { key: 'provider', head: t('times.provider'), cell: ({ provider }) => providerName(t, provider) },
    { key: 'count', head: t('times.arrived'), end: true, cell: ({ count: n }) => count(n) },
    { key: 'mean', head: t('times.mean'), end: true, cell: ({ meanSeconds }) => duration(meanSeconds) },
    { key: 'p50', head: t('times.p50'), end: true, cell: ({ p50Seconds }) => duration(p50Seconds) },
    { key: 'p95', head: t('times.p95'), end: true, cell: ({ p95Seconds }) => duration(p95Seconds) },
  ];
}
