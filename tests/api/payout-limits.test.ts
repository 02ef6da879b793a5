import { afterAll, beforeAll, expect, it } from 'vitest';
import type { House } from './support.ts';
import { asPayee, balance, sell, ticketHouse } from './tickets.ts';

let house: House;
beforeAll(async () => {
  house = await ticketHouse({ payoutLimits: { min: 100n, max: 20_000n } });
});
afterAll(() => house.close());

const payout = async (amount: number) =>
  house.ask('POST', '/api/admin/payouts', { payeeId: 'org', amount, currency: 'USD' });

it('is refused when it is less than the least or more than the largest amount of one payout, and writes nothing', async () => {
  await sell(house, 'org', 30);
  for (const amount of [99, 20_001]) {
    expect(await payout(amount)).toMatchObject({
      status: 409,
      body: { code: 'amount_outside_limits', amount: `${amount}`, min: '100', max: '20000' },
    });
  }
  expect((await house.ask('GET', '/api/admin/payouts')).body).toMatchObject({ data: [] });
  expect(await payout(100)).toMatchObject({ status: 201 });
  expect(await payout(20_000)).toMatchObject({ status: 201 });
});

it('carries no more than the largest amount when a payee asks, and leaves the rest for the next one', async () => {
  await sell(house, 'rich', 40);
  const ask = asPayee(house, 'rich');
  expect(await ask('POST', '/request-payout', {})).toMatchObject({
    status: 201,
    body: { amount: 19_800, carries: { earningCount: 22 } },
  });
  expect(await balance(house, 'rich')).toMatchObject({ available: 16_200, reserved: 19_800 });
});
