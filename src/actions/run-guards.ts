import type { Refusal } from '../core/refusal.ts';
import { refuse } from '../core/refusal.ts';
import { lastWholeRun } from '../store/batches.ts';
import type { Db } from '../store/db.ts';
import type { Scope } from '../store/eligibility.ts';
import type { ActionContext } from './context.ts';

/** Between two runs of a whole cycle by the same person or key. */
const betweenRunsMs = 60_000;

/**
 * Refuses a run of a whole cycle by somebody who started one less than a minute ago. Only runs that were started count,
 * so a refusal uses up nothing. Who names the earnings says exactly what they pay and is not asked to wait; neither is
 * Purser itself. A run dated further ahead than a minute was written by a clock that is off, and does not count.
 */
export async function startedJustNow(tx: Db, ctx: ActionContext, scope: Scope): Promise<Refusal | null> {
  if (scope.earningIds !== null || ctx.actor.kind === 'system') return null;
  const now = ctx.now().getTime();
  const last = await lastWholeRun(
    tx,
    { cycleId: scope.cycleId, startedById: ctx.actor.id },
    new Date(now - betweenRunsMs),
    new Date(now + betweenRunsMs),
  );
  if (!last) return null;
  const waitMs = Math.min(last.getTime() + betweenRunsMs - now, betweenRunsMs);
  return refuse('process_too_often', {}, Math.max(1, Math.ceil(waitMs / 1000)));
}
