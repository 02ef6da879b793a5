import { useInfiniteQuery } from '@tanstack/react-query';
import { handMethods, type HandMethod } from '../../../src/core/hand-transfer.ts';
import { api } from '../../app/api.ts';
import type { HandTransfer, Page } from '../../client/types.ts';

const rowsPerPage = 50;

/** The method an address names; null: all of them. */
export function methodNamed(text: string | undefined): HandMethod | null {
  return handMethods.find((method) => method === text) ?? null;
}

/** Approved payouts that people pay, the oldest first. */
export function useHandTransfers(method: HandMethod | null) {
  return useInfiniteQuery({
    queryKey: ['approvals', 'by-hand', method],
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }: Page<HandTransfer>) => nextCursor ?? undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      api.get('/hand-transfers', {
        query: { limit: rowsPerPage, cursor, method: method ?? undefined },
        signal,
      }),
  });
}
