import { Cron } from 'croner';
import { fault } from '../core/fault-words.ts';
import type { Calendar, Day } from '../core/schedule.ts';

const secondMs = 1000;
const parts = 'minute, hour, day of month, month, day of week; Fridays at 17:00 are 0 17 * * 5';

/** Times of cron expressions in a time zone with an IANA name. */
export function calendarIn(zone: string): Calendar {
  const days = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'iso8601',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
  let known: { text: string; cron: Cron } | null = null;
  // A platform has one expression; reading it costs more than asking it.
  const cronOf = (text: string): Cron => {
    if (known?.text !== text) known = { text, cron: new Cron(text, { timezone: zone, mode: '5-part' }) };
    return known.cron;
  };
  return {
    zone,
    next: (text, after) => cronOf(text).nextRun(after),
    // What is asked for excludes its own second.
    last: (text, at) => {
      const second = Math.floor(at.getTime() / secondMs) + 1;
      return cronOf(text).previousRuns(1, new Date(second * secondMs))[0] ?? null;
    },
    dayOf: (at) => dayIn(days, at),
    fault: (text) => faultOf(text, zone),
  };
}

function dayIn(format: Intl.DateTimeFormat, at: Date): Day {
  const found = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return { year: found.get('year') ?? 0, month: found.get('month') ?? 0, day: found.get('day') ?? 0 };
}

function faultOf(text: string, zone: string): string | null {
  const [minute = '', ...more] = text.trim().split(/\s+/);
  if (more.length !== 4) return fault('cron_parts', parts);
  if (!/^\d{1,2}$/.test(minute)) return fault('cron_minute');
  try {
    const cron = new Cron(text, { timezone: zone, mode: '5-part' });
    return cron.nextRun() === null ? fault('cron_never') : null;
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : 'unreadable';
    return fault('cron_unreadable', why, parts);
  }
}

/** True for a time zone this machine knows. */
export function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
