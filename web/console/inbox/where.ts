import type { InboxItem } from '../../client/types.ts';

/** A place of the console, with what its list shows. */
export interface Where {
  readonly to: string;
  /** The router does not know the filters of each page by type. */
  readonly search: never;
}

const pages: Readonly<Record<string, string>> = {
  payouts: '/payouts',
  hand_transfers: '/approvals/by-hand',
  payees: '/payees',
  float: '/float',
};

/** Where a kind of work is done. What has no page of its own stands on the status page. */
export function whereOf({ kind, link }: InboxItem): Where {
  const search = link.filter as never;
  if (kind === 'approvals' || kind === 'approvals_expiring') return { to: '/approvals', search: {} as never };
  return { to: pages[link.list] ?? '/status', search };
}
