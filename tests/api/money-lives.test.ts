import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verify } from '../../src/store/verify.ts';
import { conclude, earn, post, refresh, request, steps } from './money-lives.ts';
import type { Life } from './money-oracle.ts';
import { currencies, expected, platform, rateDays } from './money-oracle.ts';
import type { House } from './support.ts';
import { openHouse } from './support.ts';

// Random lives of payees with balances in currencies of none, two and three decimals, over HTTP.

const runs = Number(process.env['MONEY_RUNS'] ?? 3);
const seed = Number(process.env['MONEY_SEED'] ?? 20_261_122);

let house: House;
let count = 0;
let taken = 0;
const lives: Life[] = [];
const done = new Map<string, number>();
beforeAll(async () => {
  house = await openHouse();
  const minimumPayout = { USD: 100, JPY: 100, KWD: 100 };
  const settings = {
    minimumPayout,
    methodCoolOffHours: 0,
    fxRateMaxAgeHours: 24 * rateDays,
    autoRetry: false,
  };
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
    const { available, pending, reserved, onItsWay, paid } =
      rows.find((row) => row['currency'] === currency) ?? {};
    const said = { after, currency, available, pending, reserved, onItsWay, paid };
    const should = Object.entries(expected(life, currency)).map(([name, amount]) => [name, Number(amount)]);
    expect(said).toEqual({ after, currency, ...Object.fromEntries(should) });
  }
}

const words = ({ payouts, earnings }: Life) =>
  JSON.stringify([...payouts.values(), ...earnings], (_, value) =>
    typeof value === 'bigint' ? Number(value) : value,
  );

/** Everything is decided about and paid: nothing is left that no payout would carry. */
async function end(life: Life): Promise<void> {
  await steps['day']?.(life, 0);
  await refresh(life);
  await conclude(life);
  for (const [pick, currency] of currencies.entries()) {
    const { available } = expected(life, currency);
    await earn(life, currency, (available < 0n ? -available : 0n) + 1000n, 0n);
    await request(life, pick + (pick % 4 === 0 ? 3 : 0));
    await compare(life, 'the end');
    const open = [...life.payouts.values()].some(
      ({ from, state }) => from === currency && ['unclaimed', 'sent'].includes(state),
    );
    if (!open) expect(expected(life, currency).available, words(life)).toBe(0n);
  }
}

const more =
  'whole whole whole whole reverse reverse reverse part part part settlePart settlePart settlePart reverseAgain ' +
  'reverseAgain request approve approve runReturned markPaid comeBack';
const often = [...Object.keys(steps), ...more.split(' ')];

/** Paid in another currency, in its own and by hand; parts come back and are decided about, and earnings are taken back. */
const difficult = Object.entries({ whole: 4, part: 0, settlePart: 1, reverse: 1, reverseAgain: 0 })
  .concat(
    Object.entries({ whole: 1, part: 1, settlePart: 0, request: 2, approve: 0, markPaid: 0, reverse: 2 }),
  )
  .concat(Object.entries({ whole: 3, comeBack: 0 }));

it(
  'puts every unit of every currency where an oracle of its own puts it',
  async () => {
    const step = fc.tuple(fc.constantFrom(...often), fc.nat(59));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 45 }), async (sequence) => {
        const life = await born();
        lives.push(life);
        for (const [name, pick] of sequence) {
          await steps[name]?.(life, pick);
          taken += 1;
          await compare(life, name);
        }
        await end(life);
      }),
      {
        numRuns: runs,
        examples: [[difficult]],
        seed,
        ...(process.env['MONEY_PATH'] ? { path: process.env['MONEY_PATH'] } : {}),
        endOnFailure: process.env['MONEY_SHRINK'] === undefined,
      },
    );
    expect(taken).toBeGreaterThan(runs * 10);
    if (process.env['MONEY_SAYS'] !== undefined)
      process.stderr.write(`${count} lives, ${taken} steps, ${JSON.stringify([...done])}\n`);
    const { body } = await house.ask('GET', '/api/admin/ledger/trial-balance');
    const books = (body['accounts'] as { account: string; currency: string; amount: number }[]).map(
      ({ account, currency, amount }) => [`${account} ${currency}`, amount] as const,
    );
    for (const [name, amount] of Object.entries(platform(lives)))
      expect([name, new Map<string, number>(books).get(name) ?? 0]).toEqual([name, Number(amount)]);
    // The lives must have come to where it is difficult.
    for (const deed of [
      'by hand',
      'part',
      'part converted',
      'keep',
      'pay_again',
      'reverse owed',
      'request converted',
    ])
      expect(done.get(deed) ?? 0, deed).toBeGreaterThan(0);
    expect((await verify(house.db, house.deps.vault)).differences).toEqual([]);
  },
  runs * 60_000,
);
