import { Anchor, Button, Group, Paper, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { dateTime } from '../../app/format.ts';
import type { BatchProgress, BatchSummary, Cycle } from '../../client/types.ts';
import { batchQuery, summaryQuery } from '../batches/batch-query.ts';
import { OutcomeBar, OutcomeWords } from '../batches/outcome-bar.tsx';
import { bucketTotals } from '../batches/buckets.ts';
import { RetryFailed } from '../batches/retry-failed.tsx';

interface RibbonProps {
  readonly cycle: Cycle;
  readonly onStarted: (batchId: string) => void;
  readonly onHistory: () => void;
}

/** The last run of a cycle in one look: when, how many of each outcome, and what can be done about the failed ones. */
export function Ribbon({ cycle, onStarted, onHistory }: RibbonProps) {
  const id = cycle.lastCompletedBatchId ?? '';
  const batch = useQuery({ ...batchQuery(id), enabled: id !== '' }).data;
  const found = useQuery({ ...summaryQuery(id, batch?.pollVersion), enabled: batch !== undefined });
  const summary = found.data;
  if (id === '') return null;
  if (batch === undefined || summary === undefined || found.isPlaceholderData) return <Skeleton h={120} />;
  return <LastRun {...{ cycle, batch, summary, onStarted, onHistory }} />;
}

function LastRun(props: RibbonProps & { readonly batch: BatchProgress; readonly summary: BatchSummary }) {
  const { t } = useTranslation('cycles');
  const { cycle, batch, summary, onStarted, onHistory } = props;
  return (
    <Paper withBorder p="md" component="section" aria-label={t('ribbon.title')}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start">
          <div aria-live="polite">
            <Text fw={650} size="lg">
              {batch.completedAt === null
                ? t('ribbon.title')
                : t('ribbon.completed', { at: dateTime(batch.completedAt) })}
            </Text>
            <Anchor
              component={Link}
              to={`/batches/${batch.id}`}
              size="sm"
              style={{ overflowWrap: 'anywhere' }}
            >
              {batch.id}
            </Anchor>
          </div>
          <Group gap="xs" align="flex-start">
            {summary.failed > 0 && (
              <RetryFailed
                variant="light"
                batchId={batch.id}
                failed={summary.failed}
                totals={bucketTotals(summary, 'failed')}
                reason={cycle.activeBatchId === null ? null : t('pay.active')}
                onStarted={onStarted}
              />
            )}
            <Button variant="default" onClick={onHistory}>
              {t('history.button')}
            </Button>
          </Group>
        </Group>
        <OutcomeBar counts={summary} total={batch.totalItems} size={8} />
        <OutcomeWords counts={summary} />
      </Stack>
    </Paper>
  );
}
