import { Anchor, Drawer, Group, Paper, Skeleton, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { count, dateTime, moneyList } from '../../app/format.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { Cycle, ListedBatch } from '../../client/types.ts';
import { useHolding } from '../../ui/hold.ts';
import { Money } from '../../ui/money.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { BatchBadge } from '../batches/batch-badge.tsx';
import { isOver, summaryQuery } from '../batches/batch-query.ts';
import { bucketTotals, wholeTotals } from '../batches/buckets.ts';
import { CsvMenu } from '../batches/csv-menu.tsx';
import { OutcomeBar, OutcomeWords } from '../batches/outcome-bar.tsx';
import { RetryFailed } from '../batches/retry-failed.tsx';
import { historyQuery } from './cycle-query.ts';
import { starter } from '../batches/starter.ts';

interface HistoryProps {
  readonly cycle: Cycle;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onStarted: (batchId: string) => void;
}

/** Every batch of a cycle, with who started it and what became of it. */
export function HistoryDrawer({ cycle, opened, onClose, onStarted }: HistoryProps) {
  const { t } = useTranslation('cycles');
  const { mayClose } = useHolding(opened);
  const close = () => {
    if (mayClose()) onClose();
  };
  return (
    <Drawer position="right" size="lg" opened={opened} onClose={close} title={t('history.title')}>
      <History cycle={cycle} onStarted={onStarted} />
    </Drawer>
  );
}

function History({ cycle, onStarted }: Pick<HistoryProps, 'cycle' | 'onStarted'>) {
  const { t } = useTranslation('cycles');
  const history = useInfiniteQuery(historyQuery(cycle.id));
  const { data, error, refetch } = history;
  if (error !== null) return <TroubleNote error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton h={160} />;
  const batches = data.pages.flatMap((page) => page.batches);
  if (batches.length === 0) return <Text c="dimmed">{t('history.none')}</Text>;
  return (
    <Stack component="ol" m={0} p={0} style={{ listStyle: 'none' }} aria-label={t('history.title')}>
      {batches.map((batch) => (
        <HistoryCard key={batch.id} cycle={cycle} batch={batch} onStarted={onStarted} />
      ))}
      {history.hasNextPage && (
        <li>
          <MoreButton list={history}>{t('history.more')}</MoreButton>
        </li>
      )}
    </Stack>
  );
}

interface HistoryCardProps {
  readonly cycle: Cycle;
  readonly batch: ListedBatch;
  readonly onStarted: (batchId: string) => void;
}

function HistoryCard({ cycle, batch, onStarted }: HistoryCardProps) {
  const { t } = useTranslation('cycles');
  const summary = useQuery(summaryQuery(batch.id)).data;
  return (
    <Paper component="li" withBorder p="md">
      <Stack gap="sm">
        <Group justify="space-between">
          <Anchor component={Link} to={`/batches/${batch.id}`} fw={600} style={{ overflowWrap: 'anywhere' }}>
            {batch.id}
          </Anchor>
          <BatchBadge status={batch.status} />
        </Group>
        <Times batch={batch} />
        {summary === undefined ? (
          <Skeleton h={80} />
        ) : (
          <>
            <Text fw={650}>
              {t('history.items', { count: batch.totalItems, n: count(batch.totalItems) })}
              <Money ms="sm">{moneyList(wholeTotals(summary))}</Money>
            </Text>
            <OutcomeBar counts={summary} total={batch.totalItems} size={8} />
            <OutcomeWords counts={summary} />
            <Group gap="xs" align="flex-start">
              <CsvMenu size="xs" batchId={batch.id} counts={summary} total={batch.totalItems} />
              {summary.failed > 0 && isOver(batch) && (
                <RetryFailed
                  size="xs"
                  variant="light"
                  batchId={batch.id}
                  failed={summary.failed}
                  totals={bucketTotals(summary, 'failed')}
                  reason={cycle.activeBatchId === null ? null : t('pay.active')}
                  onStarted={onStarted}
                />
              )}
            </Group>
          </>
        )}
      </Stack>
    </Paper>
  );
}

function Times({ batch }: { readonly batch: ListedBatch }) {
  const { t } = useTranslation('cycles');
  return (
    <div>
      <Text size="sm" c="dimmed">
        {t('history.started', { by: starter(batch.startedBy), at: dateTime(batch.createdAt) })}
      </Text>
      {batch.completedAt !== null && (
        <Text size="sm" c="dimmed">
          {t('history.completed', { at: dateTime(batch.completedAt) })}
        </Text>
      )}
      {batch.retryOf !== null && <Text size="sm">{t('history.retryOf', { id: batch.retryOf })}</Text>}
      {batch.notes !== null && <Text size="sm">{t('history.notes', { notes: batch.notes })}</Text>}
    </div>
  );
}
