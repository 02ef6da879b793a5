import { queryOptions } from '@tanstack/react-query';
import { api } from '../../app/api.ts';

/** What failed and waits: asked for again with every change, as all of what stands on the status page. */
export const failuresQuery = queryOptions({
  queryKey: ['status', 'failures'],
  queryFn: ({ signal }) => api.get('/status/failures', { signal }),
});
