import { setTimeout as sleep } from 'node:timers/promises';
import { nextDue } from '../store/submissions.ts';
import type { EngineContext, Round } from './context.ts';
import * as accounts from './accounts.ts';
import * as expire from './expire.ts';
import * as float from './float.ts';
import * as mail from './mail.ts';
import * as poll from './poll.ts';
import * as receive from './receive.ts';
import * as reconcile from './reconcile.ts';
import * as schedule from './schedule.ts';
import * as seal from './seal.ts';
import * as retry from './retry.ts';
import * as send from './send.ts';
import * as settle from './settle.ts';
import * as sweep from './sweep.ts';
import * as surface from './surface.ts';
import * as watch from './watch.ts';

/** Longest pause between rounds: webhooks and other processes make work that no timer here knows. */
const idleWaitMaxMs = 1000;
const idleWaitMinMs = 20;
/** Pause after a round that failed, e.g. because the database is away; doubles up to the maximum. */
const failureWaitMs = 250;
const failureWaitMaxMs = 10_000;

/** One round of everything that happens without a caller; answers how much was done. */
export async function runRound(ctx: EngineContext, round: Round): Promise<number> {
  const freed = (await settle.runOnce(ctx)) + (await expire.runOnce(ctx));
  // A command that waits for one batch leaves new ones to whoever serves.
  const started = round.batchId === null ? (await retry.runOnce(ctx)) + (await schedule.runOnce(ctx)) : 0;
  const sent = await send.runOnce(ctx, round);
  const received = await receive.runOnce(ctx);
  const surfaced = await surface.runOnce(ctx);
  const polled = await poll.runOnce(ctx, round);
  const reconciled = await reconcile.runOnce(ctx, round);
  const looked = await accounts.runOnce(ctx);
  const mailed = await mail.runOnce(ctx);
  const sealed = await seal.runOnce(ctx);
  await sweep.runWhenDue(ctx);
  await watch.runWhenDue(ctx);
  if (round.batchId === null) await float.runOnce(ctx);
  return freed + started + sent + received + surfaced + polled + reconciled + looked + mailed + sealed;
}

/**
 * Runs rounds until `signal` aborts or `until` answers true. A round that throws is logged and tried again: every row says
 * itself what to do next, so nothing depends on this process going on.
 */
export async function runLoop(
  ctx: EngineContext,
  options: { round: Round; signal: AbortSignal; until?: () => Promise<boolean> },
): Promise<void> {
  let failures = 0;
  while (!options.signal.aborted) {
    try {
      await ctx.keepTime?.();
      const did = await runRound(ctx, options.round);
      failures = 0;
      if (await options.until?.()) return;
      if (did === 0) await pause(await idleWaitMs(ctx, options.round), options.signal);
    } catch (error) {
      if (options.signal.aborted) return;
      failures += 1;
      ctx.log.error('round_failed', { failures, error: error instanceof Error ? error.message : 'unknown' });
      await pause(Math.min(failureWaitMs * 2 ** Math.min(failures, 10), failureWaitMaxMs), options.signal);
    }
  }
}

async function idleWaitMs(ctx: EngineContext, round: Round): Promise<number> {
  const dues = await Promise.all([
    nextDue(ctx.db, 'send', round.batchId, ctx.providers.names),
    nextDue(ctx.db, 'poll', round.batchId, ctx.providers.names),
  ]);
  const first = Math.min(...dues.map((due) => due?.getTime() ?? Infinity));
  return Math.min(Math.max(first - ctx.now().getTime(), idleWaitMinMs), idleWaitMaxMs);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
