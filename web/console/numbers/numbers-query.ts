import { queryOptions } from '@tanstack/react-query';
import { api } from '../../app/api.ts';
import { fromOf, type Range } from './range.ts';

/** Period by period. */
export function periodsQuery(range: Range) {
  const query = { from: fromOf(range, new Date()), by: range.by };
  return queryOptions({
    queryKey: ['payouts', 'analytics', query],
    queryFn: ({ signal }) => api.get('/payouts/analytics', { query, signal }),
  });
}

/** What they are made of, over the whole range. */
export function partsQuery(range: Range) {
  const query = { from: fromOf(range, new Date()) };
  return queryOptions({
    queryKey: ['payouts', 'analytics parts', query],
    queryFn: ({ signal }) => api.get('/payouts/analytics/parts', { query, signal }),
  });
}
