import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../../app/api.ts';
import type { Page, Payee } from '../../client/types.ts';

const rowsPerPage = 50;

/** Everybody, those whom nothing keeps from being paid, or the others. */
export type CanBePaid = '' | 'true' | 'false';

export function isCanBePaid(text: string): text is CanBePaid {
  return text === '' || text === 'true' || text === 'false';
}

/** Payees, newest first, or those that a word and the filter find. */
export function usePayees(q: string, canBePaid: CanBePaid) {
  return useInfiniteQuery({
    queryKey: ['payees', 'list', q, canBePaid],
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Page<Payee>) => page.nextCursor ?? undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      api.get('/payees', {
        query: {
          q: q === '' ? undefined : q,
          canBePaid: canBePaid === '' ? undefined : canBePaid,
          limit: rowsPerPage,
          cursor,
        },
        signal,
      }),
  });
}
