import { queryOptions } from '@tanstack/react-query';
import { api } from '../../app/api.ts';
import type { BatchProgress } from '../../client/types.ts';

/** How often a batch is asked for while it moves, and while only its provider can move it. */
const movingMs = 1500;
const restingMs = 10_000;

/** True when nothing of it moves any more. */
export function isOver({ status }: Pick<BatchProgress, 'status'>): boolean {
  return status !== 'preparing' && status !== 'processing';
}

/** One batch and how far it is; asked again by itself until it is over. */
export function batchQuery(batchId: string) {
  return queryOptions({
    queryKey: ['batches', batchId],
    queryFn: ({ signal }) => api.get('/payout-batches/{batchId}', { params: { batchId }, signal }),
    refetchInterval: ({ state: { data } }) => {
      if (data === undefined || isOver(data)) return false;
      return data.resting ? restingMs : movingMs;
    },
  });
}

/** What became of its items. `version`, the batch's `pollVersion`, has it asked anew exactly when something changed. */
export function summaryQuery(batchId: string, version = 0) {
  return queryOptions({
    queryKey: ['batches', batchId, 'summary', version],
    queryFn: ({ signal }) => api.get('/payout-batches/{batchId}/summary', { params: { batchId }, signal }),
    placeholderData: (earlier, query) => (query?.queryKey[1] === batchId ? earlier : undefined),
  });
}

/** What a retry of the batch would try again now, by reason. */
export function retryPreviewQuery(batchId: string) {
  return queryOptions({
    queryKey: ['batches', batchId, 'retry-preview'],
    queryFn: ({ signal }) =>
      api.get('/payout-batches/{batchId}/retry-preview', { params: { batchId }, signal }),
  });
}
