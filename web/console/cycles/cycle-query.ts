import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '../../app/api.ts';
import type { Cycle, Preview } from '../../client/types.ts';
import { historyPage } from './history-page.ts';

/** How often a cycle is asked for while a batch of it is prepared or paid. */
const activeMs = 2000;

/** Who pays: providers that runs go through. */
export type RunProvider = 'paypal' | 'stripe';

export function isRunProvider(name: string | undefined): name is RunProvider {
  return name === 'paypal' || name === 'stripe';
}

export function cycleQuery(id: string) {
  return queryOptions({
    queryKey: ['cycles', id],
    queryFn: ({ signal }) => api.get('/cycles/{id}', { params: { id }, signal }),
    refetchInterval: ({ state: { data } }) => (data !== undefined && isBusy(data) ? activeMs : false),
  });
}

/** True while a batch of the cycle is prepared or paid. */
export function isBusy({ activeBatchId, lock }: Cycle): boolean {
  return activeBatchId !== null || lock !== null;
}

/** The dry run: who would be paid now through this provider, and who not. Writes nothing. */
export function previewQuery(cycleId: string, provider: RunProvider, leaveOutUnmended: boolean) {
  return queryOptions({
    queryKey: ['cycles', cycleId, 'preview', provider, leaveOutUnmended],
    queryFn: ({ signal }): Promise<Preview> =>
      api.post('/payout-batches/preview', {
        body: { cycleId, provider, leaveOutUnmended, details: true, checkItems: true },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

/** The batches of a cycle, the newest first, page by page. */
export function historyQuery(cycleId: string) {
  return infiniteQueryOptions({
    queryKey: ['batches', 'of', cycleId],
    queryFn: async ({ pageParam, signal }) => historyPage(api, cycleId, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
}

/** True when its name, or what stands for one, says its id already. */
export function namesItself({ id, name }: Pick<Cycle, 'id' | 'name'>): boolean {
  return name === '' || name.includes(id);
}
