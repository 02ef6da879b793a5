import { queryOptions, useQuery } from '@tanstack/react-query';
import { may, type Right } from '../../src/core/roles.ts';
import { api } from './api.ts';

/** Who is signed in; changes seldom, and is looked at again after sign-in, step-up and sign-out. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => api.get('/api/me', { signal }),
  retry: false,
  staleTime: 60_000,
});

/** True when the person's role has the right; the server decides again. */
export function useMay(right: Right): boolean {
  const { data } = useQuery(meQuery);
  return data !== undefined && may(data.role, right);
}

/** True for who reads everything and does nothing: no work is theirs. */
export function useOnlyLooks(): boolean {
  const { data } = useQuery(meQuery);
  return data !== undefined && !may(data.role, 'operate') && !may(data.role, 'approve');
}
