import { queryOptions } from '@tanstack/react-query';
import { api } from '../../app/api.ts';

/** What became since of what failed or came back in a batch; its summary never changes. */
export function sinceQuery(batchId: string) {
  return queryOptions({
    queryKey: ['batches', batchId, 'since'],
    queryFn: ({ signal }) => api.get('/payout-batches/{batchId}/since', { params: { batchId }, signal }),
  });
}
