import { queryOptions } from '@tanstack/react-query';
import { api } from '../../app/api.ts';
import type { Float } from '../../client/types.ts';

export type Account = Float['accounts'][number];
/** What leaves by the calendar. */
export type Plan = Account['projection'];
/** Something that leaves on its day, and what is there after it. Minor units. */
export type Step = Plan['steps'][number];

/** What each provider account holds, and what is needed of it. */
export const floatQuery = queryOptions({
  queryKey: ['float'],
  queryFn: ({ signal }) => api.get('/float', { signal }),
});
