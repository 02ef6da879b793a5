import type { Log } from '../engine/context.ts';
import { readClockOffset } from '../store/clock.ts';
import type { Db } from '../store/db.ts';

/** How long a process goes on with the offset it read last. */
const clockRefreshMs = 500;

/** The time of this process: the machine's, and for sandboxes the offset in the database that all processes share. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly ms: () => number;
  offsetSeconds(): number;
  /** Takes an offset; the clock never goes back. */
  reach(offsetSeconds: number): void;
  /** Reads the offset again when the last look is older than `clockRefreshMs`; absent where time is never moved. */
  readonly keep?: () => Promise<void>;
}

/** The machine's time. With a real provider nothing moves it, whatever the database says. */
export function machineClock(): Clock {
  return { ms: Date.now, offsetSeconds: () => 0, reach: () => undefined };
}

/** A clock that follows the offset in the database. What cannot be read now is read a moment later. */
export function testClock(db: Db, log: Log): Clock & { keep: () => Promise<void> } {
  let offset = 0;
  let readAt = -Infinity;
  let reading: Promise<void> | null = null;
  const reach = (offsetSeconds: number) => {
    offset = Math.max(offset, offsetSeconds);
  };
  async function read(): Promise<void> {
    try {
      reach(await readClockOffset(db));
    } catch (error) {
      // Whoever needs the database says that it is away; the clock goes on as it was.
      log.warn('clock_not_read', { error: error instanceof Error ? error.message : 'unknown' });
    } finally {
      readAt = performance.now();
      reading = null;
    }
  }
  return {
    ms: () => Date.now() + offset * 1000,
    offsetSeconds: () => offset,
    reach,
    keep: async () => {
      if (performance.now() - readAt < clockRefreshMs) return;
      reading ??= read();
      await reading;
    },
  };
}
