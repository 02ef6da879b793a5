import type { Outcome } from '../core/refusal.ts';
import { done, refuse } from '../core/refusal.ts';
import { advanceClockOffset } from '../store/clock.ts';
import { transaction } from '../store/db.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';

const daySeconds = 24 * 60 * 60;
/** Farthest the test clock goes ahead of the machines: the sandbox and its certificate go no farther. */
const clockOffsetMaxSeconds = 3650 * daySeconds;

/**
 * Moves the test clock of the whole installation forward by whole seconds; nothing moves it back. Only for installations
 * whose providers are all sandboxes: the caller has made sure of that.
 */
export async function advanceClock(
  ctx: ActionContext,
  seconds: number,
): Promise<Outcome<{ offsetSeconds: number }>> {
  return transaction(ctx.db, async (tx) => {
    const offsetSeconds = await advanceClockOffset(tx, seconds, clockOffsetMaxSeconds, ctx.now());
    if (offsetSeconds === undefined)
      return refuse('clock_too_far', { offsetSecondsMax: clockOffsetMaxSeconds });
    await audit(
      tx,
      ctx,
      'sandbox.clock_advanced',
      { type: 'clock', id: 'sandbox' },
      {
        before: { offsetSeconds: offsetSeconds - seconds },
        after: { offsetSeconds },
      },
    );
    return done({ offsetSeconds });
  });
}
