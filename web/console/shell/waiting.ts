import { useQuery } from '@tanstack/react-query';
import { api } from '../../app/api.ts';

/** How many things wait at a place of the navigation, by its key; a place without a number has none to tell. */
export type Waiting = Readonly<Record<string, number | undefined>>;

/** Counts beside the navigation. They follow live events like every page. */
export function useWaiting(): Waiting {
  const inbox = useQuery({
    queryKey: ['inbox'],
    queryFn: ({ signal }) => api.get('/inbox', { signal }),
  });
  const approvals = useQuery({
    queryKey: ['approvals', 'queue'],
    queryFn: ({ signal }) => api.get('/approvals', { signal }),
  });
  return { inbox: inbox.data?.items.length, approvals: approvals.data?.count };
}
