import { api } from '../../app/api.ts';
import { money } from '../../app/format.ts';
import type { IconName } from '../../ui/icons.tsx';

/** Something that was found, and where it is. */
export interface Hit {
  readonly id: string;
  readonly kind: IconName;
  readonly title: string;
  readonly detail: string;
  readonly to: string;
}

/** Fewer letters find everything. */
export const searchCharsMin = 2;
const hitsMax = 6;

/** Payouts by id, reference or name, their payees, and cycles by name. */
export async function search(words: string, signal: AbortSignal): Promise<Hit[]> {
  const [payouts, cycles] = await Promise.all([
    api.get('/payouts', { query: { q: words, limit: hitsMax }, signal }),
    api.get('/cycles', { query: { limit: 50 }, signal }),
  ]);
  const wanted = words.toLowerCase();
  return [
    ...cycles.data
      .filter(({ id, name }) => `${id} ${name}`.toLowerCase().includes(wanted))
      .slice(0, hitsMax)
      .map(({ id, name }) => ({
        id: `cycle ${id}`,
        kind: 'cycles' as const,
        title: name === '' ? id : name,
        detail: id,
        to: `/cycles/${encodeURIComponent(id)}`,
      })),
    ...[...new Map(payouts.data.map(({ payeeId, payeeName }) => [payeeId, payeeName]))].map(([id, name]) => ({
      id: `payee ${id}`,
      kind: 'payees' as const,
      title: name === '' ? id : name,
      detail: id,
      to: `/payees/${encodeURIComponent(id)}`,
    })),
    ...payouts.data.map((payout) => ({
      id: `payout ${payout.id}`,
      kind: 'payouts' as const,
      title: `${payout.payeeName === '' ? payout.payeeId : payout.payeeName}, ${money(payout.amount, payout.currency)}`,
      detail: `${payout.label} · ${payout.id}`,
      to: `/payouts/${encodeURIComponent(payout.id)}`,
    })),
  ];
}
