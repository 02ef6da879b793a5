import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frequency } from '../../src/core/schedule.ts';
import { dueFrequencies, frequencies, nextRunOf, scheduledDateOf } from '../../src/core/schedule.ts';
import { calendarIn } from '../../src/main/calendar.ts';

const fridays = '0 17 * * 5';
const hourMs = 60 * 60_000;

/** The next runs of a payee, one after the other, as the clock comes to them. */
function runs(zone: string, frequency: Frequency, from: string, count: number, cron = fridays): string[] {
  const calendar = calendarIn(zone);
  const found: string[] = [];
  let now = new Date(from);
  for (let index = 0; index < count; index += 1) {
    const next = nextRunOf(calendar, { cron, frequency, made: null }, now);
    if (!next) break;
    found.push(next.toISOString().slice(0, 16));
    now = next;
  }
  return found;
}

describe('Friday at 17:00 stays Friday at 17:00 when the clocks change', () => {
  it.each([
    // To summer time on Sunday 29 March, and back on 25 October.
    ['Europe/Paris', '2026-03-20T00:00Z', ['2026-03-20T16:00', '2026-03-27T16:00', '2026-04-03T15:00']],
    ['Europe/Paris', '2026-10-23T00:00Z', ['2026-10-23T15:00', '2026-10-30T16:00']],
    // 8 March and 1 November.
    ['America/New_York', '2026-03-06T00:00Z', ['2026-03-06T22:00', '2026-03-13T21:00']],
    ['America/New_York', '2026-10-30T00:00Z', ['2026-10-30T21:00', '2026-11-06T22:00']],
    // The other way round: back on 4 April, to summer time on 5 September at midnight.
    ['America/Santiago', '2026-04-03T00:00Z', ['2026-04-03T20:00', '2026-04-10T21:00']],
    ['America/Santiago', '2026-09-04T00:00Z', ['2026-09-04T21:00', '2026-09-11T20:00']],
    ['Australia/Sydney', '2026-04-03T00:00Z', ['2026-04-03T06:00', '2026-04-10T07:00']],
    ['Australia/Sydney', '2026-10-02T00:00Z', ['2026-10-02T07:00', '2026-10-09T06:00']],
  ])('%s from %s', (zone, from, expected) => {
    expect(runs(zone, 'weekly', from, expected.length)).toEqual(expected);
  });

  it('is asked from within the hour that is skipped or comes twice', () => {
    for (const [at, next] of [
      ['2026-03-29T00:59:59Z', '2026-04-03T15:00'],
      ['2026-03-29T01:00:00Z', '2026-04-03T15:00'],
      ['2026-10-25T00:30:00Z', '2026-10-30T16:00'],
      ['2026-10-25T01:30:00Z', '2026-10-30T16:00'],
    ] as const)
      expect(runs('Europe/Paris', 'weekly', at, 1)).toEqual([next]);
  });

  it('comes at the change when its hour is skipped, and once when its hour comes twice', () => {
    const night = '30 2 * * *';
    const calendar = calendarIn('Europe/Paris');
    const nights = (from: string) => {
      const first = calendar.next(night, new Date(from));
      const second = first && calendar.next(night, first);
      return [first, second].map((at) => at?.toISOString().slice(0, 16));
    };
    expect(nights('2026-03-28T12:00Z')).toEqual(['2026-03-29T01:00', '2026-03-30T00:30']);
    expect(nights('2026-10-24T12:00Z')).toEqual(['2026-10-25T00:30', '2026-10-26T01:30']);
  });
});

