import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordReading } from '../../src/actions/float.ts';
import { runOnce as scheduleOnce } from '../../src/engine/schedule.ts';
import type { EngineContext } from '../../src/engine/context.ts';
import { askGapMs, readEveryMs } from '../../src/core/float.ts';
import { retryFailed, retryPayouts } from '../../src/cli/batches.ts';
import { claimAccount } from '../../src/store/float.ts';
import { runAt } from './command-line.ts';
import type { House } from './support.ts';
import { seed, settle, start, winner } from './support.ts';
import { asPayee, dayMs, differences, request, sell, ticketHouse } from './tickets.ts';

// What was tried before and is asked for, retried or sent again: one under way per payee, and nothing beyond what is there.

let house: House;
beforeAll(async () => {
  house = await ticketHouse();
});
afterAll(() => house.close());

const post = (path: string, body: unknown) => house.ask('POST', `/api/admin/${path}`, body);
const see = async (id: string) => (await house.ask('GET', `/api/admin/payouts/${id}`)).body;
const approve = (id: string) =>
  house.ask('POST', '/api/admin/payouts/approve', { payoutIds: [id] }, { key: house.keys.approver });

/** A request that was approved, sent and failed. */
async function failedRequest(payee: string, from = 0): Promise<string> {
  await sell(house, payee, 6, {}, from);
  const id = await request(house, payee);
  await approve(id);
  await post('payout-batches/process-approved', {});
  await settle(house, () => 'failed');
  return id;
}

/** PayPal's account holds this much, as it says at a later moment. */
async function holds(available: bigint): Promise<void> {
  house.clock.ms += readEveryMs;
  const at = house.deps.now();
  const asks = await claimAccount(house.db, 'paypal', at, { everyMs: readEveryMs, gapMs: askGapMs });
  const balance = { currency: 'USD', available, pending: 0n };
  await recordReading(house.deps, { provider: 'paypal', asks: asks ?? 0n, at }, [balance]);
}

describe('what is put to be approved again', () => {
  it('is answered one by one: of two requests of one payee the second hears of the first', async () => {
    const [one, two] = [await failedRequest('both'), await failedRequest('both', 10)];
    const got = await post('payouts/resubmit', { payoutIds: [one, two] });
    expect(got).toMatchObject({ status: 200, body: { done: 1, refused: 1 } });
    expect(got.body['results']).toMatchObject([
      { payoutId: one, result: 'done', status: 'pending_approval' },
      { payoutId: two, result: 'refused', status: 'failed', code: 'request_in_flight_already' },
    ]);
    expect(await differences(house)).toEqual([]);
  });

  it('is under way like a first request, however often it was tried, until it has ended', async () => {
    const id = await failedRequest('third');
    for (let tries = 0; tries < 2; tries += 1) {
      await post('payouts/retry', { payoutIds: [id] });
      await settle(house, () => 'failed');
    }
    expect(await see(id)).toMatchObject({ status: 'failed', attemptCount: 3 });
    await sell(house, 'third', 6, {}, 10);
    await post('payouts/resubmit', { payoutIds: [id] });
    const ask = () => asPayee(house, 'third')('POST', '/request-payout', {});
    const refused = { status: 409, body: { code: 'request_in_flight_already', payoutId: id } };
    expect(await ask()).toMatchObject(refused);
    await approve(id);
    await post('payout-batches/process-approved', {});
    expect(await see(id)).toMatchObject({ status: 'queued', attemptCount: 4 });
    expect(await ask()).toMatchObject(refused);
    await settle(house);
    expect((await ask()).status).toBe(201);
    expect(await differences(house)).toEqual([]);
  });
});

describe('a retry', () => {
  it('that the account cannot pay is refused with the gap, and starts when that is accepted', async () => {
    await seed(
      house,
      'gap',
      [1, 2].map((number) => winner('gap', number, { amount: 9000 })),
    );
    const batchId = await start(house, 'gap');
    await settle(house, () => 'failed');
    await holds(5000n);
    const short = { code: 'insufficient_float', shortfall: { USD: 13_000 }, needed: { USD: 18_000 } };
    const again = `payout-batches/${batchId}/retry-failed`;
    expect(await post(again, undefined)).toMatchObject({ status: 409, body: short });
    const payoutIds = ['gap-sel1'];
    const single = { ...short, shortfall: { USD: 4000 }, needed: { USD: 9000 } };
    expect(await post('payouts/retry', { payoutIds })).toMatchObject({ status: 409, body: single });
    expect((await runAt(house, retryPayouts, [...payoutIds, '--yes', '--no-wait'])).said).toContain(
      '40.00 USD short',
    );
    expect(await see('gap-sel1')).toMatchObject({ status: 'failed', attemptCount: 1 });
    const ran = await runAt(house, retryFailed, [batchId, '--yes', '--no-wait', '--accept-shortfall']);
    expect(ran.code).toBe(0);
    const { body: trail } = await house.ask('GET', '/api/admin/audit-events?event=batch.retried');
    expect(trail.data[0]).toMatchObject({ after: { acceptedShortfall: '130.00 USD' } });
    await settle(house, () => 'failed');
    await holds(9000n);
    expect((await post('payouts/retry', { payoutIds })).status).toBe(202);
    await settle(house);
  });
});

describe('a scheduled run', () => {
  const lastRun = async () =>
    ((await house.ask('GET', '/api/admin/schedule')).body['lastRuns'] as Record<string, unknown>[])[0];
  const alerts = async () => {
    const { data } = (await house.ask('GET', '/api/admin/alerts')).body;
    return data.filter(({ kind }) => kind === 'schedule_not_sent');
  };
  const nextRun = async () => {
    house.clock.ms += 7 * dayMs;
    await holds(funds);
    await scheduleOnce(house.deps as unknown as EngineContext);
  };
  let funds = 1000n;

  it('tells what it could not send for lack of float, and takes that back once it is sent', async () => {
    await scheduleOnce(house.deps as unknown as EngineContext);
    await house.ask('PATCH', '/api/admin/settings', { sendApprovedOnSchedule: true });
    await sell(house, 'unfunded', 6);
    const id = await request(house, 'unfunded');
    await approve(id);
    await nextRun();
    const words = expect.stringContaining('44.00 USD short');
    expect(await lastRun()).toMatchObject({
      batchIds: [],
      notSent: [{ provider: 'paypal', code: 'insufficient_float', message: words, shortfall: { USD: 4400 } }],
    });
    expect(await alerts()).toMatchObject([{ subject: 'paypal', message: words }]);
    expect(await see(id)).toMatchObject({ status: 'approved' });
    funds = 90_000n;
    await nextRun();
    expect(await lastRun()).toMatchObject({ batchIds: [expect.stringMatching(/^pb_/)], notSent: [] });
    expect(await alerts()).toEqual([]);
    await settle(house);
  });
});
