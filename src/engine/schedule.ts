import { systemActor } from '../core/actor.ts';
import type { Actor } from '../core/actor.ts';
import type { Place } from '../actions/schedule-runs.ts';
import { claimRun, lookForRun, requestAtThresholds, runPage } from '../actions/schedule-runs.ts';
import type { EngineContext } from './context.ts';

/** Payees one transaction asks for. */
const payeesPerPage = 200;
/** Pages of one round: a large run goes on in the next rounds and never holds up sending. */
const pagesPerRoundMax = 5;
/** Between two looks for payees who have as much as they set for asking by itself. */
const thresholdsEveryMs = 5_000;

/** Between two looks for a due time or an unfinished run. */
const runsEveryMs = 1_000;

const scheduleActor: Actor = { ...systemActor, id: 'schedule', name: 'schedule' };

/** When this process looked last; each look is a few statements, and rounds may come hundreds of times a second. */
const looks = {
  runs: new WeakMap<EngineContext, number>(),
  thresholds: new WeakMap<EngineContext, number>(),
};

/** How far the looks for thresholds of this process have come. */
const places = new WeakMap<EngineContext, Place>();

/** Asks for the payouts that are due by the clock or by what is available; answers how many, and runs that began or ended. */
export async function runOnce(ctx: EngineContext): Promise<number> {
  const acting = { ...ctx, actor: scheduleActor };
  let did = 0;
  if (isLookDue(ctx, looks.runs, runsEveryMs)) {
    const { claimable, open } = await lookForRun(ctx);
    const dueAt = claimable ? await claimRun(acting) : null;
    if (dueAt) {
      did += 1;
      ctx.log.info('schedule_run_started', { dueAt, lateMs: ctx.now().getTime() - dueAt.getTime() });
    }
    if (dueAt || open) did += await runPages(ctx, acting);
  }
  if (isLookDue(ctx, looks.thresholds, thresholdsEveryMs)) did += await lookForThresholds(ctx, acting);
  return did;
}

/** Goes on where the last look of this process ended, so that those who cannot be asked for keep nobody else waiting. */
async function lookForThresholds(ctx: EngineContext, acting: EngineContext): Promise<number> {
  let did = 0;
  for (let pages = 0; pages < pagesPerRoundMax; pages += 1) {
    const after = places.get(ctx) ?? { payeeId: 0n, currency: '' };
    const { requested, next } = await requestAtThresholds(acting, ctx.providers.all, after, payeesPerPage);
    did += requested;
    if (next === null) {
      places.delete(ctx);
      return did;
    }
    places.set(ctx, next);
  }
  return did;
}

async function runPages(ctx: EngineContext, acting: EngineContext): Promise<number> {
  let did = 0;
  for (let pages = 0; pages < pagesPerRoundMax; pages += 1) {
    const page = await runPage(acting, ctx.providers.all, payeesPerPage);
    if (!page) return did;
    did += page.requested;
    if (!page.finished) continue;
    ctx.log.info('schedule_run_finished', { dueAt: page.dueAt });
    return did + 1;
  }
  // The next round goes on.
  looks.runs.delete(ctx);
  return did;
}

function isLookDue(ctx: EngineContext, looked: WeakMap<EngineContext, number>, everyMs: number): boolean {
  const now = ctx.now().getTime();
  const last = looked.get(ctx);
  // A clock that was set back counts as due, too.
  if (last !== undefined && Math.abs(now - last) < everyMs) return false;
  looked.set(ctx, now);
  return true;
}
