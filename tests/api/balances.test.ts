import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from './support.ts';
import { seed, settle, start, winner } from './support.ts';
import { balance, dayMs, differences, request, sell, tick, ticket, ticketHouse } from './tickets.ts';

let house: House;
beforeAll(async () => {
  house = await ticketHouse();
});
afterAll(() => house.close());

const ahead = (days: number) => new Date(house.clock.ms + days * dayMs).toISOString();

async function reverse(...externalIds: string[]) {
  const earnings = externalIds.map((externalId) => ({
    sourceType: 'ticket',
    externalId,
    reason: 'refunded',
  }));
  return (await house.ask('POST', '/api/admin/earnings/reverse', { earnings })).body;
}

describe('an earning', () => {
  it('of an event waits until seven days after its end, then the clock frees it once', async () => {
    await sell(house, 'wait', 2, { eventEndsAt: ahead(1) });
    expect(await balance(house, 'wait')).toEqual({
      available: 0,
      pending: 1800,
      reserved: 0,
      totalEarnings: 1800,
    });
    expect(await tick(house, 7.9 * dayMs)).toBe(0);
    expect(await tick(house, 0.2 * dayMs)).toBe(2);
    expect(await tick(house)).toBe(0);
    expect(await balance(house, 'wait')).toMatchObject({ available: 1800, pending: 0 });
  });

  it('waits as long as the setting of its source says, or exactly until the time it carries', async () => {
    await house.ask('PATCH', '/api/admin/settings', { settlementHoldDaysBySource: { ticket: 2 } });
    await sell(house, 'set', 1, { eventEndsAt: ahead(0) });
    await sell(house, 'set', 1, { availableAt: ahead(1) }, 1);
    expect(await tick(house, dayMs)).toBe(1);
    expect(await tick(house, dayMs)).toBe(1);
    await house.ask('PATCH', '/api/admin/settings', { settlementHoldDaysBySource: { ticket: null } });
  });

  it('that waits is paid by no run, and is the same when it is recorded again', async () => {
    await seed(house, 'later', [winner('later', 1, { availableAt: ahead(3) })]);
    const { body } = await house.ask('POST', '/api/admin/payout-batches/process', { cycleId: 'later' });
    expect(body['code']).toBe('nothing_to_pay');
    const again = await house.ask('POST', '/api/admin/earnings', { earnings: [winner('later', 1)] });
    expect(again.body['counts']).toMatchObject({ unchanged: 1 });
    await tick(house, 3 * dayMs);
    await start(house, 'later');
    await settle(house);
  });
});

describe('taking an earning back', () => {
  it('before it is paid leaves the balance and every run, whether it waits or is available', async () => {
    await sell(house, 'back', 2);
    await sell(house, 'back', 1, { availableAt: ahead(5) }, 2);
    const body = await reverse('back-T1', 'back-T3', 'back-T9');
    expect(body['counts']).toEqual({ reversed: 2, owed: 0, unchanged: 0, not_found: 1 });
    expect(await balance(house, 'back')).toEqual({
      available: 900,
      pending: 0,
      reserved: 0,
      totalEarnings: 900,
    });
    expect((await reverse('back-T1'))['counts']).toMatchObject({ unchanged: 1 });
    await tick(house, 6 * dayMs);
    expect(await balance(house, 'back')).toMatchObject({ available: 900 });
  });

  it('cancels a payout that is only requested, with the reason, and frees the rest', async () => {
    await sell(house, 'cancelled', 7);
    const id = await request(house, 'cancelled');
    const body = await reverse('cancelled-T1');
    expect(body['results']).toMatchObject([{ status: 'reversed', payoutId: id }]);
    const { body: payout } = await house.ask('GET', `/api/admin/payouts/${id}`);
    expect(payout).toMatchObject({ status: 'cancelled' });
    expect(JSON.stringify(payout['timeline'])).toContain('refunded');
    expect(await balance(house, 'cancelled')).toMatchObject({ available: 5400, reserved: 0 });
    await request(house, 'cancelled');
  });

  it('after it was paid is owed, keeps the payee out of runs, and is recovered from the next request', async () => {
    await sell(house, 'owes', 6);
    const first = await request(house, 'owes');
    await house.ask(
      'POST',
      '/api/admin/payouts/approve',
      { payoutIds: [first] },
      { key: house.keys.approver },
    );
    await house.ask('POST', '/api/admin/payouts/mark-paid', {
      payoutId: first,
      paymentReferenceId: 'BANK-1',
    });
    expect((await reverse('owes-T2'))['results']).toMatchObject([{ status: 'owed', payoutId: first }]);
    expect(await balance(house, 'owes')).toMatchObject({ available: -900, totalEarnings: 4500 });
    await house.ask('POST', '/api/admin/cycles', { id: 'owes' });
    await house.ask('POST', '/api/admin/earnings', {
      earnings: [ticket('owes', 7, { cycleId: 'owes', amount: 10_000 })],
    });
    const run = await house.ask('POST', '/api/admin/payout-batches/process', { cycleId: 'owes' });
    expect(run.body['code']).toBe('nothing_to_pay');
    const second = await request(house, 'owes');
    const { body } = await house.ask('GET', `/api/admin/payouts/${second}`);
    expect(body).toMatchObject({
      amount: 8100,
      carries: { earningCount: 1, recoveredCount: 1, recovered: [{ externalId: 'owes-T2', amount: 900 }] },
    });
    expect(await balance(house, 'owes')).toMatchObject({ available: 0, reserved: 8100 });
  });

  it('of a payout that is declined owes again', async () => {
    const { body } = await house.ask('GET', '/api/admin/payouts?payeeId=owes&status=pending_approval');
    const payoutIds = body.data.map((row) => row['id']);
    await house.ask('POST', '/api/admin/payouts/decline', { payoutIds, reason: 'not yet' });
    expect(await balance(house, 'owes')).toMatchObject({ available: 8100, reserved: 0 });
  });
});

it('leaves the books clean', async () => {
  expect(await differences(house)).toEqual([]);
});
