import type { Database } from './database.ts';
import { readSetting, writeSetting } from './settings.ts';

/** The sandbox's time: the machine's plus an offset that tests push forward and that is kept. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  offsetMs(): number;
  advance(seconds: number): void;
}

export function openClock(db: Database, machineNow: () => number): Clock {
  let offsetMs = readSetting(db, 'clock_offset_ms', 0);
  return {
    now: () => machineNow() + offsetMs,
    offsetMs: () => offsetMs,
    advance(seconds) {
      const next = offsetMs + Math.round(seconds * 1000);
      writeSetting(db, 'clock_offset_ms', next);
      offsetMs = next;
    },
  };
}

let lastSecond = { ms: 0, text: '1970-01-01T00:00:00Z' };

/** Whole seconds, as PayPal writes times. The last one is kept: the items of a page mostly share theirs. */
export function isoSeconds(ms: number): string {
  if (lastSecond.ms !== ms) lastSecond = { ms, text: `${new Date(ms).toISOString().slice(0, 19)}Z` };
  return lastSecond.text;
}
