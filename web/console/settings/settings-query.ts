import { keepPreviousData, queryOptions, skipToken } from '@tanstack/react-query';
import { api } from '../../app/api.ts';

/** How many of the next times are shown. */
const shownRuns = 3;

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

/** The next times of a schedule in its zone; null for what cannot be read. The calendar of it is loaded with the first. */
export const nextRunsQuery = (cron: string, zone: string | undefined) =>
  queryOptions({
    queryKey: ['schedules', 'next', cron, zone],
    queryFn: zone === undefined ? skipToken : async () => await nextRuns(cron, zone),
    placeholderData: keepPreviousData,
  });

async function nextRuns(cron: string, timezone: string): Promise<Date[] | null> {
  const { Cron } = await import('croner');
  try {
    return new Cron(cron, { timezone, mode: '5-part' }).nextRuns(shownRuns);
  } catch {
    return null;
  }
}
