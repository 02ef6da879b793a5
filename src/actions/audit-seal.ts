import { chainStart, linkBytes } from '../core/audit.ts';
import type { Seal } from '../store/audit-seals.ts';
import { chainHead, insertSeals, tryLockSeals, unsealedEvents } from '../store/audit-seals.ts';
import { transaction } from '../store/db.ts';
import type { ActionContext } from './context.ts';

/** Events sealed in one transaction: it stays short, and whoever writes events never waits for it. */
export const eventsPerPageMax = 1000;

export interface SealedPage {
  readonly events: number;
  /** The last link of the chain now. */
  readonly seq: bigint;
  readonly hash: string;
}

/**
 * Seals the first page of the events that wait, in the order of their ids; null when none waits or somebody else seals.
 * An event that committed late, with an id below others that are sealed, comes later in the chain.
 */
export async function sealPage(ctx: ActionContext): Promise<SealedPage | null> {
  return transaction(ctx.db, async (tx) => {
    if (!(await tryLockSeals(tx))) return null;
    // Read after the lock was taken, so the head is what the last sealer committed.
    const head = await chainHead(tx);
    const seals: Seal[] = [];
    let last = head ?? { seq: 0n, hash: chainStart };
    for (const event of await unsealedEvents(tx, eventsPerPageMax)) {
      const link = { seq: last.seq + 1n, eventId: event.eventId, previous: last.hash };
      last = { ...link, hash: ctx.vault.mac(linkBytes(link, event)) };
      seals.push({ ...link, hash: last.hash });
    }
    if (seals.length === 0) return null;
    await insertSeals(tx, seals);
    return { events: seals.length, seq: last.seq, hash: last.hash };
  });
}
