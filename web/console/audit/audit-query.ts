import { infiniteQueryOptions } from '@tanstack/react-query';
import { api } from '../../app/api.ts';
import type { Filters } from '../../app/filters.ts';

const eventsPerPage = 50;
const dayMs = 86_400_000;
const names = ['actor', 'event', 'subject', 'subjectId'] as const;

/** The filters of the page as the API takes them: whole days of the reader, the last one included. */
export function asked(filters: Filters): Record<string, string> {
  const given = names.flatMap((name) =>
    filters[name] === undefined ? [] : [[name, filters[name]] as const],
  );
  return {
    ...Object.fromEntries(given),
    ...momentOf('from', filters['from'], 0),
    ...momentOf('to', filters['to'], dayMs),
  };
}

function momentOf(name: string, day: string | undefined, more: number): Record<string, string> {
  const at = new Date(`${day ?? ''}T00:00:00`).getTime();
  return Number.isNaN(at) ? {} : { [name]: new Date(at + more).toISOString() };
}

export function eventsQuery(filters: Filters) {
  const query = asked(filters);
  return infiniteQueryOptions({
    queryKey: ['audit', query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.get('/audit-events', { query: { ...query, limit: eventsPerPage, cursor: pageParam }, signal }),
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
}
