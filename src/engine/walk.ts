import type { ItemReport, PayoutProvider, StatusPage } from '../providers/provider.ts';

/** Pages read of one provider batch; more than any batch can have, so a provider that never ends cannot hold a worker. */
const pagesMax = 1000;

/** What a complete reading of a provider batch says beside its items. */
export interface Walk {
  readonly progress: StatusPage['progress'];
  readonly raw: string;
  readonly providerKey: string | null;
  /** Distinct item references seen. */
  readonly seen: ReadonlySet<string>;
  /** References the provider lists under two item ids: money may have moved twice. */
  readonly doubles: readonly string[];
  /** False when `onPage` stopped the walk. */
  readonly complete: boolean;
}

/**
 * Reads a provider batch page by page; `onPage` may stop by answering false. An item that is
 * listed again is handed on once.
 * Throws LookupFailedError when the provider does not answer.
 */
export async function walk(
  provider: PayoutProvider,
  providerBatchId: string,
  onPage: (items: readonly ItemReport[], page: StatusPage, number: number) => Promise<boolean>,
): Promise<Walk> {
  const idByReference = new Map<string, string>();
  const doubles: string[] = [];
  for (let number = 1; number <= pagesMax; number += 1) {
    const page = await provider.fetchStatus(providerBatchId, number);
    const fresh: ItemReport[] = [];
    for (const item of page.items) {
      const known = idByReference.get(item.itemReference);
      if (known === undefined) fresh.push(item);
      else if (known !== item.providerItemId) doubles.push(item.itemReference);
      idByReference.set(item.itemReference, known ?? item.providerItemId);
    }
    const more = page.hasMore && page.items.length > 0;
    const goOn = await onPage(fresh, page, number);
    if (!goOn || !more) return { ...page, seen: new Set(idByReference.keys()), doubles, complete: goOn };
  }
  throw new Error(`provider batch ${providerBatchId} has more than ${pagesMax} pages`);
}
