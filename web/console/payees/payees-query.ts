import { useInfiniteQuery } from '@tanstack/react-query';
import type { Page, Payee } from '../../client/types.ts';
import { listPayees } from '../payouts/newer.ts';

const rowsPerPage = 50;

/** Payees, newest first, or those that a word finds. */
export function usePayees(q: string) {
  return useInfiniteQuery({
    queryKey: ['payees', 'list', q],
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Page<Payee>) => page.nextCursor ?? undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      listPayees({ q: q === '' ? undefined : q, limit: rowsPerPage, cursor }, signal),
  });
}
