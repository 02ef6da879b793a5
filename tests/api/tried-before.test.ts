import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import type { House } from './support.ts';
import { openHouse, seed, settle, start, winner } from './support.ts';

// What failed for a reason that lies in the account or the way, and would go there again, is shown before and can be left out.

const day = 24 * 60 * 60 * 1000;
let house: House;
/** A batch of which Ana, Bob and Cyd failed: their accounts are locked, and Cyd was refused by a shortage instead. */
let batch = '';
beforeAll(async () => {
  house = await openHouse();
  await seed(
    house,
    'nov',
    ['ana', 'bob', 'cyd', 'dan'].map((name, at) => winner('nov', at, person(name))),
  );
  batch = await start(house, 'nov');
  await settle(house, (to) => (to.startsWith('dan') ? 'completed' : 'failed'));
  await sql`update payout p set reason_code = 'insufficient_funds' from payee y
    where y.id = p.payee_id and y.external_id = 'cyd'`.execute(house.db);
});
afterAll(() => house.close());

function person(name: string) {
  const payoutMethod = { type: 'paypal', destination: `${name}@example.com` };
  return { payeeExternalId: name, payee: { name, payoutMethod } };
}
const batches = '/api/admin/payout-batches';
const preview = async (more: object = {}) =>
  (await house.ask('POST', `${batches}/preview`, { cycleId: 'nov', ...more })).body;
const locked = expect.objectContaining({
  code: 'receiver_locked',
  operator: "The payee's account is locked or limited at the provider.",
  unmended: true,
});
const short = expect.objectContaining({ code: 'insufficient_funds', unmended: false, count: 1 });

describe('what failed before', () => {
  it('is said by reason before a run and before a retry, with what would fail again', async () => {
    const run = await preview();
    expect(run).toMatchObject({ eligibleCount: 3, triedBefore: [locked, short] });
    expect(run['triedBefore']).toMatchObject([{ count: 2, totals: { USD: 2000 } }, { count: 1 }]);
    const { body } = await house.ask('GET', `${batches}/${batch}/retry-preview`);
    expect(body).toEqual({ batchId: batch, triedBefore: run['triedBefore'], settled: [] });
    expect((await house.ask('GET', `${batches}/pb_none/retry-preview`)).status).toBe(404);
  });

  it('is left out where that is asked for, and stays in what is said', async () => {
    const left = await preview({ leaveOutUnmended: true });
    expect(left).toMatchObject({ eligibleCount: 1, eligibleTotals: { USD: 1000 } });
    expect(left['triedBefore']).toMatchObject([{ count: 2 }, { count: 1 }]);
    expect(left['checksum']).not.toBe((await preview())['checksum']);
  });

  it('is not what would fail again once the payee has another method', async () => {
    const method = { type: 'paypal', destination: 'ana.new@example.com', use: 'default' };
    await house.ask('POST', '/api/admin/payees/ana/payout-methods', method);
    house.clock.ms += 4 * day;
    expect((await preview())['triedBefore']).toMatchObject([
      { code: 'receiver_locked', unmended: true, count: 1 },
      { unmended: false, count: 1 },
      { unmended: false, count: 1 },
    ]);
  });

  it('is retried without those who would fail again, and the run pays exactly what was seen', async () => {
    const path = `${batches}/${batch}/retry-failed`;
    const got = await house.ask('POST', path, { leaveOutUnmended: true });
    expect(got).toMatchObject({ status: 202, body: { totalItems: 2 } });
    await settle(house);
    const { checksum, eligibleCount } = await preview({ leaveOutUnmended: true });
    expect([checksum, eligibleCount]).toEqual([null, 0]);
    house.clock.ms += day;
    const run = { cycleId: 'nov', leaveOutUnmended: true };
    expect(await house.ask('POST', `${batches}/process`, run)).toMatchObject({
      status: 409,
      body: { code: 'nothing_to_pay' },
    });
    const { checksum: all } = await preview();
    const wrong = await house.ask('POST', `${batches}/process`, { ...run, checksum: all });
    expect(wrong).toMatchObject({ status: 409, body: { code: 'changed_since_preview' } });
    expect(await house.ask('POST', `${batches}/process`, { cycleId: 'nov', checksum: all })).toMatchObject({
      status: 202,
      body: { totalItems: 1 },
    });
    await settle(house);
  });
});

describe('a suspected duplicate', () => {
  it('is shown before a run with what it looks like, and stops nothing', async () => {
    const again = ['ana', 'bob', 'eve'].map((name, at) => winner('dec', at, person(name)));
    await seed(house, 'dec', [...again, winner('dec', 9, { ...person('dan'), amount: 999 })]);
    const got = await preview({ cycleId: 'dec' });
    expect(got).toMatchObject({
      eligibleCount: 4,
      suspectedDuplicates: { count: 2, totals: { USD: 2000 }, capped: false },
    });
    const { examples } = got['suspectedDuplicates'] as { examples: object[] };
    expect(examples).toEqual([
      expect.objectContaining({ payeeId: 'ana', amount: 1000, cycleId: 'nov', status: 'completed' }),
      expect.objectContaining({ payeeId: 'bob', amount: 1000, cycleId: 'nov', status: 'completed' }),
    ]);
    expect(await start(house, 'dec')).toMatch(/^pb_/);
  });

  it('is none when it is of the same cycle, or longer ago than thirty days', async () => {
    await seed(house, 'nov', [winner('nov', 99, person('dan'))]);
    expect(await preview()).toMatchObject({
      eligibleCount: 1,
      suspectedDuplicates: { count: 0, examples: [] },
    });
    house.clock.ms += 31 * day;
    await settle(house, () => 'failed');
    await seed(house, 'jan', [winner('jan', 1, person('bob'))]);
    expect((await preview({ cycleId: 'jan' }))['suspectedDuplicates']).toMatchObject({ count: 0 });
  });
});
