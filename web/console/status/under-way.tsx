import { Anchor, Group, Progress, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { count, dateTime } from '../../app/format.ts';
import type { BatchProgress } from '../../client/types.ts';
import { BatchBadge } from '../batches/batch-badge.tsx';
import { Section } from '../../ui/section.tsx';
import { starter } from '../batches/starter.ts';

/** Batches that are being paid, each with how far it is. */
export function UnderWay({ batches }: { readonly batches: readonly BatchProgress[] }) {
  const { t } = useTranslation('status');
  return (
    <Section title={t('active.title')}>
      {batches.length === 0 ? (
        <Text c="dimmed">{t('active.none')}</Text>
      ) : (
        <Stack component="ul" m={0} p={0} gap="lg" style={{ listStyle: 'none' }}>
          {batches.map((batch) => (
            <ActiveBatch key={batch.id} batch={batch} />
          ))}
        </Stack>
      )}
    </Section>
  );
}

function ActiveBatch({ batch }: { readonly batch: BatchProgress }) {
  const { t } = useTranslation('status');
  const facts = { done: count(batch.processedItems), total: count(batch.totalItems) };
  return (
    <li>
      <Group justify="space-between" gap="xs">
        <Text fw={600}>
          {batch.cycleId === null ? (
            t('active.noCycle')
          ) : (
            <Anchor component={Link} to={`/cycles/${batch.cycleId}`} inherit>
              {t('active.cycle', { id: batch.cycleId })}
            </Anchor>
          )}
        </Text>
        <BatchBadge status={batch.status} resting={batch.resting} />
      </Group>
      <Progress
        my="xs"
        size={10}
        value={(100 * batch.processedItems) / Math.max(1, batch.totalItems)}
        aria-label={t('active.progress', { id: batch.id })}
      />
      <Group justify="space-between" gap="xs">
        <Text size="sm" className="amount">
          {t('active.done', facts)}
        </Text>
        <Text size="sm" c="dimmed">
          {t('active.started', { by: starter(batch.startedBy), at: dateTime(batch.createdAt) })}
        </Text>
      </Group>
      <Anchor component={Link} to={`/batches/${batch.id}`} size="sm" style={{ overflowWrap: 'anywhere' }}>
        {batch.id}
      </Anchor>
    </li>
  );
}
