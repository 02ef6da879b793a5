import { Anchor, Button, Group, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { count } from '../../app/format.ts';
import { batchQuery, summaryQuery } from '../batches/batch-query.ts';
import { OutcomeBar, OutcomeWords } from '../batches/outcome-bar.tsx';
import type { Following } from './progress.ts';

/** A run as it goes; closes by itself when it is over. */
export function ProgressDialog({ following }: { readonly following: Following }) {
  const { t } = useTranslation('cycles');
  const { batchId, opened, close } = following;
  return (
    <Modal size="lg" opened={opened} onClose={close} title={t('progress.title')}>
      {batchId !== null && <Progress batchId={batchId} onClose={close} />}
    </Modal>
  );
}

function Progress({ batchId, onClose }: { readonly batchId: string; readonly onClose: () => void }) {
  const { t } = useTranslation('cycles');
  const batch = useQuery(batchQuery(batchId)).data;
  const summary = useQuery({
    ...summaryQuery(batchId, batch?.pollVersion),
    enabled: batch !== undefined,
  }).data;
  if (batch === undefined || summary === undefined) return <Skeleton h={140} />;
  const facts = { done: count(batch.processedItems), total: count(batch.totalItems) };
  return (
    <Stack>
      <Text size="lg" fw={650} aria-live="polite">
        {t(batch.status === 'preparing' ? 'progress.preparing' : 'progress.done', facts)}
      </Text>
      <OutcomeBar counts={summary} total={batch.totalItems} size={18} />
      <OutcomeWords counts={summary} />
      <Text size="sm" c="dimmed">
        {t(batch.resting ? 'progress.resting' : 'progress.goesOn')}
      </Text>
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
