import { queryOptions, useQueries } from '@tanstack/react-query';
import { api } from '../../app/api.ts';
import type { InboxItem } from '../../client/types.ts';

/** Whose turn it can be; the clock's last: what waits for its time needs nobody yet, and is not lost from sight. */
const turns = ['you', 'payee', 'provider', 'clock'] as const;

/** How many payouts of a kind of work wait on whom. */
export interface Turn {
  readonly kind: 'failed' | 'returned';
  readonly turn: (typeof turns)[number];
  readonly count: number;
}

/** Kinds of work of which some may wait on others. */
const split = ['failed', 'returned'] as const;

function turnQuery(kind: Turn['kind'], turn: Turn['turn']) {
  const query = { status: kind, need: kind, waitingOn: turn };
  return queryOptions({
    queryKey: ['payouts', 'counts', query],
    queryFn: ({ signal }) => api.get('/payouts/counts', { query, signal }),
  });
}

/** What the card counts, told apart by whose turn it is; nothing for other kinds than what failed or came back, and null while it is not known. */
export function useTurns({ kind }: Pick<InboxItem, 'kind'>): readonly Turn[] | null {
  const asked = split.filter((one) => one === kind).flatMap(turnsOf);
  const found = useQueries({ queries: asked.map((one) => turnQuery(one.kind, one.turn)) });
  if (found.some(({ isPending }) => isPending)) return null;
  return asked.flatMap((one, at) => {
    const count = found[at]?.data?.total ?? 0;
    return count === 0 ? [] : [{ ...one, count }];
  });
}

/** True once whose turn it is is known of all of these. */
export function useTurnsKnown(items: readonly Pick<InboxItem, 'kind'>[]): boolean {
  const asked = split.filter((one) => items.some(({ kind }) => kind === one)).flatMap(turnsOf);
  const found = useQueries({ queries: asked.map((one) => turnQuery(one.kind, one.turn)) });
  return found.every(({ isPending }) => !isPending);
}

function turnsOf(kind: Turn['kind']) {
  return turns.map((turn) => ({ kind, turn }));
}
