import { Anchor, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { count, dateTime } from '../../app/format.ts';
import type { Batch } from '../../client/types.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { BatchBadge } from '../batches/batch-badge.tsx';
import { summaryQuery } from '../batches/batch-query.ts';
import { bucketColors, buckets } from '../batches/buckets.ts';
import { Dot } from '../batches/outcome-bar.tsx';
import { Section } from '../../ui/section.tsx';
import { starter } from '../batches/starter.ts';

/** The newest batches, whatever became of them. */
export function LastRuns({ batches }: { readonly batches: readonly Batch[] }) {
  const { t } = useTranslation('status');
  return (
    <Section title={t('runs.title')}>
      <DataTable
        caption={t('runs.title')}
        rows={batches}
        idOf={({ id }) => id}
        empty={<Text c="dimmed">{t('runs.none')}</Text>}
        columns={runColumns(t)}
      />
    </Section>
  );
}

function runColumns(t: TFunction): Column<Batch>[] {
  return [
    {
      key: 'batch',
      head: t('runs.run'),
      cell: (batch) => (
        <div>
          <Anchor component={Link} to={`/batches/${batch.id}`} fw={600}>
            {batch.cycleId === null ? t('active.noCycle') : t('active.cycle', { id: batch.cycleId })}
          </Anchor>
          <Text size="sm" c="dimmed">
            {t('active.started', { by: starter(batch.startedBy), at: dateTime(batch.createdAt) })}
          </Text>
        </div>
      ),
    },
    { key: 'status', head: t('runs.status'), cell: (batch) => <BatchBadge status={batch.status} /> },
    { key: 'outcome', head: t('runs.outcome'), wide: true, cell: (batch) => <Outcome batchId={batch.id} /> },
    {
      key: 'total',
      head: t('runs.payouts'),
      end: true,
      isCount: true,
      cell: (batch) => count(batch.totalItems),
    },
  ];
}

/** How many of a batch had each outcome, in one line. */
export function Outcome({ batchId }: { readonly batchId: string }) {
  const { t } = useTranslation('batches');
  const { data } = useQuery(summaryQuery(batchId));
  if (data === undefined) return <Skeleton h={20} w={160} />;
  return (
    <Text component="span" size="sm">
      {buckets
        .filter((bucket) => data[bucket] > 0)
        .map((bucket) => (
          <Text key={bucket} component="span" size="sm" me="md" style={{ whiteSpace: 'nowrap' }}>
            <Dot color={bucketColors[bucket]} />
            {t(`bar.part.${bucket}`, { count: data[bucket], n: count(data[bucket]) })}
          </Text>
        ))}
    </Text>
  );
}
