import { queryOptions } from '@tanstack/react-query';
import { api } from '../../app/api.ts';

/** What needs a person, the most urgent first. */
export const inboxQuery = queryOptions({
  queryKey: ['inbox'],
  queryFn: ({ signal }) => api.get('/inbox', { signal }),
});

/** When the clock asks for payouts next, and what it would ask for now. */
export const scheduleQuery = queryOptions({
  queryKey: ['schedule'],
  queryFn: ({ signal }) => api.get('/schedule', { signal }),
});
