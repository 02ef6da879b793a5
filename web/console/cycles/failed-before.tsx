import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.ts';
import { count } from '../../app/format.ts';
import type { Cycle } from '../../client/types.ts';
import { Note } from '../../ui/note.tsx';

/** How many payouts of a cycle have failed and would be tried again by a run; at most as many as can be paid. */
export function useFailedBefore({ id, eligibleCount, lastCompletedBatchId }: Cycle): number {
  const query = { cycleId: id, status: 'failed' };
  const { data } = useQuery({
    queryKey: ['payouts', 'counts', query],
    queryFn: ({ signal }) => api.get('/payouts/counts', { query, signal }),
    // Without a run nothing can have failed.
    enabled: lastCompletedBatchId !== null && eligibleCount > 0,
  });
  return Math.min(data?.total ?? 0, eligibleCount);
}

/** Says before a run that it tries again what failed, and where one reads why. */
export function FailedBefore({ cycle }: { readonly cycle: Cycle }) {
  const { t } = useTranslation('cycles');
  const failed = useFailedBefore(cycle);
  if (failed === 0) return null;
  return (
    <Note tone="warn" title={t('dryRun.failedBefore', { count: failed, n: count(failed) })}>
      <Text>{t('dryRun.failedWords')}</Text>
      <Anchor component={Link} to="/payouts" search={{ status: 'failed', cycle: cycle.id } as never}>
        {t('dryRun.failedSee')}
      </Anchor>
    </Note>
  );
}
