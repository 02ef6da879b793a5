import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../../app/api.ts';
import type { Page, Payee } from '../../client/types.ts';

const rowsPerPage = 50;

/** Payees, newest first, or those that a word finds. */
export function usePayees(q: string) {
  return useInfiniteQuery({
    queryKey: ['payees', 'list', q],
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Page<Payee>) => page.nextCursor ?? undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      api.get('/payees', { query: { q: q === '' ? undefined : q, limit: rowsPerPage, cursor }, signal }),
  });
}
