import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verify } from '../../src/store/verify.ts';
import type { Life } from './money-lives.ts';
import { currencies, earn, expected, post, rateDays, refresh, request, steps } from './money-lives.ts';
import type { House } from './support.ts';
import { openHouse } from './support.ts';

// Random lives of payees with balances in currencies of none, two and three decimals, over HTTP.

const runs = Number(process.env['MONEY_RUNS'] ?? 6);
const seed = Number(process.env['MONEY_SEED'] ?? 20_261_122);

let house: House;
let count = 0;
let taken = 0;
const done = new Map<string, number>();
beforeAll(async () => {
  house = await openHouse();
  const minimumPayout = { USD: 100, JPY: 100, KWD: 100 };
  const settings = { minimumPayout, methodCoolOffHours: 0, fxRateMaxAgeHours: 24 * rateDays, autoRetry: false };
  const got = await house.ask('PATCH', '/api/admin/settings', settings);
  expect(got.status, got.text).toBe(200);
});
afterAll(() => house.close());

async function born(): Promise<Life> {
  const payee = `m${(count += 1)}`;
  const life: Life = {
    house,
    payee,
    earnings: [],
    payouts: new Map(),
    rates: new Map(),
    spreadBps: 0n,
    done: (name) => void done.set(name, (done.get(name) ?? 0) + 1),
  };
  const destination = `${payee}@example.com`;
  const method = { type: 'paypal', destination };
  await post(life, '/payees', { externalId: payee, name: payee, email: destination, payoutMethod: method });
  const bank = { type: 'manual', destination: `account of ${payee}`, use: 'backup' };
  const got = await post(life, `/payees/${payee}/payout-methods`, bank);
  expect(got.status, got.text).toBe(201);
  await steps['spread']?.(life, count);
  for (const pick of [0, 1, 2, 3, 4, 5]) await steps['rate']?.(life, pick);
  for (const currency of currencies) await earn(life, currency, 10_001n, 777n);
  return life;
}

async function compare(life: Life, after: string): Promise<void> {
  await refresh(life);
  const { body } = await house.ask('GET', `/api/admin/payees/${life.payee}/balance`);
  const rows = body['balances'] as Record<string, unknown>[];
  for (const currency of currencies) {
    const { available, pending, reserved, onItsWay, paid } = rows.find((row) => row['currency'] === currency) ?? {};
    const said = { after, currency, available, pending, reserved, onItsWay, paid };
    const should = Object.entries(expected(life, currency)).map(([name, amount]) => [name, Number(amount)]);
    expect(said).toEqual({ after, currency, ...Object.fromEntries(should) });
  }
}

/** Everything is decided about and paid: nothing is left that no payout would carry. */
async function end(life: Life): Promise<void> {
  await steps['day']?.(life, 0);
  await refresh(life);
  for (let rounds = 0; rounds < 3; rounds += 1)
    for (const { id, state, part, decided } of life.payouts.values()) {
      const ids = { payoutIds: [id], reason: 'the end' };
      if (['approved', 'pending_approval', 'failed', 'returned'].includes(state)) await post(life, '/payouts/cancel', ids);
      if (state === 'unclaimed') await steps['claim']?.(life, 0);
      if (state === 'completed' && part > decided) await steps['settlePart']?.(life, rounds);
      await refresh(life);
    }
  for (const [pick, currency] of currencies.entries()) {
    const { available } = expected(life, currency);
    await earn(life, currency, (available < 0n ? -available : 0n) + 1000n, 0n);
    await request(life, pick + (pick % 4 === 0 ? 3 : 0));
    await compare(life, 'the end');
    const open = [...life.payouts.values()].some(({ from, state }) => from === currency && ['unclaimed', 'sent'].includes(state));
    if (!open) expect(expected(life, currency).available).toBe(0n);
  }
}

const often = [
  ...Object.keys(steps),
  ...['request', 'request', 'approve', 'approve', 'approve', 'runCompleted', 'runCompleted', 'reverse', 'part', 'part'],
  ...['settlePart', 'settlePart', 'reverseAgain', 'earn', 'markPaid'],
];

it('puts every unit of every currency where an oracle of its own puts it', async () => {
  const step = fc.tuple(fc.constantFrom(...often), fc.nat(59));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 45 }), async (sequence) => {
      const life = await born();
      for (const [name, pick] of sequence) {
        await steps[name]?.(life, pick);
        taken += 1;
        await compare(life, name);
      }
      await end(life);
      if (count % 25 === 0) console.warn(count, taken);
    }),
    { numRuns: runs, seed, endOnFailure: process.env['MONEY_SHRINK'] === undefined },
  );
  console.warn(count, taken, Object.fromEntries([...done].toSorted()));
  expect((await verify(house.db, house.deps.vault)).differences).toEqual([]);
}, 3_600_000);
