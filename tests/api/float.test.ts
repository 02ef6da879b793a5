import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordReading, recordUnread } from '../../src/actions/float.ts';
import { askGapMs, readEveryMs } from '../../src/core/float.ts';
import { claimAccount } from '../../src/store/float.ts';
import type { House } from './support.ts';
import { seed, settle, start, winner } from './support.ts';
import { request, sell, ticketHouse } from './tickets.ts';

const minuteMs = 60_000;
const pace = { everyMs: readEveryMs, gapMs: askGapMs };
let house: House;
beforeAll(async () => {
  house = await ticketHouse();
});
afterAll(() => house.close());

/** A later moment in which the engine asks PayPal's account. */
async function ask() {
  house.clock.ms += readEveryMs;
  const at = house.deps.now();
  return { provider: 'paypal', asks: (await claimAccount(house.db, 'paypal', at, pace)) ?? 0n, at };
}
/** PayPal says that it holds this much. */
async function holds(available: bigint, currency = 'USD'): Promise<void> {
  await recordReading(house.deps, await ask(), [{ currency, available, pending: 700n }]);
}
const post = (what: string, body: unknown, headers = {}) =>
  house.ask('POST', `/api/admin/payout-batches/${what}`, body, { headers });
const preview = async (cycleId: string) => (await post('preview', { cycleId })).body['float'];
const wanted = async () => {
  const { rows } = await sql<{
    wanted: boolean;
  }>`select coalesce(wanted_at > asked_at, asked_at is null) as wanted
    from float_account`.execute(house.db);
  return rows.map((row) => row.wanted);
};

describe('a run', () => {
  it('that nothing is known for says so, asks for a reading, and is not refused', async () => {
    await seed(house, 'unread', [winner('unread', 1)]);
    expect(await preview('unread')).toEqual({
      USD: {
        available: null,
        sentSince: 0,
        queued: 0,
        needed: 1000,
        after: null,
        shortfall: null,
        words: 'What the account holds in USD is not known, so nothing is refused for it.',
        readAt: null,
        fresh: false,
      },
    });
    expect(await wanted()).toEqual([true]);
    await start(house, 'unread');
    await settle(house);
  });

  it('that cannot be funded says so before it starts, names the gap, and starts when it is accepted or funded', async () => {
    await seed(
      house,
      'friday',
      [1, 2].map((number) => winner('friday', number, { amount: 250_000 })),
    );
    await holds(376_000n);
    expect(await preview('friday')).toMatchObject({
      USD: { available: 376_000, needed: 500_000, after: -124_000, shortfall: 124_000, fresh: true },
    });
    expect(await wanted()).toEqual([false]);
    const headers = { 'idempotency-key': 'friday' };
    const refused = await post('process', { cycleId: 'friday' }, headers);
    expect(refused).toMatchObject({
      status: 409,
      body: {
        code: 'insufficient_float',
        shortfall: { USD: 124_000 },
        needed: { USD: 500_000 },
        available: { USD: 376_000 },
        readAt: house.deps.now().toISOString(),
      },
    });
    expect(refused.body['userMessage']).toContain(
      'This run is 1,240.00 USD short: it needs 5,000.00 USD, and 3,760.00 USD is there for it.',
    );
    expect((await house.ask('GET', '/api/admin/cycles/friday')).body).toMatchObject({
      activeBatchId: null,
      eligibleCount: 2,
      lock: null,
    });
    await holds(500_000n);
    expect(await post('process', { cycleId: 'friday' }, headers)).toMatchObject({
      status: 202,
      body: { totalItems: 2 },
    });
    expect(await post('process', { cycleId: 'friday' }, headers)).toMatchObject({ status: 202 });
    await settle(house);
  });

  it('is measured by what is left once what is queued has gone, and started when somebody accepts the gap', async () => {
    await seed(house, 'first', [winner('first', 1)]);
    await seed(house, 'second', [winner('second', 1)]);
    await holds(1999n);
    await start(house, 'first');
    expect(await preview('second')).toMatchObject({ USD: { queued: 1000, after: -1, shortfall: 1 } });
    const body = { cycleId: 'second' };
    expect(await post('process', body)).toMatchObject({ status: 409, body: { shortfall: { USD: 1 } } });
    expect(await post('process', { ...body, acceptShortfall: true })).toMatchObject({ status: 202 });
    await settle(house);
  });

  it('is not refused by a reading that is too old, which the preview says', async () => {
    await seed(house, 'old', [winner('old', 1)]);
    await holds(1n);
    house.clock.ms += 15 * minuteMs;
    expect((await post('process', { cycleId: 'old' })).status).toBe(409);
    house.clock.ms += 1;
    const { USD } = (await preview('old')) as { USD: Record<string, unknown> };
    expect(USD).toMatchObject({ shortfall: 999, fresh: false });
    expect(USD['words']).toContain('too old to refuse anything');
    expect(await wanted()).toEqual([true]);
    expect((await post('process', { cycleId: 'old' })).status).toBe(202);
    await settle(house);
  });

  it('of what is approved is refused in the same way', async () => {
    await sell(house, 'ana', 7);
    const payoutIds = [await request(house, 'ana')];
    await house.ask('POST', '/api/admin/payouts/approve', { payoutIds }, { key: house.keys.approver });
    await holds(6000n);
    expect(await post('process-approved', {})).toMatchObject({
      status: 409,
      body: { code: 'insufficient_float', shortfall: { USD: 300 } },
    });
    const { body } = await house.ask('GET', '/api/admin/status');
    expect(body['alerts']).toContainEqual(
      expect.objectContaining({ kind: 'float_short', subject: 'paypal USD' }),
    );
    expect(body['float']).toMatchObject([
      { currency: 'USD', approved: { count: 1, amount: 6300 }, shortfall: 300 },
    ]);
    expect((await post('process-approved', { acceptShortfall: true })).status).toBe(202);
    await settle(house);
    await holds(6000n);
    const after = await house.ask('GET', '/api/admin/alerts');
    expect(after.body.data.filter(({ kind }) => kind === 'float_short')).toEqual([]);
  });
});

