import { Anchor, List, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { dateTime } from '../../app/format.ts';
import type { CycleLock } from '../../client/types.ts';
import { Section } from '../../ui/section.tsx';

/** Cycles of which a batch is being prepared: by whom, and when the lock ends at the latest. */
export function Locks({ locks }: { readonly locks: readonly CycleLock[] }) {
  const { t } = useTranslation('status');
  if (locks.length === 0) return null;
  return (
    <Section title={t('locks.title')} lead={t('locks.lead')}>
      <List listStyleType="none" spacing="sm">
        {locks.map((lock) => (
          <List.Item key={lock.cycleId}>
            <Anchor component={Link} to={`/cycles/${lock.cycleId}`} fw={600}>
              {t('active.cycle', { id: lock.cycleId })}
            </Anchor>
            <Text size="sm">
              {t('locks.one', {
                by: lock.lockedBy,
                since: dateTime(lock.acquiredAt),
                until: dateTime(lock.expiresAt),
              })}
            </Text>
          </List.Item>
        ))}
      </List>
    </Section>
  );
}
