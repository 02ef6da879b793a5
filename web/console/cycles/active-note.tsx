import { Anchor, Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { count, dateTime } from '../../app/format.ts';
import { meQuery } from '../../app/me.ts';
import type { Cycle } from '../../client/types.ts';
import { Note } from '../../ui/note.tsx';
import { batchQuery } from '../batches/batch-query.ts';
import type { Following } from './progress.ts';
import { starter } from '../batches/starter.ts';

/** Who started the batch that is being paid, and how far it is; or who prepares one. */
export function ActiveNote({ cycle, following }: { readonly cycle: Cycle; readonly following: Following }) {
  const { t } = useTranslation('cycles');
  const { activeBatchId, lock } = cycle;
  if (activeBatchId !== null)
    return <ActiveBatch batchId={activeBatchId} onShow={() => following.open(activeBatchId)} />;
  if (lock === null) return null;
  return (
    <Note tone="info">
      <Text>{t('active.locked', { by: lock.lockedBy, until: dateTime(lock.expiresAt) })}</Text>
    </Note>
  );
}

function ActiveBatch({ batchId, onShow }: { readonly batchId: string; readonly onShow: () => void }) {
  const { t } = useTranslation('cycles');
  const me = useQuery(meQuery).data?.id;
  const batch = useQuery(batchQuery(batchId)).data;
  if (batch === undefined) return null;
  const facts = {
    by: starter(batch.startedBy),
    at: dateTime(batch.createdAt),
    id: batchId,
    done: count(batch.processedItems),
    total: count(batch.totalItems),
  };
  return (
    <Note tone="info">
      <Group justify="space-between">
        <div>
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {t(batch.startedById === me ? 'active.mine' : 'active.other', facts)}
          </Text>
          <Text size="sm">{t(batch.resting ? 'active.resting' : 'active.done', facts)}</Text>
        </div>
        <Group>
          <Anchor component={Link} to={`/batches/${batchId}`}>
            {t('progress.batch')}
          </Anchor>
          <Button variant="default" onClick={onShow}>
            {t('progress.show')}
          </Button>
        </Group>
      </Group>
    </Note>
  );
}
