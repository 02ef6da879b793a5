import { queryOptions } from '@tanstack/react-query';
import { api } from '../../app/api.ts';

/** What the team decided; what nobody set comes with its default. */
export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => api.get('/settings', { signal }),
});

/** When the clock asks, and in which time zone. */
export const scheduleQuery = queryOptions({
  queryKey: ['schedules'],
  queryFn: ({ signal }) => api.get('/schedule', { signal }),
});
