import type { HoldFacts } from './hold.ts';
import { holdNow } from './hold.ts';
import type { PayoutState } from './payout.ts';

/** How often a payee is paid by the clock; `manual`: never by the clock. */
export const frequencies = ['weekly', 'every_two_weeks', 'monthly', 'manual'] as const;
export type Frequency = (typeof frequencies)[number];

/** A day of the calendar, wherever it is looked at; months from 1. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/**
 * Times of a cron expression of five parts in one time zone. A time that summer time skips comes at the moment of the
 * change; one that it repeats comes once, the first time.
 */
export interface Calendar {
  /** IANA name, such as `Europe/Paris`. */
  readonly zone: string;
  /** The first time after a moment; null when there is none. */
  next(cron: string, after: Date): Date | null;
  /** The last time at or before a moment; null when there is none. */
  last(cron: string, at: Date): Date | null;
  /** What day it is in the zone. */
  dayOf(at: Date): Day;
  /** What is wrong with an expression, in words after its name; null: nothing. */
  fault(cron: string): string | null;
}

const dayMs = 24 * 60 * 60_000;
/** 1 January 1970 was a Thursday; weeks begin on Mondays. */
const daysFromMonday = 3;
/** Runs that are looked at to find the next one of a payee: one an hour, over the days that are not jumped over. */
const runsLookedAtMax = 120;
/** Days before the end of a period that are not jumped over, as days of 23 and 25 hours exist. */
const daysNotJumped = 2;

/**
 * The period a day is in, by number. Weeks and pairs of weeks are counted from Monday, 29 December 1969, for everybody,
 * so the answer never depends on when it is asked.
 */
function periodOf(frequency: Frequency, day: Day): number {
  const days = daysSince(day) + daysFromMonday;
  if (frequency === 'weekly') return Math.floor(days / 7);
  if (frequency === 'every_two_weeks') return Math.floor(days / 14);
  return frequency === 'monthly' ? day.year * 12 + day.month : 0;
}

function daysSince({ year, month, day }: Day): number {
  return Date.UTC(year, month - 1, day) / dayMs;
}

/** Days from `day` to the last day of its period. */
function daysLeft(frequency: Frequency, day: Day): number {
  const { year, month } = day;
  if (frequency === 'monthly') return daysSince({ year, month: month + 1, day: 0 }) - daysSince(day);
  const length = frequency === 'weekly' ? 7 : 14;
  return length - 1 - ((daysSince(day) + daysFromMonday) % length);
}

/**
 * True when a run is the payee's: the first one of a week, of a pair of weeks or of a month. `before` is the run before it;
 * of runs that were missed only the last one is made, and it is everybody's whose run was among them.
 */
function isDue(frequency: Frequency, run: Day, before: Day): boolean {
  return periodOf(frequency, run) !== periodOf(frequency, before);
}

/** Whose run it is, `before` being the last run that was made. */
export function dueFrequencies(calendar: Calendar, run: Date, before: Date): Frequency[] {
  const days = [calendar.dayOf(run), calendar.dayOf(before)] as const;
  return frequencies.filter((frequency) => isDue(frequency, ...days));
}

/** When the clock runs next for a payee after `now`; null: never. `made` is the last run that was made, if any. */
export function nextRunOf(
  calendar: Calendar,
  plan: { readonly cron: string; readonly frequency: Frequency; readonly made: Date | null },
  now: Date,
): Date | null {
  const { cron, frequency, made } = plan;
  if (frequency === 'manual') return null;
  let after = now;
  let before = later(calendar.last(cron, now), made);
  for (let looked = 0; looked < runsLookedAtMax; looked += 1) {
    const run = calendar.next(cron, after);
    if (run === null) return null;
    const day = calendar.dayOf(run);
    if (before === null || isDue(frequency, day, calendar.dayOf(before))) return run;
    const jumped = run.getTime() + Math.max(daysLeft(frequency, day) - daysNotJumped, 0) * dayMs;
    after = new Date(jumped);
    before = calendar.last(cron, after);
  }
  throw new Error('the next run of a payee was not found');
}

function later(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one > other ? one : other;
}

/**
 * When an asked for or approved payout really goes with a run: the next one, after whatever holds it. Null: no run sends it, as
 * runs do not send what is approved, or a person pays it by hand, or nobody knows when its hold ends.
 */
export function scheduledDateOf(
  calendar: Calendar,
  plan: { readonly payoutSchedule: string; readonly sendApprovedOnSchedule: boolean },
  payout: HoldFacts & {
    readonly state: PayoutState;
    /** A provider that is set up here pays it, and nobody was asked to pay it by hand. */
    readonly byProvider: boolean;
  },
  now: Date,
): Date | null {
  const { state, byProvider } = payout;
  if (!plan.sendApprovedOnSchedule || !byProvider) return null;
  if (state !== 'pending_approval' && state !== 'approved') return null;
  const hold = holdNow(payout, now);
  if (hold?.until === null) return null;
  return calendar.next(plan.payoutSchedule, hold?.until ?? now);
}
