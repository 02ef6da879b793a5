import { queryOptions } from '@tanstack/react-query';
import { api } from '../../app/api.ts';

/** What is asked about one payee; keys begin with what live events name. */
export const payeeQueries = {
  payee: (id: string) =>
    queryOptions({
      queryKey: ['payees', id, 'self'],
      queryFn: ({ signal }) => api.get('/payees/{id}', { params: { id }, signal }),
    }),
  outlook: (id: string) =>
    queryOptions({
      queryKey: ['payees', id, 'outlook'],
      queryFn: ({ signal }) => api.get('/payees/{id}/outlook', { params: { id }, signal }),
    }),
  methods: (id: string) =>
    queryOptions({
      queryKey: ['payees', id, 'methods'],
      queryFn: ({ signal }) => api.get('/payees/{id}/payout-methods', { params: { id }, signal }),
    }),
  accounts: (id: string) =>
    queryOptions({
      queryKey: ['payees', id, 'accounts'],
      queryFn: ({ signal }) => api.get('/payees/{id}/provider-accounts', { params: { id }, signal }),
    }),
  schedule: (id: string) =>
    queryOptions({
      queryKey: ['payees', id, 'schedule'],
      queryFn: ({ signal }) => api.get('/payees/{id}/schedule', { params: { id }, signal }),
    }),
};
