import type { Client } from '../../client/client.ts';
import type { ListedBatch } from '../../client/types.ts';

/** Batches of a cycle that are asked for at once; each is drawn with a summary of its own. */
const batchesAtOnce = 10;

export interface HistoryPage {
  readonly batches: readonly ListedBatch[];
  /** Names the next page; null on the last. */
  readonly next: string | null;
}

/** A page of the batches of a cycle, the newest first. */
export async function historyPage(
  api: Pick<Client, 'get'>,
  cycleId: string,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<HistoryPage> {
  let next: string | null = null;
  const batches = await api.get('/payout-batches', {
    query: { cycleId, limit: batchesAtOnce, ...(cursor !== null && { cursor }) },
    ...(signal && { signal }),
    onHeaders: (headers) => {
      next = headers.get('x-next-cursor');
    },
  });
  return { batches, next };
}
