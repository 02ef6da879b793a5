import { setTimeout as sleep } from 'node:timers/promises';
import { nextDue } from '../store/submissions.ts';
import type { EngineContext, Round } from './context.ts';
import type { Lane } from './lanes.ts';
import { lanesOf } from './lanes.ts';
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

/** One round of everything that happens without a caller, one after the other; answers how much was done. */
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
 * Works until `signal` aborts or `until` answers true: lane beside lane, or, for one batch, round after round. A round that
 * throws is logged and tried again, and slows its own lane alone: every row says itself what to do next, so nothing depends on
 * this process going on. Resolves when the last lane has ended, so that whoever closes the database waits for it.
 */
export async function runLoop(
  ctx: EngineContext,
  options: { round: Round; signal: AbortSignal; until?: () => Promise<boolean> },
): Promise<void> {
  const lanes = options.round.batchId === null ? lanesOf(ctx) : [onlyLane(ctx, options.round)];
  const stop = new AbortController();
  const bell = new Bell();
  const end = () => {
    stop.abort();
    bell.ring();
  };
  options.signal.addEventListener('abort', end, { once: true });
  if (options.signal.aborted) end();
  const until = async () => {
    if (await options.until?.()) end();
  };
  await Promise.all(
    lanes.map(async (lane) => {
      await runLane(ctx, lane, { signal: stop.signal, bell, until });
      await lane.rest?.();
    }),
  );
  options.signal.removeEventListener('abort', end);
}

/** What one lane did is often another's work: it rings, and whoever rests looks again. */
class Bell {
  #next = new AbortController();

  /** Aborts when it rings next. */
  get next(): AbortSignal {
    return this.#next.signal;
  }

  ring(): void {
    const rung = this.#next;
    this.#next = new AbortController();
    rung.abort();
  }
}

function onlyLane(ctx: EngineContext, round: Round): Lane {
  const due = async () => {
    const dues = await Promise.all(
      (['send', 'poll'] as const).map((work) => nextDue(ctx.db, work, round.batchId, ctx.providers.names)),
    );
    return (
      dues.filter((at) => at !== null).toSorted((one, other) => one.getTime() - other.getTime())[0] ?? null
    );
  };
  return { name: 'all', work: async () => runRound(ctx, round), nextDue: due };
}

async function runLane(
  ctx: EngineContext,
  lane: Lane,
  { signal, bell, until }: { signal: AbortSignal; bell: Bell; until: () => Promise<void> },
): Promise<void> {
  let failures = 0;
  for (;;) {
    // Taken before the look: what rings during it is not slept through.
    const rung = bell.next;
    if (signal.aborted) return;
    try {
      await ctx.keepTime?.();
      const did = await lane.work(rung);
      failures = 0;
      await until();
      if (did > 0) bell.ring();
      else await pause(await idleWaitMs(ctx, lane), rung);
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      const why = error instanceof Error ? error.message : 'unknown';
      ctx.log.error('round_failed', { lane: lane.name, failures, error: why });
      await pause(Math.min(failureWaitMs * 2 ** Math.min(failures, 10), failureWaitMaxMs), signal);
    }
  }
}

async function idleWaitMs(ctx: EngineContext, lane: Lane): Promise<number> {
  const due = (await lane.nextDue())?.getTime() ?? Infinity;
  return Math.min(Math.max(due - ctx.now().getTime(), idleWaitMinMs), idleWaitMaxMs);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
