import { queryOptions } from '@tanstack/react-query';
import { api } from '../../app/api.ts';
import type { Minor } from '../../app/format.ts';
import type { Float } from '../../client/types.ts';

interface Need {
  readonly count: Minor;
  readonly amount: Minor;
}

/** Something that leaves on its day, and what is there after it. Minor units. */
export interface Step {
  readonly kind: 'queued' | 'retry' | 'run';
  readonly at: string;
  /** Of the platform's zone, as `2026-03-06`. */
  readonly day: string;
  readonly sends: Need;
  readonly asks: Need;
  readonly left: Minor | null;
}

/** What leaves by the calendar. */
export interface Plan {
  readonly from: string;
  readonly to: string;
  readonly timezone: string;
  readonly steps: readonly Step[];
  readonly firstShort: { readonly day: string; readonly at: string; readonly shortfall: Minor } | null;
  readonly complete: boolean;
}

export type Account = Float['accounts'][number] & {
  readonly projection: Plan;
  readonly whenPaid: { readonly approved: Need; readonly requested: Need };
};

/** What each provider account holds, and what is needed of it. */
export const floatQuery = queryOptions({
  queryKey: ['float'],
  queryFn: async ({ signal }) => {
    const { accounts, providers } = await api.get('/float', { signal });
    return { accounts: accounts as Account[], providers };
  },
});
