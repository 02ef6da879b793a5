import { queryOptions } from '@tanstack/react-query';
import { api } from '../../app/api.ts';
import type { BatchItem } from '../../client/types.ts';

/** What became since of what failed or came back in a batch; its summary never changes. */
interface BatchSince {
  readonly paid: number;
  readonly underWay: number;
  readonly retriedByThemselves: number;
  readonly nextRetryAt: string | null;
  readonly capped: boolean;
}

/** Where the payout of an item is now that it went on after this attempt. */
interface PaidSince {
  readonly batchId: string | null;
  readonly payoutStatus: string;
}

/** Null while the server does not tell. */
export function paidSinceOf(item: BatchItem): PaidSince | null {
  return (item as BatchItem & { readonly paidSince?: PaidSince | null }).paidSince ?? null;
}

export function sinceQuery(batchId: string) {
  return queryOptions({
    queryKey: ['batches', batchId, 'since'],
    queryFn: ({ signal }) =>
      (api.get as (path: string, taken: object) => Promise<unknown>)('/payout-batches/{batchId}/since', {
        params: { batchId },
        signal,
      }) as Promise<BatchSince>,
    retry: false,
  });
}
