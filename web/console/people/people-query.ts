import { queryOptions } from '@tanstack/react-query';
import { api } from '../../app/api.ts';

/** Everybody in the team, those who were removed too. */
export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: ({ signal }) => api.get('/people', { signal }),
});

/** What can still be accepted. */
export const invitationsQuery = queryOptions({
  queryKey: ['people', 'invitations'],
  queryFn: ({ signal }) => api.get('/people/invitations', { signal }),
});
