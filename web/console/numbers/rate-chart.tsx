import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { count, duration, share } from '../../app/format.ts';
import type { AnalyticsPeriod } from '../../client/types.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Line } from '../../ui/line.tsx';
import { ChartCard } from './chart-card.tsx';
import { periodsQuery } from './numbers-query.ts';
import { periodWords } from './period-words.ts';
import { lastMonth, type Range } from './range.ts';

/** Lines of the chart, from nothing to all. */
const quarters = [0, 0.25, 0.5, 0.75, 1];

/** Of what ended, how much arrived; with how long it took and how often it was tried again in the table. */
export function RateChart({ range = lastMonth }: { readonly range?: Range }) {
  const { t } = useTranslation('numbers');
  const { data, error } = useQuery(periodsQuery(range));
  const ended = data?.periods.filter(({ successRate }) => successRate !== null) ?? [];
  const sentence = ended.length === 0 ? t('rate.none', { days: range.days }) : rateWords(t, ended, range);
  return (
    <ChartCard
      title={t('rate.title')}
      sentence={data && sentence}
      error={error}
      chart={
        ended.length > 0 && (
          <Line
            points={ended.map(({ period, successRate }) => ({
              name: periodWords(range.by, period),
              value: successRate ?? 0,
              words: [share(successRate ?? 0)],
            }))}
            ticks={quarters}
            color="teal.7"
            format={share}
          />
        )
      }
      table={
        <DataTable
          caption={t('rate.title')}
          rows={data?.periods}
          idOf={({ period }) => period}
          columns={columnsOf(t, range)}
          empty={sentence}
        />
      }
    />
  );
}

function endedOf({ states }: AnalyticsPeriod, ...wanted: string[]): number {
  return states.reduce((sum, { status, count: n }) => sum + (wanted.includes(status) ? n : 0), 0);
}

function rateWords(t: TFunction, ended: readonly AnalyticsPeriod[], range: Range): string {
  const all = ended.reduce((sum, period) => sum + endedOf(period, 'completed', 'failed', 'returned'), 0);
  const arrived = ended.reduce((sum, period) => sum + endedOf(period, 'completed'), 0);
  const [worst] = ended.toSorted((one, other) => (one.successRate ?? 1) - (other.successRate ?? 1));
  const whole = t('rate.sentence', { rate: share(arrived / all), count: all, payouts: count(all) });
  if (worst === undefined || worst.successRate === 1 || ended.length === 1) return whole;
  const when = periodWords(range.by, worst.period);
  return `${whole} ${t('rate.worst', { when, rate: share(worst.successRate ?? 0) })}`;
}

function columnsOf(t: TFunction, range: Range): Column<AnalyticsPeriod>[] {
  const time = (seconds: number | null) => (seconds === null ? t('noFigure') : duration(seconds));
  return [
    { key: 'period', head: t(`by.${range.by}`), cell: ({ period }) => periodWords(range.by, period) },
    { key: 'total', head: t('payouts'), end: true, cell: ({ total }) => count(total) },
    {
      key: 'success',
      head: t('rate.success'),
      end: true,
      cell: ({ successRate }) => (successRate === null ? t('noFigure') : share(successRate)),
    },
    {
      key: 'failure',
      head: t('rate.failure'),
      end: true,
      cell: ({ failureRate }) => (failureRate === null ? t('noFigure') : share(failureRate)),
    },
    { key: 'retries', head: t('rate.retries'), end: true, cell: ({ retries }) => count(retries) },
    { key: 'mean', head: t('times.mean'), end: true, cell: ({ meanSeconds }) => time(meanSeconds) },
    { key: 'p50', head: t('times.p50'), end: true, cell: ({ p50Seconds }) => time(p50Seconds) },
    { key: 'p95', head: t('times.p95'), end: true, cell: ({ p95Seconds }) => time(p95Seconds) },
  ];
}
