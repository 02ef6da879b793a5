import type { NewAlert } from '../core/alert-kinds.ts';
import { percentAbove } from '../core/percent.ts';
import { retriesExhausted, stuckSending as stuck } from '../actions/retry-plan.ts';
import { retryNotPossible } from '../actions/auto-retry.ts';
import { openAlerts } from '../store/alerts.ts';
import { transaction } from '../store/db.ts';
import type { FailureCount } from '../store/watch.ts';
import {
  anyOpen,
  closeOthers,
  closeRetriedOut,
  closeSettled,
  failuresSince,
  stuckBatches,
} from '../store/watch.ts';
import type { EngineContext } from './context.ts';
import { endLeftAlone, unanswered } from './left-alone.ts';

const minuteMs = 60_000;
/** Between two looks of one process. */
const watchEveryMs = minuteMs;
/** Attempts of this long are looked at for how many of them fail. */
const failureWindowMs = 24 * 60 * minuteMs;
/** More failures than this are worth an alert, */
const failurePercentMax = 5;
/** once so many attempts have ended that the share says something. */
const endedMin = 20;
/** A payout that is on its way for longer is stuck. */
const stuckAfterMs = 60 * minuteMs;
/** Stuck batches that are told of at once. */
const stuckShownMax = 50;

const failureRate = 'failure_rate';

const watchedAt = new WeakMap<EngineContext, number>();

/**
 * Opens and closes the alerts that no single event is about: too many failures, payouts on their way for too long; and
 * closes those about retries once nothing waits, and those about batches that nothing asks about any more. Answers how many are open of the first two.
 */
export async function runOnce(ctx: EngineContext): Promise<number> {
  const now = ctx.now();
  const failures = await failuresSince(ctx.db, new Date(now.getTime() - failureWindowMs));
  const slow = await stuckBatches(ctx.db, new Date(now.getTime() - stuckAfterMs), stuckShownMax);
  const failing = failures.filter(isTooMany).map(failing24h);
  const waiting = slow.map(({ publicId, openItems }): NewAlert => ({
    kind: stuck,
    subject: publicId,
    facts: { count: openItems },
  }));
  const opening = [...failing, ...waiting];
  const kinds = [failureRate, stuck, retriesExhausted, retryNotPossible, unanswered];
  if (opening.length === 0 && !(await anyOpen(ctx.db, kinds))) return 0;
  await transaction(ctx.db, async (tx) => {
    await openAlerts(tx, opening, now);
    await closeOthers(tx, failureRate, subjects(failing), now);
    // Of more than are told of, some may be stuck without being among these.
    if (slow.length < stuckShownMax) await closeOthers(tx, stuck, subjects(waiting), now);
    await closeRetriedOut(tx, retriesExhausted, now);
    await closeSettled(tx, retryNotPossible, now);
    await endLeftAlone(tx, ctx);
  });
  return opening.length;
}

function subjects(alerts: readonly NewAlert[]): string[] {
  return alerts.map(({ subject }) => subject);
}

function isTooMany({ ended, failed }: FailureCount): boolean {
  return ended >= endedMin && failed * 100 > failurePercentMax * ended;
}

function failing24h({ provider, ended, failed }: FailureCount): NewAlert {
  const percent = percentAbove(failed, ended, failurePercentMax);
  return {
    kind: failureRate,
    subject: provider,
    facts: { provider, failed, ended, percent, most: failurePercentMax },
  };
}

/** The same, at most once a minute per process. */
export async function runWhenDue(ctx: EngineContext): Promise<number> {
  const now = ctx.now().getTime();
  const last = watchedAt.get(ctx);
  // A clock that was set back counts as due, too.
  if (last !== undefined && Math.abs(now - last) < watchEveryMs) return 0;
  watchedAt.set(ctx, now);
  return runOnce(ctx);
}
