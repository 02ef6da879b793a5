import { queryOptions } from '@tanstack/react-query';
import { api } from '../../app/api.ts';
import type { Float } from '../../client/types.ts';

export type Account = Float['accounts'][number];

/** What each provider account holds, and what is needed of it. */
export const floatQuery = queryOptions({
  queryKey: ['float'],
  queryFn: ({ signal }) => api.get('/float', { signal }),
});

/** When the clock asks for payouts next, and of how much. */
export const scheduleQuery = queryOptions({
  queryKey: ['schedules'],
  queryFn: ({ signal }) => api.get('/schedule', { signal }),
});
