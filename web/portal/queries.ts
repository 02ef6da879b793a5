import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '../app/api.ts';
import { readProfile } from './profile/choices.ts';

// What the portal asks. The first part of a key is the topic that live events name.

export const profileQuery = queryOptions({
  queryKey: ['profile'],
  queryFn: ({ signal }) => readProfile(signal),
  retry: false,
});

export const sessionsQuery = queryOptions({
  queryKey: ['profile', 'sessions'],
  queryFn: ({ signal }) => api.get('/api/payee/sessions', { signal }),
});

export const balanceQuery = queryOptions({
  queryKey: ['balance'],
  queryFn: ({ signal }) => api.get('/api/payee/balance', { signal }),
});

export const scheduleQuery = queryOptions({
  queryKey: ['schedule'],
  queryFn: ({ signal }) => api.get('/api/payee/schedule', { signal }),
});

export const methodsQuery = queryOptions({
  queryKey: ['methods'],
  queryFn: ({ signal }) => api.get('/api/payee/payout-methods', { signal }),
});

export const payoutsQuery = infiniteQueryOptions({
  queryKey: ['payouts', 'list'],
  queryFn: ({ signal, pageParam }) =>
    api.get('/api/payee/payouts', { signal, query: pageParam === '' ? {} : { cursor: pageParam } }),
  initialPageParam: '',
  getNextPageParam: ({ nextCursor }) => nextCursor,
});

export const payoutQuery = (id: string) =>
  queryOptions({
    queryKey: ['payouts', 'one', id],
    queryFn: ({ signal }) => api.get('/api/payee/payouts/{id}', { signal, params: { id } }),
    enabled: id !== '',
  });

export const statementQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['payouts', 'statement', id],
    queryFn: ({ signal, pageParam }) =>
      api.get('/api/payee/payouts/{id}/statement', {
        signal,
        params: { id },
        query: pageParam === '' ? {} : { cursor: pageParam },
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

/** What a request would pay now, or why it would be refused; asking changes nothing. */
export const quoteQuery = (currency: string, payoutCurrency: string | null = null) =>
  queryOptions({
    queryKey: ['balance', 'quote', currency, payoutCurrency],
    queryFn: ({ signal }) =>
      api.post('/api/payee/payout-quote', { signal, body: { currency, payoutCurrency } }),
    enabled: currency !== '',
    placeholderData: keepPreviousData,
  });

/** What is printed of a payout that arrived. */
export const receiptQuery = (id: string) =>
  queryOptions({
    queryKey: ['payouts', 'receipt', id],
    queryFn: ({ signal }) => api.get('/api/payee/payouts/{id}/receipt', { signal, params: { id } }),
  });
