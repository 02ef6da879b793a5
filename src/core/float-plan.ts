import type { FeesLately } from './float-fees.ts';
import { expectedFees } from './float-fees.ts';
import type { Calendar, Day, Frequency } from './schedule.ts';
import { dueFrequencies } from './schedule.ts';

// What leaves an account by the calendar: along the days of the platform, from today on.

/** Days that are looked ahead, today among them. */
const planDays = 14;
/** Runs that are looked at within these days; a schedule may name one an hour. */
export const planRunsMax = 24;

const dayMs = 24 * 60 * 60_000;

/** Payouts and their sum. Minor units. */
export interface Need {
  readonly count: bigint;
  readonly amount: bigint;
}

/** A run of the clock that is still to come, and whose it is. */
export interface PlannedRun {
  readonly at: Date;
  readonly frequencies: readonly Frequency[];
}

/** The days of a plan, as `2026-03-06`, and the runs on them. `complete` false: there are more runs than are looked at. */
export interface PlanFrame {
  readonly days: readonly string[];
  readonly runs: readonly PlannedRun[];
  readonly complete: boolean;
}

/** A day of the calendar as text. */
export function dayText({ year, month, day }: Day): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

/**
 * The days from now on and the runs on them, as the clock will make them. A day is one of the calendar in the platform's zone,
 * also where it has 23 or 25 hours. `made` is the last run that was made.
 */
export function planFrame(calendar: Calendar, cron: string, made: Date | null, now: Date): PlanFrame {
  const { year, month, day } = calendar.dayOf(now);
  const days = Array.from({ length: planDays }, (_, index) =>
    new Date(Date.UTC(year, month - 1, day) + index * dayMs).toISOString().slice(0, 10),
  );
  const last = days.at(-1) ?? '';
  const runs: PlannedRun[] = [];
  let before = made ?? calendar.last(cron, now);
  let at = calendar.next(cron, now);
  while (at !== null && dayText(calendar.dayOf(at)) <= last) {
    if (runs.length === planRunsMax) return { days, runs, complete: false };
    runs.push({ at, frequencies: before === null ? [] : dueFrequencies(calendar, at, before) });
    before = at;
    at = calendar.next(cron, at);
  }
  return { days, runs, complete: true };
}

/** Somebody who is paid by the clock. Minor units. */
export interface Saver {
  readonly frequency: Frequency;
  /** What a payout must come to at least. */
  readonly least: bigint;
  /** What a payout would carry now, less what is owed. */
  readonly free: bigint;
  /** What becomes available later. */
  readonly matures: readonly { readonly at: Date; readonly amount: bigint }[];
}

/** What each run asks for, in their order, when everything before it was paid in its time. */
export function askedByRuns(runs: readonly PlannedRun[], savers: readonly Saver[]): Need[] {
  const asked = runs.map(() => ({ count: 0n, amount: 0n }));
  for (const { frequency, least, free, matures } of savers) {
    let there = free;
    let from = -Infinity;
    for (const [index, run] of runs.entries()) {
      const until = run.at.getTime();
      for (const { at, amount } of matures) if (at.getTime() > from && at.getTime() <= until) there += amount;
      from = until;
      const need = asked[index];
      if (!need || !run.frequencies.includes(frequency) || there < least) continue;
      asked[index] = { count: need.count + 1n, amount: need.amount + there };
      there = 0n;
    }
  }
  return asked;
}

/** Something that leaves on its day. `sends` leaves by itself; `asks` does once somebody has approved what the run asks for. */
export interface Leaving {
  readonly kind: 'queued' | 'retry' | 'run';
  readonly at: Date;
  readonly day: string;
  readonly sends: Need;
  readonly asks: Need;
}

export type PlanStep = Leaving & {
  /** What the provider charges for it at the rate of its newest calls; null: nobody knows a rate. */
  readonly fees: bigint | null;
  /** What is there after it, below zero where it is short; null: nobody knows what the account holds. */
  readonly left: bigint | null;
};

/**
 * What is left after each of these and its fees, in the order of their times; `there` null: not known. Steps that take nothing
 * are left out.
 */
export function planSteps(
  there: bigint | null,
  leaving: readonly Leaving[],
  lately: FeesLately | null,
): PlanStep[] {
  let left = there;
  return leaving
    .filter(({ sends, asks }) => sends.amount + asks.amount !== 0n)
    .toSorted((one, other) => one.at.getTime() - other.at.getTime())
    .map((step) => {
      const taken = step.sends.amount + step.asks.amount;
      const fees = lately && expectedFees(lately, taken);
      left = left === null ? null : left - taken - (fees ?? 0n);
      return { ...step, fees, left };
    });
}

/** The first step that the account cannot pay; null: it can pay all, or nobody knows. */
export function firstShort(
  steps: readonly PlanStep[],
): { readonly day: string; readonly at: Date; readonly shortfall: bigint } | null {
  for (const { day, at, left } of steps) if (left !== null && left < 0n) return { day, at, shortfall: -left };
  return null;
}