describe('how often', () => {
  it('monthly is the first run of a month, over the end of the year', () => {
    expect(runs('America/New_York', 'monthly', '2026-10-02T22:00Z', 4)).toEqual([
      '2026-11-06T22:00',
      '2026-12-04T22:00',
      '2027-01-01T22:00',
      '2027-02-05T22:00',
    ]);
  });

  it('is counted by the calendar of the zone, not of UTC', () => {
    // In Sydney it is 1 May already when it is 30 April, 21:00, in UTC.
    expect(runs('Australia/Sydney', 'monthly', '2026-04-10T00:00Z', 1, '0 7 * * 5')).toEqual([
      '2026-04-30T21:00',
    ]);
    expect(runs('UTC', 'monthly', '2026-04-10T00:00Z', 1, '0 21 * * 4')).toEqual(['2026-05-07T21:00']);
  });

  it('every two weeks is the same Fridays, whenever it is asked', () => {
    const all = runs('Europe/Paris', 'every_two_weeks', '2026-01-01T00:00Z', 30);
    const gaps = all.slice(1).map((at, index) => Date.parse(`${at}Z`) - Date.parse(`${all[index]}Z`));
    expect(gaps.every((gap) => Math.abs(gap - 14 * 24 * hourMs) <= hourMs)).toBe(true);
    const days = Array.from({ length: 380 }, (_, day) => new Date(Date.UTC(2026, 0, 1 + day, day % 24)));
    const calendar = calendarIn('Europe/Paris');
    const plan = { cron: fridays, frequency: 'every_two_weeks', made: null } as const;
    for (const now of days) {
      const next = nextRunOf(calendar, plan, now);
      expect(all).toContain(next?.toISOString().slice(0, 16));
    }
  });

  it('asks a payee at most once a week, whatever the platform does', () => {
    expect(runs('UTC', 'weekly', '2026-11-20T12:00Z', 2, '0 9 * * *')).toEqual([
      '2026-11-23T09:00',
      '2026-11-30T09:00',
    ]);
    expect(runs('UTC', 'monthly', '2026-11-20T12:00Z', 2, '0 * * * *')).toEqual([
      '2026-12-01T00:00',
      '2027-01-01T00:00',
    ]);
    expect(runs('UTC', 'weekly', '2026-11-20T12:00Z', 1, '0 9 29 2 *')).toEqual(['2028-02-29T09:00']);
  });

  it('manual never comes', () => {
    expect(runs('UTC', 'manual', '2026-11-20T12:00Z', 1)).toEqual([]);
  });

  it('does not come again in the week of a run that was made by an earlier schedule', () => {
    const calendar = calendarIn('UTC');
    const plan = { cron: '0 9 * * 6', frequency: 'weekly', made: new Date('2026-11-20T17:00Z') } as const;
    expect(nextRunOf(calendar, plan, new Date('2026-11-20T18:00Z'))).toEqual(new Date('2026-11-28T09:00Z'));
  });

  it('of runs that were missed the last one is of all whose run was among them', () => {
    const calendar = calendarIn('UTC');
    const due = (run: string, before: string) =>
      dueFrequencies(calendar, new Date(`${run}T17:00Z`), new Date(`${before}T17:00Z`));
    expect(due('2026-11-20', '2026-11-13')).toEqual(['weekly', 'every_two_weeks']);
    expect(due('2026-11-27', '2026-11-20')).toEqual(['weekly']);
    // 4 December was missed: 11 December is the monthly run, too.
    expect(due('2026-12-11', '2026-11-27')).toEqual(['weekly', 'every_two_weeks', 'monthly']);
  });
});

it('the date that is shown is the run that is made, for any time, zone, schedule and frequency', () => {
  const zones = ['UTC', 'Europe/Paris', 'America/New_York', 'America/Santiago', 'Australia/Lord_Howe'];
  const crons = [fridays, '0 9 * * *', '30 2 * * 0', '0 0 1 * *', '15 6,18 * * 1-5', '0 17 * * 5L'];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.constantFrom(...crons),
      fc.constantFrom(...frequencies.slice(0, 3)),
      fc.date({ min: new Date('2025-01-01'), max: new Date('2032-01-01'), noInvalidDate: true }),
      (zone, cron, frequency, now) => {
        const calendar = calendarIn(zone);
        const shown = nextRunOf(calendar, { cron, frequency, made: null }, now);
        let before = calendar.last(cron, now);
        let run = calendar.next(cron, now);
        // As the clock comes to every run in turn.
        while (run && before && !dueFrequencies(calendar, run, before).includes(frequency)) {
          expect(calendar.last(cron, run)).toEqual(run);
          [before, run] = [run, calendar.next(cron, run)];
        }
        expect(shown).toEqual(run);
      },
    ),
    { numRuns: 60 },
  );
});

describe('the date of a payout', () => {
  const calendar = calendarIn('Europe/Paris');
  const now = new Date('2026-11-18T12:00Z');
  const at = (
    state: 'approved' | 'queued',
    holdReason: string | null,
    holdUntil: string | null,
    { sends = true, byProvider = true } = {},
  ) =>
    scheduledDateOf(
      calendar,
      { payoutSchedule: fridays, sendApprovedOnSchedule: sends },
      { state, byProvider, holdReason, holdUntil: holdUntil === null ? null : new Date(holdUntil) },
      now,
    )?.toISOString();
  it('is the next run, after a hold, and none without an end of the hold or once it has left', () => {
    expect(at('approved', null, null)).toBe('2026-11-20T16:00:00.000Z');
    expect(at('approved', 'checked', '2026-11-25T00:00Z')).toBe('2026-11-27T16:00:00.000Z');
    expect(at('approved', 'checked', '2026-11-01T00:00Z')).toBe('2026-11-20T16:00:00.000Z');
    expect(at('approved', 'checked', null)).toBeUndefined();
    expect(at('queued', null, null)).toBeUndefined();
  });
  it('is none where no run sends it: runs leave what is approved to people, or a person pays it by hand', () => {
    expect(at('approved', null, null, { sends: false })).toBeUndefined();
    expect(at('approved', null, null, { byProvider: false })).toBeUndefined();
  });
});

it.each([
  ['0 17 * *', /five parts/],
  ['@weekly', /five parts/],
  ['* * * * *', /one minute/],
  ['0 25 * * 5', /cannot be read \(.*25\)/],
  ['0 17 30 2 *', /never comes/],
  ['0 17 * * NOT', /cannot be read/],
])('says what is wrong with %j', (cron, words) => {
  expect(calendarIn('UTC').fault(cron)).toMatch(words);
});

it.each([fridays, '0 17 L * *', '30 9 * * FRI', '0 17 * * 5L', '5 8,20 1-7 * 1'])('takes %j', (cron) => {
  expect(calendarIn('UTC').fault(cron)).toBeNull();
});
