import { queryOptions } from '@tanstack/react-query';
import { api } from '../../app/api.ts';
import type { Settings } from './draft.ts';

/** What the team decided; what nobody set comes with its default. */
export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: async ({ signal }) => (await api.get('/settings', { signal })) as Settings,
});

/** When the clock asks, and in which time zone. */
export const scheduleQuery = queryOptions({
  queryKey: ['schedules'],
  queryFn: ({ signal }) => api.get('/schedule', { signal }),
});
