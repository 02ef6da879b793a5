import { api } from '../../app/api.ts';
import type { IconName } from '../../ui/icons.tsx';

/** Something that was found, and where it is. */
export interface Hit {
  readonly id: string;
  readonly icon: IconName;
  readonly title: string;
  readonly detail: string;
  readonly to: string;
}

/** Fewer letters find everything. */
export const searchCharsMin = 2;

const places = {
  payee: ['payees', '/payees/'],
  payout: ['payouts', '/payouts/'],
  batch: ['batch', '/batches/'],
  cycle: ['cycles', '/cycles/'],
} as const;

/** Payouts, payees, batches and cycles, by whatever somebody has in hand. */
export async function search(words: string, signal: AbortSignal): Promise<Hit[]> {
  const { hits } = await api.get('/search', { query: { q: words }, signal });
  return hits.map(({ kind, id, title, subtitle }) => {
    const [icon, page] = places[kind];
    return { id: `${kind} ${id}`, icon, title, detail: subtitle, to: page + encodeURIComponent(id) };
  });
}
