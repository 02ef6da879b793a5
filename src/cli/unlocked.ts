import { ApiProblem } from './client.ts';
import type { Io } from './command.ts';
import { momentText } from './moment.ts';

/** How often it is looked whether the cycle is free. */
const lookEveryMs = 500;

/** Does the work, waiting at most `waitMs` while somebody else prepares a batch of the same cycle. */
export async function whenUnlocked<T>(
  io: Pick<Io, 'err' | 'nowMs' | 'signal'>,
  waitMs: number,
  work: () => Promise<T>,
): Promise<T> {
  const deadline = io.nowMs() + waitMs;
  let said = false;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const isLocked = error instanceof ApiProblem && error.code === 'cycle_locked';
      if (!isLocked || io.nowMs() >= deadline || io.signal.aborted) throw error;
      if (!said) io.err(`${error.message} ${holder(error.problem)}`);
      said = true;
    }
    await new Promise<void>((done) => setTimeout(done, lookEveryMs));
  }
}

function holder({ lockedBy, expiresAt }: Readonly<Record<string, unknown>>): string {
  if (typeof lockedBy !== 'string' || typeof expiresAt !== 'string') return 'Waiting.';
  return `Waiting for ${lockedBy}, until ${momentText(expiresAt)} at the latest.`;
}
