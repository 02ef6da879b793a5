import { useInfiniteQuery } from '@tanstack/react-query';
import { api, isProblem } from '../../app/api.ts';
import type { Page, Payee } from '../../client/types.ts';

const rowsPerPage = 50;
/** How many are looked up by a word that is typed. */
const foundMax = 12;
const payoutsSeen = 100;

/** Payees, newest first, or those that a word finds. */
export function usePayees(q: string) {
  return useInfiniteQuery({
    queryKey: ['payees', 'list', q],
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Page<Payee>) => page.nextCursor ?? undefined,
    queryFn: ({ pageParam: cursor, signal }): Promise<Page<Payee>> =>
      q === '' ? api.get('/payees', { query: { limit: rowsPerPage, cursor }, signal }) : find(q, signal),
  });
}

/** By id as it is, and by the beginning of a name among those who have payouts. */
async function find(q: string, signal: AbortSignal): Promise<Page<Payee>> {
  const { data } = await api.get('/payouts', { query: { q, limit: payoutsSeen }, signal });
  const ids = new Set([q, ...data.map(({ payeeId }) => payeeId)]);
  const found = await Promise.all(
    [...ids].slice(0, foundMax).map((id) =>
      api.get('/payees/{id}', { params: { id }, signal }).catch((error: unknown) => {
        if (isProblem(error, 'payee_not_found')) return null;
        throw error;
      }),
    ),
  );
  const payees = new Map(found.flatMap((payee) => (payee === null ? [] : [[payee.id, payee] as const])));
  return { data: [...payees.values()], nextCursor: null };
}
