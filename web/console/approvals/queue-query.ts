import { queryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../../app/api.ts';
import type { Page, WaitingPayout } from '../../client/types.ts';

const rowsPerPage = 100;

/** How much waits for approval, and what is approved and paid by hand. */
export const queueQuery = queryOptions({
  queryKey: ['approvals', 'queue'],
  queryFn: ({ signal }) => api.get('/approvals', { signal }),
});

/** What waits for approval, the oldest first, each with what an approval is bound to and what speaks against it. */
export function useWaiting() {
  return useInfiniteQuery({
    queryKey: ['approvals', 'waiting'],
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }: Page<WaitingPayout>) => nextCursor ?? undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      api.get('/approvals/waiting', { query: { limit: rowsPerPage, cursor }, signal }),
  });
}
