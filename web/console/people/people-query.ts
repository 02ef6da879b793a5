import { queryOptions } from '@tanstack/react-query';
import { api } from '../../app/api.ts';

/** Everybody in the team, those who were removed too. */
export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: ({ signal }) => api.get('/people', { signal }),
});

/** Most keys that a dialog names. */
const keysNamedMax = 20;

/** Keys that somebody made, by themselves or through keys of theirs, and that still work. */
export const leftKeysQuery = (personId: string) =>
  queryOptions({
    queryKey: ['keys', 'madeBy', personId],
    queryFn: ({ signal }) =>
      api.get('/api-keys', { query: { madeBy: personId, limit: keysNamedMax }, signal }),
  });

/** What can still be accepted. */
export const invitationsQuery = queryOptions({
  queryKey: ['people', 'invitations'],
  queryFn: ({ signal }) => api.get('/people/invitations', { signal }),
});
