import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { PayoutState } from '../../../src/core/payout.ts';
import type { Filters } from '../../app/filters.ts';
import { api } from '../../app/api.ts';
import type { Calls, Page, Payout } from '../../client/types.ts';

/** What people look for, each a set of states. */
const views = {
  attention: ['failed', 'returned'],
  approval: ['pending_approval'],
  scheduled: ['approved'],
  way: ['queued', 'sending', 'sent', 'held', 'unclaimed'],
  arrived: ['completed'],
  over: ['declined', 'cancelled'],
  all: [],
} as const satisfies Record<string, readonly PayoutState[]>;
type View = keyof typeof views;
export const viewNames = Object.keys(views) as View[];

/** The view an address names, by its name or by its states; null when its states are no view. */
export function viewOf({ view, status }: Filters): View | null {
  if (status !== undefined) return viewNames.find((name) => views[name].join(',') === status) ?? null;
  return viewNames.find((name) => name === view) ?? 'all';
}

/** The states that are shown; none stands for all. */
export function statesOf(filters: Filters): readonly string[] {
  const view = viewOf(filters);
  return view === null ? (filters['status']?.split(',') ?? []) : views[view];
}

/** The filters that narrow a view; all of them may stand in the address. */
export const narrowing = ['q', 'payee', 'cycle', 'waitingOn', 'currency', 'method', 'from', 'to'] as const;

const rowsPerPage = 50;

/** Whose turn it can be, and how payees are paid: what the address may name. */
export const turns = ['you', 'approver', 'payee', 'provider', 'clock', 'nobody'] as const;
export const methods = ['paypal', 'stripe', 'bank', 'moncash', 'natcash', 'manual'] as const;

type PayoutFilter = NonNullable<Calls['GET']['/payouts/counts']['query']>;

/** What the server is asked for; an end date counts whole. */
function filterOf(filters: Filters): PayoutFilter {
  const { payee: payeeId, cycle: cycleId, q, from, to, batchId } = filters;
  const states = statesOf(filters).join(',');
  return {
    status: states === '' ? undefined : states,
    payeeId,
    cycleId,
    batchId,
    q,
    ...asNamed(filters, 'need'),
    ...asNamed(filters, 'reason'),
    waitingOn: turns.find((turn) => turn === filters['waitingOn']),
    method: methods.find((method) => method === filters['method']),
    currency: filters['currency']?.toUpperCase(),
    from: from && new Date(`${from}T00:00:00`).toISOString(),
    to: to && new Date(new Date(`${to}T00:00:00`).getTime() + dayMs).toISOString(),
  };
}

/** As another page named it: the exact rows a card of the inbox counts, or those of one reason. */
function asNamed(filters: Filters, name: 'need' | 'reason'): PayoutFilter {
  const value = filters[name];
  return value === undefined ? {} : Object.fromEntries([[name, value]]);
}

const dayMs = 24 * 60 * 60_000;

/** The payouts of these filters, newest first, page by page. */
export function usePayouts(filters: Filters) {
  const filter = filterOf(filters);
  return useInfiniteQuery({
    queryKey: ['payouts', 'list', filter],
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Page<Payout>) => page.nextCursor ?? undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      api.get('/payouts', { query: { ...filter, limit: rowsPerPage, cursor }, signal }),
  });
}

/** How many there are of these filters, and how much that is. */
export function usePayoutCounts(filters: Filters) {
  const filter = filterOf(filters);
  return useQuery({
    queryKey: ['payouts', 'counts', filter],
    queryFn: ({ signal }) => api.get('/payouts/counts', { query: filter, signal }),
    placeholderData: keepPreviousData,
  });
}
