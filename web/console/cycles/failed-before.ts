import { useQuery } from '@tanstack/react-query';
import { api } from '../../app/api.ts';
import type { Cycle } from '../../client/types.ts';

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
