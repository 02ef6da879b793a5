import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineContext } from '../../src/engine/context.ts';
import { runOnce } from '../../src/engine/schedule.ts';
import { calendarIn } from '../../src/main/calendar.ts';
import type { House } from './support.ts';
import { operatorMoment } from '../../src/core/when.ts';
import { asPayee, dayMs, differences, sell, ticketHouse } from './tickets.ts';

// The clock begins on Friday, 20 November 2026, at 12:00 UTC; the platform is in Paris, where it is 13:00.

const friday = '2026-11-20T16:00:00.000Z';
const nextFriday = '2026-11-27T16:00:00.000Z';

let house: House;
beforeAll(async () => {
  house = await ticketHouse({ calendar: calendarIn('Europe/Paris') });
  await run();
});
afterAll(async () => house.close());

async function run(ms = 0): Promise<number> {
  house.clock.ms += ms;
  return runOnce({ ...house.deps } as unknown as EngineContext);
}
const patch = async (path: string, body: unknown, key?: string) =>
  house.ask('PATCH', `/api/admin${path}`, body, key === undefined ? {} : { key });
const dateOf = async (payee: string) =>
  (await asPayee(house, payee)('GET', '/balance')).body['nextPayoutDate'];

describe('the schedule of a payee', () => {
  it('is the platform’s until they choose, and says when the clock comes next', async () => {
    await sell(house, 'ana', 6);
    const ask = asPayee(house, 'ana');
    expect((await ask('GET', '/schedule')).body).toEqual({
      frequency: 'weekly',
      chosen: false,
      chosenBy: null,
      minimumPayout: {},
      requestAt: {},
      payoutSchedule: '0 17 * * 5',
      timezone: 'Europe/Paris',
      nextPayoutDate: friday,
    });
    expect(await dateOf('ana')).toBe(friday);
    const monthly = await ask('PATCH', '/schedule', { frequency: 'monthly', minimumPayout: { USD: 6000 } });
    expect(monthly.body).toMatchObject({
      frequency: 'monthly',
      chosen: true,
      minimumPayout: { USD: 6000 },
      nextPayoutDate: '2026-12-04T16:00:00.000Z',
    });
    const manual = await patch('/payees/ana/schedule', { frequency: 'manual', requestAt: { USD: 9000 } });
    expect(manual.body).toMatchObject({
      minimumPayout: { USD: 6000 },
      requestAt: { USD: 9000 },
      nextPayoutDate: null,
    });
    expect(await dateOf('ana')).toBeNull();
    const usual = { frequency: null, minimumPayout: { USD: null }, requestAt: { USD: null } };
    expect((await ask('PATCH', '/schedule', usual)).body).toMatchObject({
      chosen: false,
      minimumPayout: {},
      requestAt: {},
    });
    const { body } = await house.ask('GET', '/api/admin/audit-events?event=payee.schedule_changed');
    expect(body.data.map((event) => (event['actor'] as { kind: string }).kind)).toEqual([
      'payee',
      'person',
      'payee',
    ]);
    expect(body.data[1]).toMatchObject({
      before: { frequency: 'monthly', minimumPayout: { USD: '6000' }, requestAt: {} },
      after: { frequency: 'manual', minimumPayout: { USD: '6000' }, requestAt: { USD: '9000' } },
    });
  });

  it('is never below the platform’s minimum, and says what that is', async () => {
    const ask = asPayee(house, 'ana');
    for (const body of [{ minimumPayout: { USD: 4999 } }, { requestAt: { USD: 100 } }])
      expect((await ask('PATCH', '/schedule', body)).body).toMatchObject({
        status: 422,
        code: 'below_platform_minimum',
        minimum: { USD: 5000 },
      });
    for (const body of [
      {},
      { frequency: 'daily' },
      { minimumPayout: { XXX: 9000 } },
      { requestAt: { USD: 0 } },
    ])
      expect((await ask('PATCH', '/schedule', body)).status).toBe(422);
    expect((await patch('/payees/nobody/schedule', { frequency: 'weekly' })).status).toBe(404);
    expect((await house.ask('GET', '/api/admin/payees/nobody/schedule')).status).toBe(404);
  });

  it('is none for who is blocked, and a refusal for too little says when the clock asks', async () => {
    await sell(house, 'blocked', 1);
    const refused = await asPayee(house, 'blocked')('POST', '/request-payout', {});
    expect(refused.body).toMatchObject({
      code: 'below_minimum',
      nextPayoutDate: friday,
      missing: { USD: 4100 },
    });
    await patch('/payees/blocked', { status: 'blocked' });
    expect(await dateOf('blocked')).toBeNull();
    expect((await house.ask('GET', '/api/admin/payees/blocked/balance')).body['nextPayoutDate']).toBeNull();
  });
});

