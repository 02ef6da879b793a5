import type { Database } from './database.ts';
import { readSetting, writeSetting } from './settings.ts';

/** The sandbox's time: the machine's plus an offset that tests push forward and that is kept. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  offsetMs(): number;
  advance(seconds: number): void;
  /** Moves the offset to this many seconds, unless it is there or beyond. */
  reach(offsetSeconds: number): void;
}

export function openClock(db: Database, machineNow: () => number): Clock {
  let offsetMs = readSetting(db, 'clock_offset_ms', 0);
  function moveTo(next: number): void {
    writeSetting(db, 'clock_offset_ms', next);
    offsetMs = next;
  }
  return {
    now: () => machineNow() + offsetMs,
    offsetMs: () => offsetMs,
    advance: (seconds) => moveTo(offsetMs + Math.round(seconds * 1000)),
    reach: (offsetSeconds) => moveTo(Math.max(offsetMs, Math.round(offsetSeconds * 1000))),
  };
}

let lastSecond = { ms: 0, text: '1970-01-01T00:00:00Z' };

/** Whole seconds, as PayPal writes times. The last one is kept: the items of a page mostly share theirs. */
export function isoSeconds(ms: number): string {
  if (lastSecond.ms !== ms) lastSecond = { ms, text: `${new Date(ms).toISOString().slice(0, 19)}Z` };
  return lastSecond.text;
}
