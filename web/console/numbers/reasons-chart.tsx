import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { count } from '../../app/format.ts';
import type { AnalyticsReason } from '../../client/types.ts';
import { Bars } from '../../ui/bars.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { ChartCard } from './chart-card.tsx';
import { partsQuery } from './numbers-query.ts';
import { lastMonth, type Range } from './range.ts';

/** Bars that still can be told apart; the table has all. */
const shownMax = 5;

/** Why payouts failed or came back, the most frequent first. */
export function ReasonsChart({ range = lastMonth }: { readonly range?: Range }) {
  const { t } = useTranslation('numbers');
  const { data, error } = useQuery(partsQuery(range));
  const reasons = data?.reasons ?? [];
  const all = reasons.reduce((sum, { count: n }) => sum + n, 0);
  const [first] = reasons;
  const sentence =
    first === undefined
      ? t('reasons.none', { days: range.days })
      : t('reasons.sentence', {
          count: all,
          payouts: count(all),
          days: range.days,
          words: first.words,
          first: count(first.count),
        });
  return (
    <ChartCard
      title={t('reasons.title')}
      sentence={data && sentence}
      error={error}
      chart={
        all > 0 && (
          <Bars
            bars={reasons.slice(0, shownMax).map(({ reason, status, words, count: n }) => ({
              key: `${reason} ${status}`,
              words,
              value: n,
              figure: count(n),
              color: 'red.7',
            }))}
          />
        )
      }
      table={
        <DataTable
          caption={t('reasons.title')}
          rows={data && reasons}
          idOf={({ reason, status }) => `${reason} ${status}`}
          columns={columnsOf(t)}
          empty={sentence}
        />
      }
    />
  );
}

function columnsOf(t: TFunction): Column<AnalyticsReason>[] {
  return [
    { key: 'words', head: t('reasons.why'), cell: ({ words }) => words },
    { key: 'fix', head: t('reasons.fix'), cell: ({ fix }) => fix },
    {
      key: 'count',
      head: t('payouts'),
      end: true,
      cell: ({ count: n, status }) => (
        <Anchor inherit renderRoot={(props) => <Link {...props} to="/payouts" search={{ status }} />}>
          {count(n)}
        </Anchor>
      ),
    },
  ];
}
