import { queryOptions } from '@tanstack/react-query';
import { api } from '../../app/api.ts';

/** What is under way, what is unknown, what needs a look. */
export const statusQuery = queryOptions({
  queryKey: ['status'],
  queryFn: ({ signal }) => api.get('/status', { signal }),
});
