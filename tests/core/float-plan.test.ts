import { describe, expect, it } from 'vitest';
import { askedByRuns, firstShort, planFrame, planRunsMax, planSteps } from '../../src/core/float-plan.ts';
import { calendarIn } from '../../src/main/calendar.ts';

const fridays = '0 17 * * 5';
const frameAt = (zone: string, from: string, cron = fridays) =>
  planFrame(calendarIn(zone), cron, null, new Date(from));
const timesOf = (frame: ReturnType<typeof frameAt>) =>
  frame.runs.map(({ at }) => at.toISOString().slice(0, 16));

describe('fourteen days ahead', () => {
  it('are days of the zone, and their runs stay at 17:00 when the clocks change', () => {
    // 00:30 on the 25th in Paris; to summer time on the 29th.
    const frame = frameAt('Europe/Paris', '2026-03-24T23:30Z');
    expect(frame.days).toHaveLength(14);
    expect([frame.days[0], frame.days[4], frame.days[13]]).toEqual([
      '2026-03-25',
      '2026-03-29',
      '2026-04-07',
    ]);
    expect(timesOf(frame)).toEqual(['2026-03-27T16:00', '2026-04-03T15:00']);
    // The day of 25 hours is one day, too; the evening before it is still the 24th in New York.
    const autumn = frameAt('America/New_York', '2026-10-25T02:00Z');
    expect([autumn.days[0], autumn.days[13]]).toEqual(['2026-10-24', '2026-11-06']);
    expect(timesOf(autumn)).toEqual(['2026-10-30T21:00', '2026-11-06T22:00']);
  });

  it('name whose run it is, and stop at a named number of runs', () => {
    const frame = frameAt('UTC', '2026-11-28T00:00Z');
    expect(frame.runs.map(({ frequencies }) => frequencies)).toEqual([
      ['weekly', 'every_two_weeks', 'monthly'],
      ['weekly'],
    ]);
    const hourly = frameAt('UTC', '2026-11-28T00:00Z', '0 * * * *');
    expect(hourly.runs).toHaveLength(planRunsMax);
    expect([hourly.complete, frame.complete]).toEqual([false, true]);
  });
});

describe('what runs ask for', () => {
  it('is what is there by then and comes to enough, once, by those whose run it is', () => {
    const { runs } = frameAt('UTC', '2026-11-28T00:00Z');
    const at = (day: string) => new Date(`${day}T12:00Z`);
    const asked = askedByRuns(runs, [
      { frequency: 'weekly', least: 5000n, free: 6000n, matures: [{ at: at('2026-12-08'), amount: 4999n }] },
      { frequency: 'weekly', least: 5000n, free: 4000n, matures: [{ at: at('2026-12-08'), amount: 1000n }] },
      { frequency: 'monthly', least: 1n, free: 70n, matures: [{ at: at('2026-12-08'), amount: 500n }] },
      { frequency: 'manual', least: 1n, free: 9_000_000n, matures: [] },
      { frequency: 'weekly', least: 1n, free: -200n, matures: [{ at: at('2026-12-01'), amount: 150n }] },
    ]);
    expect(asked).toEqual([
      { count: 2n, amount: 6070n },
      { count: 1n, amount: 5000n },
    ]);
  });
});

describe('the steps of an account', () => {
  const need = (amount: bigint) => ({ count: 1n, amount });
  const none = { count: 0n, amount: 0n };
  const step = (day: string, sends: bigint, asks: bigint) =>
    ({
      kind: 'run',
      at: new Date(`${day}T17:00Z`),
      day,
      sends: sends > 0n ? need(sends) : none,
      asks: asks > 0n ? need(asks) : none,
    }) as const;

  it('come in the order of time, leave out what takes nothing, and name the first that cannot be paid', () => {
    const steps = planSteps(
      1000n,
      [step('2026-12-11', 0n, 50n), step('2026-12-04', 900n, 101n), step('2026-12-05', 0n, 0n)],
      null,
    );
    expect(steps.map(({ day, left }) => [day, left])).toEqual([
      ['2026-12-04', -1n],
      ['2026-12-11', -51n],
    ]);
    expect(firstShort(steps)).toMatchObject({ day: '2026-12-04', shortfall: 1n });
    const exact = planSteps(1000n, [step('2026-12-04', 1000n, 0n)], null);
    expect(firstShort(exact)).toBeNull();
    const unknown = planSteps(null, [step('2026-12-04', 1000n, 0n)], null);
    expect(unknown[0]?.left).toBeNull();
    expect(firstShort(unknown)).toBeNull();
  });

  it('take what the provider charges at its rate of lately, each rounded up, also where nobody knows what is there', () => {
    const lately = { sent: 2000n, charged: 42n };
    const leaving = [step('2026-12-04', 900n, 101n), step('2026-12-05', 1n, 0n)];
    const steps = planSteps(1023n, leaving, lately);
    expect(steps.map(({ fees, left }) => [fees, left])).toEqual([
      [22n, 0n],
      [1n, -2n],
    ]);
    expect(firstShort(steps)).toMatchObject({ day: '2026-12-05', shortfall: 2n });
    expect(planSteps(null, leaving, lately).map(({ fees, left }) => [fees, left])).toEqual([
      [22n, null],
      [1n, null],
    ]);
  });
});
