import { queryOptions } from '@tanstack/react-query';
import { api } from '../../app/api.ts';

/** One payout with everything that happened to it, by its id, an item reference or the reference of an earning. */
export function payoutQuery(id: string) {
  return queryOptions({
    queryKey: ['payouts', 'one', id],
    queryFn: ({ signal }) => api.get('/payouts/{id}', { params: { id }, signal }),
  });
}
