import { Anchor, Group, Paper, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { dateTime } from '../../app/format.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { BatchProgress, BatchSummary } from '../../client/types.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { BatchBadge } from './batch-badge.tsx';
import { batchQuery, isOver, summaryQuery } from './batch-query.ts';
import { bucketTotals } from './buckets.ts';
import { CancelBatch } from './cancel-batch.tsx';
import { CsvMenu } from './csv-menu.tsx';
import { Items } from './items.tsx';
import { Outcome } from './outcome.tsx';
import { Reasons } from './reasons.tsx';
import { ReconcileBatch } from './reconcile-batch.tsx';
import { RetryFailed } from './retry-failed.tsx';
import { Submissions } from './submissions.tsx';
import { starter } from './starter.ts';

/** One batch: how far it is, what became of everybody, and what can be done. */
export function BatchPage() {
  const { t } = useTranslation('batches');
  const { batchId = '' } = useParams({ strict: false });
  const batch = useQuery(batchQuery(batchId));
  const summary = useQuery({ ...summaryQuery(batchId, batch.data?.pollVersion), enabled: batch.isSuccess });
  if (batch.error !== null && batch.data === undefined)
    return (
      <>
        <PageHead title={t('title')} />
        <TroubleNote error={batch.error} onRetry={() => void batch.refetch()} />
      </>
    );
  if (batch.data === undefined)
    return (
      <>
        <PageHead title={t('title')} />
        <Skeleton h={160} />
      </>
    );
  return (
    <Stack gap="xl">
      <Head batch={batch.data} summary={summary.data} />
      <Paper withBorder p="lg">
        <Outcome batch={batch.data} summary={summary.data} />
      </Paper>
      {summary.data && <Reasons reasons={summary.data.reasons} />}
      <Items batchId={batchId} counts={summary.data} total={batch.data.totalItems} />
      <Submissions batch={batch.data} />
    </Stack>
  );
}

function Head({ batch, summary }: { batch: BatchProgress; summary: BatchSummary | undefined }) {
  const { t } = useTranslation('batches');
  const navigate = useNavigate();
  return (
    <PageHead
      title={batch.cycleId === null ? t('titleApproved') : t('titleCycle', { id: batch.cycleId })}
      lead={<Lead batch={batch} />}
      actions={
        <>
          {summary && summary.failed > 0 && (
            <RetryFailed
              batchId={batch.id}
              failed={summary.failed}
              totals={bucketTotals(summary, 'failed')}
              reason={isOver(batch) ? null : t('retry.stillActive')}
              onStarted={(batchId) => void navigate({ to: `/batches/${batchId}` })}
            />
          )}
          {summary && <CsvMenu batchId={batch.id} counts={summary} total={batch.totalItems} />}
          <ReconcileBatch batchId={batch.id} />
          <CancelBatch batch={batch} />
        </>
      }
    />
  );
}

function Lead({ batch }: { readonly batch: BatchProgress }) {
  const { t } = useTranslation('batches');
  const { cycleId, retryOf, notes } = batch;
  return (
    <Stack gap={6}>
      <Text component="div">
        {t('lead', {
          by: starter(batch.startedBy),
          at: dateTime(batch.createdAt),
          provider: t(`provider.${batch.provider}`),
        })}
      </Text>
      <Group gap="md">
        <BatchBadge status={batch.status} resting={batch.resting} />
        {cycleId !== null && (
          <Anchor component={Link} to={`/cycles/${cycleId}`}>
            {t('cycle', { id: cycleId })}
          </Anchor>
        )}
        {retryOf !== null && (
          <Anchor component={Link} to={`/batches/${retryOf}`}>
            {t('retryOf', { id: retryOf })}
          </Anchor>
        )}
      </Group>
      <Text component="div" size="sm" style={{ overflowWrap: 'anywhere' }}>
        {batch.id}
      </Text>
      {notes !== null && <Text component="div">{t('notes', { notes })}</Text>}
    </Stack>
  );
}