describe('the schedule of the platform', () => {
  it('says what the next run would ask for, and after it what it did', async () => {
    const before = (await house.ask('GET', '/api/admin/schedule', undefined, { key: house.keys.viewer }))
      .body;
    expect(before).toEqual({
      payoutSchedule: '0 17 * * 5',
      timezone: 'Europe/Paris',
      payoutFrequency: 'weekly',
      sendApprovedOnSchedule: false,
      nextRun: {
        at: friday,
        frequencies: ['weekly', 'every_two_weeks'],
        wouldRequest: { payouts: 1, totals: { USD: 5400 }, complete: true },
      },
      lastRuns: [],
    });
    await run(4 * 60 * 60_000);
    const after = (await house.ask('GET', '/api/admin/schedule')).body;
    expect(after).toMatchObject({
      nextRun: { at: nextFriday, frequencies: ['weekly'], wouldRequest: { payouts: 0, totals: {} } },
      lastRuns: [{ dueAt: friday, requested: 1, totals: { USD: 5400 }, batchIds: [] }],
    });
    expect(await dateOf('ana')).toBe(nextFriday);
    expect(await differences(house)).toEqual([]);
  });

  it('leaves a payout that waits for approval like any other, with its date and who asked', async () => {
    await patch('/settings', { sendApprovedOnSchedule: true });
    const { body } = await house.ask('GET', '/api/admin/payouts?status=pending_approval');
    const id = String(body.data[0]?.['id']);
    expect((await house.ask('GET', `/api/admin/payouts/${id}`)).body).toMatchObject({
      approval: { requestedBy: 'schedule' },
      scheduledDate: nextFriday,
      amount: 5400,
    });
    const approved = await house.ask(
      'POST',
      '/api/admin/payouts/approve',
      { payoutIds: [id] },
      { key: house.keys.approver },
    );
    expect(approved.body).toMatchObject({ done: 1 });
    const own = await asPayee(house, 'ana')('GET', `/payouts/${id}`);
    expect(own.body).toMatchObject({ status: 'approved', scheduledDate: nextFriday });
    const told = async () => (await house.ask('GET', `/api/admin/payouts/${id}`)).body;
    expect(await told()).toMatchObject({
      label: `Approved, sends ${operatorMoment(house.deps.calendar.zone, new Date(nextFriday))}`,
      waitingOn: 'clock',
    });
    await patch('/settings', { sendApprovedOnSchedule: false });
    expect(await told()).toMatchObject({
      scheduledDate: null,
      label: 'Approved',
      nextStep: expect.stringContaining('Pay what is approved. Scheduled runs'),
    });
    await house.ask('POST', '/api/admin/payouts/mark-paid', { payoutId: id, paymentReferenceId: 'R-1' });
    expect((await house.ask('GET', `/api/admin/payouts/${id}`)).body['scheduledDate']).toBeNull();
  });

  it('takes a cron expression that it can read, and says what is wrong with another', async () => {
    const wrong = await patch('/settings', { payoutSchedule: '0 25 * * 5' });
    expect(wrong.body).toMatchObject({
      status: 422,
      errors: [{ path: 'payoutSchedule', message: expect.stringMatching(/25.*five parts: minute, hour/) }],
    });
    const changed = await patch(
      '/settings',
      { payoutSchedule: '30 9 1 * *', payoutFrequency: 'monthly' },
      house.keys.owner,
    );
    expect(changed.body).toMatchObject({ payoutSchedule: '30 9 1 * *', payoutFrequency: 'monthly' });
    expect(await dateOf('ana')).toBe('2026-12-01T08:30:00.000Z');
    await sell(house, 'late', 6);
    await run(30 * dayMs);
    const { body } = await house.ask('GET', '/api/admin/schedule');
    expect(body['lastRuns']).toMatchObject([
      { dueAt: '2026-12-01T08:30:00.000Z', requested: 1 },
      { dueAt: friday },
    ]);
  });
});

describe('how often a payee is paid', () => {
  it('says who chose it: they themself, or who of the platform, which they are not told', async () => {
    await sell(house, 'olive', 6);
    const own = asPayee(house, 'olive');
    const seen = async () => [
      (await house.ask('GET', '/api/admin/payees/olive/schedule')).body['chosenBy'],
      (await own('GET', '/schedule')).body['chosenBy'],
    ];
    expect(await seen()).toEqual([null, null]);
    await own('PATCH', '/schedule', { frequency: 'monthly' });
    expect(await seen()).toEqual([
      { kind: 'payee', name: expect.any(String) },
      { kind: 'payee', name: null },
    ]);
    // Another minimum is no other frequency.
    await patch('/payees/olive/schedule', { minimumPayout: { USD: 6000 } });
    expect(await seen()).toMatchObject([{ kind: 'payee' }, { kind: 'payee' }]);
    await patch('/payees/olive/schedule', { frequency: 'weekly' }, house.keys.operator);
    expect(await seen()).toEqual([
      { kind: 'platform', name: 'operator key' },
      { kind: 'platform', name: null },
    ]);
    await own('PATCH', '/schedule', { frequency: null });
    expect(await seen()).toEqual([null, null]);
  });
});
