import { hearOfAccount } from '../actions/account-events.ts';
import { eventTriesMax, eventWaitMs } from '../core/retry.ts';
import { openAlerts } from '../store/alerts.ts';
import type { Db } from '../store/db.ts';
import { transaction } from '../store/db.ts';
import type { OpenEvent } from '../store/provider-events.ts';
import { markProcessed, postponeEvent, takeEvents } from '../store/provider-events.ts';
import { namedOtherwise, nudge } from '../store/submissions.ts';
import type { EngineContext } from './context.ts';

const eventsPerRoundMax = 200;

/**
 * Stored webhook events are hints: each makes the next look at its submission happen now, and the truth is fetched. An
 * event is marked processed in the transaction of its effect. Answers how many were processed.
 */
export async function runOnce(ctx: EngineContext): Promise<number> {
  return transaction(ctx.db, async (tx) => {
    const now = ctx.now();
    const events = await takeEvents(tx, eventsPerRoundMax, now);
    const processed: bigint[] = [];
    for (const event of events) {
      const { account } = event;
      if (account !== null) await hearOfAccount(tx, ctx, { ...event, account });
      // Of a payee's account, or of nothing of ours: kept, and no submission to look at.
      if (event.providerBatchId === null && event.providerKey === null) {
        processed.push(event.id);
        continue;
      }
      await alertSecondBatch(tx, event, now);
      const found = await nudge(tx, event.provider, event, now);
      if (found > 0 || event.tries + 1 >= eventTriesMax) processed.push(event.id);
      else {
        const next = new Date(now.getTime() + eventWaitMs(event.tries));
        await postponeEvent(tx, event.id, next, 'points at no submission of ours');
      }
    }
    if (processed.length > 0) await markProcessed(tx, processed, now);
    return processed.length;
  });
}

/** One key, two batches: whatever the second one is, nobody else would ever look at it. */
async function alertSecondBatch(tx: Db, event: OpenEvent, now: Date): Promise<void> {
  const keys = await namedOtherwise(tx, event.provider, event);
  const facts = { batch: event.providerBatchId ?? '' };
  await openAlerts(
    tx,
    keys.map((subject) => ({ kind: 'second_batch', subject, facts }) as const),
    now,
  );
}
