import { useInfiniteQuery } from '@tanstack/react-query';
import type { PayoutState } from '../../../src/core/payout.ts';
import { api } from '../../app/api.ts';
import type { Filters } from '../../app/filters.ts';
import type { Payout } from '../../client/types.ts';

/** What people look for, each a set of states. */
export const views = {
  attention: ['failed', 'returned'],
  approval: ['pending_approval'],
  scheduled: ['approved'],
  way: ['queued', 'sending', 'sent', 'held', 'unclaimed'],
  arrived: ['completed'],
  over: ['declined', 'cancelled'],
  all: [],
} as const satisfies Record<string, readonly PayoutState[]>;
export type View = keyof typeof views;
export const viewNames = Object.keys(views) as View[];

/** The view an address names; everything when it names none. */
export function viewOf({ view = 'all' }: Filters): View {
  return viewNames.find((name) => name === view) ?? 'all';
}

const rowsPerPage = 50;
/** Cursors by state; a state without one is at its end. `any` stands for all states together. */
type Cursors = Partial<Record<PayoutState | 'any', string | undefined>>;
interface Rows {
  readonly rows: Payout[];
  readonly next: Cursors | undefined;
}

/** The payouts of these filters, newest first, page by page. */
export function usePayouts(filters: Filters) {
  const states = views[viewOf(filters)];
  const { payee: payeeId, cycle: cycleId, q } = filters;
  const first: Cursors = Object.fromEntries(
    (states.length === 0 ? ['any'] : states).map((state) => [state, undefined]),
  );
  return useInfiniteQuery({
    queryKey: ['payouts', 'list', states, payeeId, cycleId, q],
    initialPageParam: first,
    getNextPageParam: ({ next }: Rows) => next,
    queryFn: async ({ pageParam, signal }): Promise<Rows> => {
      const asked = Object.entries(pageParam) as [PayoutState | 'any', string | undefined][];
      const pages = await Promise.all(
        asked.map(async ([state, cursor]) => {
          const status = state === 'any' ? undefined : state;
          const query = { limit: rowsPerPage, cursor, status, payeeId, cycleId, q };
          return { state, page: await api.get('/payouts', { query, signal }) };
        }),
      );
      const rows = pages
        .flatMap(({ page }) => page.data)
        .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
      const next = pages.flatMap(({ state, page: { nextCursor } }) =>
        nextCursor === null ? [] : [[state, nextCursor] as const],
      );
      return { rows, next: next.length === 0 ? undefined : Object.fromEntries(next) };
    },
  });
}
