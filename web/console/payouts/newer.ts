import { api } from '../../app/api.ts';
import type { Page, Payee, Payout, Totals } from '../../client/types.ts';

/** Calls and filters that the generated types do not name yet; when they do, this file goes. */
const newer = api as unknown as {
  readonly get: <Answer>(
    path: string,
    taken: { query?: Readonly<Record<string, string | number | undefined>>; signal: AbortSignal },
  ) => Promise<Answer>;
};

export interface PayoutFilter {
  /** One state, or several with commas. */
  readonly status?: string | undefined;
  readonly waitingOn?: string | undefined;
  readonly payeeId?: string | undefined;
  readonly cycleId?: string | undefined;
  readonly batchId?: string | undefined;
  readonly currency?: string | undefined;
  readonly method?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly q?: string | undefined;
}

interface Paged {
  readonly limit: number;
  readonly cursor: string | undefined;
}

export function listPayouts(query: PayoutFilter & Paged, signal: AbortSignal): Promise<Page<Payout>> {
  return newer.get('/payouts', { query: { ...query }, signal });
}

export interface PayoutCounts {
  readonly total: number;
  /** There are more than were counted. */
  readonly capped: boolean;
  readonly totals: Totals;
}

export function countPayouts(query: PayoutFilter, signal: AbortSignal): Promise<PayoutCounts> {
  return newer.get('/payouts/counts', { query: { ...query }, signal });
}

export function listPayees(
  query: { readonly q: string | undefined } & Paged,
  signal: AbortSignal,
): Promise<Page<Payee>> {
  return newer.get('/payees', { query: { ...query }, signal });
}

/** One kind of work that waits for a person. */
export interface InboxItem {
  readonly kind: string;
  readonly count: number;
  readonly capped: boolean;
  readonly totals: Totals;
  readonly oldestAt: string | null;
  /** When the first of them ends by the clock. */
  readonly dueAt: string | null;
  readonly title: string;
  readonly detail: string;
  readonly action: string;
  readonly link: {
    readonly list: string;
    readonly id: string | null;
    readonly filter: Readonly<Record<string, string>>;
  };
  readonly waitingOn: 'you' | 'approver' | 'payee' | 'clock';
}

export interface Inbox {
  readonly items: readonly InboxItem[];
  readonly allClear: boolean;
  readonly checkedAt: string;
}

export function readInbox(signal: AbortSignal): Promise<Inbox> {
  return newer.get('/inbox', { signal });
}
