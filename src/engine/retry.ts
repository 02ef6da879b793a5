import type { AutoRetried } from '../actions/auto-retry.ts';
import { retryDueOf } from '../actions/auto-retry.ts';
import type { DueGroup } from '../store/auto-retries.ts';
import { dueGroups, isRetryDue } from '../store/auto-retries.ts';
import type { EngineContext } from './context.ts';
import { tellRefused, wasRefused } from './refused.ts';

/** Payouts one transaction tries again, and of so many due ones a round looks at the cycles. */
const retriesPerBatchMax = 5000;

/** Tries payouts again that failed for a temporary reason and whose time has come; answers how many it moved. */
export async function runOnce(ctx: EngineContext): Promise<number> {
  if (!(await isRetryDue(ctx.db, ctx.now()))) return 0;
  let moved = 0;
  for (const group of await dueGroups(ctx.db, ctx.now(), retriesPerBatchMax)) {
    const { retried, putOff, asked, stopped } = await retryGroup(ctx, group);
    moved += retried + asked + stopped;
    if (retried + putOff + asked + stopped > 0) {
      ctx.log.info('payouts_retried', { cycle: group.cyclePublicId, retried, putOff, asked, stopped });
    }
  }
  return moved;
}

/** What the books refuse of one group keeps no other from being tried again. */
async function retryGroup(ctx: EngineContext, group: DueGroup): Promise<AutoRetried> {
  try {
    return await retryDueOf(ctx, ctx.providers, group, retriesPerBatchMax);
  } catch (error) {
    if (!wasRefused(error)) throw error;
    await tellRefused(ctx, `retries of ${group.cyclePublicId ?? 'requests'}`, error);
    return { retried: 0, putOff: 0, asked: 0, stopped: 0 };
  }
}
