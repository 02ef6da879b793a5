import { Anchor, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { count } from '../../app/format.ts';
import type { BatchProgress, BatchSummary } from '../../client/types.ts';
import { useLostSince } from '../../app/connection.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { batchQuery, summaryQuery } from '../batches/batch-query.ts';
import { OutcomeBar, OutcomeWords } from '../batches/outcome-bar.tsx';
import { howFar } from '../batches/buckets.ts';
import type { Following } from './progress.ts';
import { Silent } from './silent.tsx';

/** A run as it goes; closes by itself when it is over. */
export function ProgressDialog({ following }: { readonly following: Following }) {
  const { t } = useTranslation('cycles');
  const { batchId, opened, close } = following;
  return (
    <Dialog size="lg" opened={opened} onClose={close} title={t('progress.title')}>
      {batchId !== null && <Progress batchId={batchId} onClose={close} />}
    </Dialog>
  );
}

function Progress({ batchId, onClose }: { readonly batchId: string; readonly onClose: () => void }) {
  const { t } = useTranslation('cycles');
  const { data: batch, isError } = useQuery(batchQuery(batchId));
  const summary = useQuery({
    ...summaryQuery(batchId, batch?.pollVersion),
    enabled: batch !== undefined,
  });
  const isSilent = useLostSince() !== null || isError || summary.isError;
  return (
    <Stack>
      {isSilent && <Silent />}
      {batch !== undefined && summary.data !== undefined ? (
        <HowFar batch={batch} counts={summary.data} />
      ) : (
        <div>
          <Text mb="xs">{t('progress.reading')}</Text>
          {!isSilent && <Skeleton h={100} />}
        </div>
      )}
      <Group justify="space-between">
        <Anchor component={Link} to={`/batches/${batchId}`}>
          {t('progress.batch')}
        </Anchor>
        <Button variant="default" onClick={onClose}>
          {t('progress.hide')}
        </Button>
      </Group>
    </Stack>
  );
}

/** Sentence, bar and figures are of one answer: of two, one would be older, and they would not add up. */
function HowFar({ batch, counts }: { readonly batch: BatchProgress; readonly counts: BatchSummary }) {
  const { t } = useTranslation('cycles');
  const { done, total } = howFar(counts);
  const facts = { done: count(done), total: count(total) };
  return (
    <>
      <Text size="lg" fw={650} aria-live="polite">
        {t(batch.status === 'preparing' ? 'progress.preparing' : 'progress.done', facts)}
      </Text>
      <OutcomeBar counts={counts} total={total} size={18} />
      <OutcomeWords counts={counts} />
      <Text size="sm" c="dimmed">
        {t(batch.resting ? 'progress.resting' : 'progress.goesOn')}
      </Text>
    </>
  );
}
