import { Anchor, Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { count, dateTime } from '../../app/format.ts';
import { meQuery } from '../../app/me.ts';
import type { Cycle } from '../../client/types.ts';
import { Note } from '../../ui/note.tsx';
import { batchQuery } from '../batches/batch-query.ts';
import { starter } from '../batches/starter.ts';

interface ActiveNoteProps {
  readonly cycle: Cycle;
  /** Left out: how far it is can be followed on its page alone. */
  readonly onShow?: (batchId: string) => void;
}

/** Who started the batch that is being paid, and how far it is; or who prepares one. */
export function ActiveNote({ cycle, onShow }: ActiveNoteProps) {
  const { t } = useTranslation('cycles');
  const { activeBatchId, lock } = cycle;
  if (activeBatchId !== null) return <ActiveBatch batchId={activeBatchId} onShow={onShow} />;
  if (lock === null) return null;
  return (
    <Note tone="info">
      <Text>{t('active.locked', { by: lock.lockedBy, until: dateTime(lock.expiresAt) })}</Text>
    </Note>
  );
}

interface ActiveBatchProps {
  readonly batchId: string;
  readonly onShow: ActiveNoteProps['onShow'];
}

function ActiveBatch({ batchId, onShow }: ActiveBatchProps) {
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
          {onShow !== undefined && (
            <Button variant="default" onClick={() => onShow(batchId)}>
              {t('progress.show')}
            </Button>
          )}
        </Group>
      </Group>
    </Note>
  );
}
