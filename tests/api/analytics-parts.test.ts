import { afterAll, beforeAll, expect, it } from 'vitest';
import type { House } from './support.ts';
import { seed, settle, start, winner } from './support.ts';
import { request, sell, ticketHouse } from './tickets.ts';

// Twelve winners: ten paid after one or three minutes, one failed, one came back. One organizer is paid by hand.
const minuteMs = 60_000;
let house: House;
let before = '';
beforeAll(async () => {
  house = await ticketHouse();
  before = new Date(house.clock.ms - minuteMs).toISOString();
  const of = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);
  await seed(
    house,
    'one',
    of(1, 7).map((number) => winner('one', number, { amount: number * 100 })),
  );
  await start(house, 'one');
  house.clock.ms += minuteMs;
  await settle(house);
  await seed(
    house,
    'two',
    of(1, 5).map((number) => winner('two', number, number === 1 ? { currency: 'EUR' } : {})),
  );
  await start(house, 'two');
  house.clock.ms += 3 * minuteMs;
  await settle(house, (to) => {
    if (to.startsWith('user4@')) return 'failed';
    return to.startsWith('user5@') ? 'returned' : 'completed';
  });
  await sell(house, 'hand', 6, {
    payee: { name: 'Hand', payoutMethod: { type: 'bank', destination: 'HT-0001' } },
  });
  const id = await request(house, 'hand');
  const by = { key: house.keys.approver };
  await house.ask('POST', '/api/admin/payouts/approve', { payoutIds: [id] }, by);
  house.clock.ms += 10 * minuteMs;
  await house.ask('POST', '/api/admin/payouts/mark-paid', { payoutId: id, paymentReferenceId: 'B-1' }, by);
});
afterAll(() => house.close());

const ask = async (query = '') =>
  (await house.ask('GET', `/api/admin/payouts/analytics/parts?from=${before}${query}`)).body;

it('says why payouts failed or came back, with what to do', async () => {
  expect((await ask())['reasons']).toMatchObject([
    { reason: expect.any(String), status: 'returned', count: 1, words: expect.stringMatching(/\S/) },
    { reason: 'receiver_locked', status: 'failed', count: 1, fix: expect.stringContaining('retry') },
  ]);
});

it('counts what was sent by method and currency, with what arrived and what did not, and nothing that waits', async () => {
  await sell(house, 'waits', 6, {
    payee: { name: 'Waits', payoutMethod: { type: 'bank', destination: 'HT-0002' } },
  });
  await request(house, 'waits');
  expect((await ask())['methods']).toEqual([
    { method: 'paypal', currency: 'USD', count: 11, amount: 6800, completed: 9, failed: 2 },
    { method: 'bank', currency: 'USD', count: 1, amount: 5400, completed: 1, failed: 0 },
    { method: 'paypal', currency: 'EUR', count: 1, amount: 1000, completed: 1, failed: 0 },
  ]);
});

it('names of each currency the ten who were paid most', async () => {
  const top = (await ask())['topPayees'] as { payeeId: string; currency: string; amount: number }[];
  expect(top.map(({ payeeId, currency, amount }) => `${payeeId} ${amount} ${currency}`)).toEqual([
    'two-user1 1000 EUR',
    'hand 5400 USD',
    'two-user2 1000 USD',
    'two-user3 1000 USD',
    ...[7, 6, 5, 4, 3, 2, 1].map((number) => `one-user${number} ${number * 100} USD`),
  ]);
});

it('says how long each provider took, half of the time and at most nineteen times of twenty', async () => {
  expect((await ask())['providers']).toEqual([
    { provider: 'paypal', count: 10, meanSeconds: 96, p50Seconds: 60, p95Seconds: 180 },
    { provider: 'manual', count: 1, meanSeconds: 600, p50Seconds: 600, p95Seconds: 600 },
  ]);
  expect(await ask('&provider=stripe')).toMatchObject({
    reasons: [],
    methods: [],
    topPayees: [],
    providers: [],
  });
});
