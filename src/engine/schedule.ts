import { systemActor } from '../core/actor.ts';
import type { Actor } from '../core/actor.ts';
import { claimRun, isClaimable, requestAtThresholds, runPage } from '../actions/schedule-runs.ts';
import { readSettings } from '../store/settings.ts';
import type { EngineContext } from './context.ts';

/** Payees one transaction asks for. */
const payeesPerPage = 200;
/** Pages of one round: a large run goes on in the next rounds and never holds up sending. */
const pagesPerRoundMax = 5;
/** Between two looks for payees who have as much as they set for asking by itself. */
const thresholdsEveryMs = 5_000;

const scheduleActor: Actor = { ...systemActor, id: 'schedule', name: 'schedule' };
const lookedAt = new WeakMap<EngineContext, number>();

/** Asks for the payouts that are due by the clock or by what is available; answers how many, and runs that began or ended. */
export async function runOnce(ctx: EngineContext): Promise<number> {
  const acting = { ...ctx, actor: scheduleActor };
  let did = 0;
  if (await isClaimable(ctx, await readSettings(ctx.db))) {
    const dueAt = await claimRun(acting);
    if (dueAt) ctx.log.info('schedule_run_started', { dueAt, lateMs: ctx.now().getTime() - dueAt.getTime() });
    if (dueAt) did += 1;
  }
  for (let pages = 0; pages < pagesPerRoundMax; pages += 1) {
    const page = await runPage(acting, ctx.provider, payeesPerPage);
    if (!page) break;
    did += page.requested;
    if (!page.finished) continue;
    did += 1;
    ctx.log.info('schedule_run_finished', { dueAt: page.dueAt });
  }
  return did + (isLookDue(ctx) ? await requestAtThresholds(acting, payeesPerPage) : 0);
}

function isLookDue(ctx: EngineContext): boolean {
  const now = ctx.now().getTime();
  const last = lookedAt.get(ctx);
  // A clock that was set back counts as due, too.
  if (last !== undefined && Math.abs(now - last) < thresholdsEveryMs) return false;
  lookedAt.set(ctx, now);
  return true;
}
