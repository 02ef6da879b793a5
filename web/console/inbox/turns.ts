import { useQueries } from '@tanstack/react-query';
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

/** What the card counts, told apart by whose turn it is; nothing for other kinds than what failed or came back, and null while it is not known. */
export function useTurns({ kind }: Pick<InboxItem, 'kind'>): readonly Turn[] | null {
  const status = kind === 'failed' || kind === 'returned' ? kind : null;
  const asked = status === null ? [] : turns.map((turn) => ({ kind: status, turn }));
  const found = useQueries({
    queries: asked.map(({ turn, kind: state }) => {
      const query = { status: state, need: state, waitingOn: turn };
      return {
        queryKey: ['payouts', 'counts', query],
        queryFn: ({ signal }: { signal: AbortSignal }) => api.get('/payouts/counts', { query, signal }),
      };
    }),
  });
  if (found.some(({ isPending }) => isPending)) return null;
  return asked.flatMap((one, at) => {
    const count = found[at]?.data?.total ?? 0;
    return count === 0 ? [] : [{ ...one, count }];
  });
}
