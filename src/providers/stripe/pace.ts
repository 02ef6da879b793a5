import { setTimeout as sleep } from 'node:timers/promises';
import { turnWaitMaxMs } from './limits.ts';

const secondMs = 1000;

/** Waits until a call may begin, so that no more than `perSecond` begin in any second; null: nobody waits. */
export function createPace(perSecond: number | null, now: () => number): () => Promise<void> {
  /** When the last `perSecond` calls began, or are to begin. */
  const begins: number[] = [];
  return async () => {
    if (perSecond === null) return;
    // A clock that was set back would let everybody wait for the time that is now to come again.
    if ((begins.at(-1) ?? 0) > now() + turnWaitMaxMs) begins.length = 0;
    const oldest = begins.length < perSecond ? undefined : begins.shift();
    const at = Math.max(now(), (oldest ?? 0) + secondMs);
    begins.push(at);
    const waitMs = at - now();
    if (waitMs > 0) await sleep(waitMs);
  };
}
