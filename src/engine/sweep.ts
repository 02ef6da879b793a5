import { removeOldOutcomes } from '../store/idempotency.ts';
import { removeOldWindows } from '../store/rate-limits.ts';
import { removeOldRequests } from '../store/request-log.ts';
import type { EngineContext } from './context.ts';

/** Between two sweeps of one process. */
const sweepEveryMs = 60_000;
/** Rows one sweep removes of each kind. */
const sweptMax = 10_000;

const sweptAt = new WeakMap<EngineContext, number>();

/**
 * Removes what is kept for a time only: answers to idempotency keys, windows of rate limits, the list of requests. Answers how
 * many rows.
 */
export async function runOnce(ctx: EngineContext): Promise<number> {
  const outcomes = await removeOldOutcomes(ctx.db, ctx.now(), sweptMax);
  const windows = await removeOldWindows(ctx.db, ctx.now(), sweptMax);
  const requests = await removeOldRequests(ctx.db, ctx.now(), sweptMax);
  const swept = outcomes + windows + requests;
  if (swept > 0) ctx.log.info('swept', { outcomes, windows, requests });
  return swept;
}

/** The same, at most once a minute per process. */
export async function runWhenDue(ctx: EngineContext): Promise<number> {
  const now = ctx.now().getTime();
  const last = sweptAt.get(ctx);
  // A clock that was set back counts as due, too.
  if (last !== undefined && Math.abs(now - last) < sweepEveryMs) return 0;
  sweptAt.set(ctx, now);
  return runOnce(ctx);
}