describe('GET /float', () => {
  it('says what each account holds, what is queued and approved, and what each open cycle would need', async () => {
    await seed(house, 'x', [winner('x', 1), winner('x', 2, { amount: 900_000 })]);
    await seed(house, 'y', [winner('y', 1, { currency: 'EUR' })]);
    await holds(5000n);
    await recordUnread(house.deps, await ask(), 'PayPal could not be asked.');
    const { body } = await house.ask('GET', '/api/admin/float', undefined, { key: house.keys.viewer });
    expect(body['providers']).toMatchObject([{ provider: 'paypal', error: 'PayPal could not be asked.' }]);
    const accounts = body['accounts'] as Record<string, unknown>[];
    expect(accounts).toMatchObject([
      {
        currency: 'EUR',
        available: null,
        runs: [{ cycleId: 'y', needed: 1000, shortfall: null }],
        eligible: { count: 1, amount: 1000 },
      },
      {
        currency: 'USD',
        available: 5000,
        pending: 700,
        ageSeconds: 300,
        fresh: true,
        needed: 0,
        after: 5000,
        shortfall: 0,
        paidByBooks: null,
        runs: [{ cycleId: 'x', eligible: 2, needed: 901_000, shortfall: 896_000 }],
      },
    ]);
    expect(accounts[1]).toMatchObject({
      runs: [{ words: expect.stringMatching(/^The run of cycle x is 8,960.00 USD short/) }],
    });
  });

  it('adds what left by the books when it is asked to', async () => {
    const { body } = await house.ask('GET', '/api/admin/float?books=true');
    const [, dollars] = body['accounts'] as { paidByBooks: number }[];
    const { rows } = await sql<{ paid: bigint }>`select sum(amount)::bigint as paid from entry
      where account = 'provider_float'`.execute(house.db);
    expect(BigInt(dollars?.paidByBooks ?? 0)).toBe(rows[0]?.paid);
  });
});
