import { api } from './api.ts';

// Calls whose types come with the next description of the API; each then moves to its page.

type AnyGet = (
  path: string,
  taken: {
    readonly query?: Readonly<Record<string, string | number | undefined>>;
    readonly signal: AbortSignal;
  },
) => Promise<unknown>;
const get = api.get as unknown as AnyGet;

/** One request of somebody's program, without what was sent. */
export interface LoggedRequest {
  readonly at: string;
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly code: string | null;
  readonly ms: number;
  readonly requestId: string;
  readonly actor: { readonly kind: string; readonly id: string };
  readonly ip: string | null;
  readonly replayed: boolean;
}

interface RequestsPage {
  readonly data: readonly LoggedRequest[];
  readonly nextCursor: string | null;
}

export async function getRequests(
  query: Readonly<Record<string, string | number | undefined>>,
  signal: AbortSignal,
): Promise<RequestsPage> {
  return (await get('/requests', { query, signal })) as RequestsPage;
}

export interface SearchHit {
  readonly kind: 'payee' | 'payout' | 'batch' | 'cycle';
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
}

export async function getSearch(words: string, signal: AbortSignal): Promise<readonly SearchHit[]> {
  const found = (await get('/search', { query: { q: words }, signal })) as { hits: readonly SearchHit[] };
  return found.hits;
}

/** How many things of the inbox wait for a person. */
export async function getInboxCount(signal: AbortSignal): Promise<number> {
  const { items } = (await get('/inbox', { signal })) as { items: readonly { count: number }[] };
  return items.length;
}

type Sum = number | string;

/** What the numbers are made of, over the whole range. */
export interface AnalyticsParts {
  readonly reasons: readonly {
    readonly reason: string;
    readonly status: 'failed' | 'returned';
    readonly words: string;
    readonly fix: string;
    readonly count: number;
  }[];
  readonly methods: readonly {
    readonly method: string | null;
    readonly currency: string;
    readonly count: number;
    readonly amount: Sum;
    readonly completed: number;
    readonly failed: number;
  }[];
  readonly topPayees: readonly {
    readonly payeeId: string;
    readonly name: string;
    readonly currency: string;
    readonly count: number;
    readonly amount: Sum;
  }[];
  readonly providers: readonly {
    readonly provider: string;
    readonly count: number;
    readonly meanSeconds: number;
    readonly p50Seconds: number;
    readonly p95Seconds: number;
  }[];
}

export async function getAnalyticsParts(
  query: { readonly from: string; readonly to: string },
  signal: AbortSignal,
): Promise<AnalyticsParts> {
  return (await get('/payouts/analytics/parts', { query, signal })) as AnalyticsParts;
}
