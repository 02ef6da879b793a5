import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from './support.ts';
import { openHouse, seed, settle, start, winner } from './support.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const path = '/api/admin/cycles';

describe('POST /cycles', () => {
  it('creates a cycle under the id that was chosen, and answers the same one when asked again', async () => {
    const got = await house.ask('POST', path, { id: '18', name: 'Spring' });
    expect(got.status).toBe(201);
    expect(got.body).toEqual({
      id: '18',
      name: 'Spring',
      status: 'open',
      eligibleCount: 0,
      eligibleTotals: {},
      eligibleByProvider: [],
      activeBatchId: null,
      activeBatchStartedBy: null,
      activeBatchStartedById: null,
      lastCompletedBatchId: null,
      lock: null,
      createdAt: '2026-11-20T12:00:00.000Z',
    });
    const again = await house.ask('POST', path, { id: '18', name: 'Autumn' });
    expect(again.status).toBe(200);
    expect(again.body).toEqual(got.body);
  });

  it('opens no other under an id that one has when it must be new, and says who opened that one when', async () => {
    const audited = async () =>
      (await house.ask('GET', '/api/admin/audit-events?subjectId=new1')).body.data.length;
    expect((await house.ask('POST', path, { id: 'new1', name: 'May', mustBeNew: true })).status).toBe(201);
    for (const name of ['May', 'June']) {
      const no = await house.ask('POST', path, { id: 'new1', name, mustBeNew: true });
      expect(no.status).toBe(409);
      expect(no.body).toMatchObject({
        code: 'cycle_exists',
        cycleId: 'new1',
        name: 'May',
        openedAt: '2026-11-20T12:00:00.000Z',
        userMessage: expect.stringMatching(
          /^There is a cycle new1 already: May, opened by .+ on 20 Nov 2026, 12:00 UTC\. Nothing was opened or changed\.$/,
        ) as string,
      });
    }
    const headers = { 'accept-language': 'fr' };
    const french = await house.ask('POST', path, { id: 'new1', name: 'May', mustBeNew: true }, { headers });
    expect(french.body['userMessage']).toMatch(
      /^Il y a déjà un cycle new1\s: May, ouvert par .+ le 20 nov\. 2026/,
    );
    expect((await house.ask('GET', `${path}/new1`)).body).toMatchObject({ name: 'May' });
    expect(await audited()).toBe(1);
    const [one, other] = await Promise.all(
      ['a', 'b'].map((name) => house.ask('POST', path, { id: 'new2', name, mustBeNew: true })),
    );
    expect([one?.status, other?.status].toSorted((a = 0, b = 0) => a - b)).toEqual([201, 409]);
  });

  it('makes an id when none is chosen', async () => {
    expect((await house.ask('POST', path, {})).body['id']).toMatch(/^cy_/);
  });

  it.each(['', 'a/b', '../18', 'a b', '-18', 'é', 'x'.repeat(101)])(
    'refuses the id "%s" with 422',
    async (id) => {
      expect((await house.ask('POST', path, { id })).status).toBe(422);
    },
  );
});

describe('GET /cycles/:id', () => {
  it('says who is paying it now, and what was paid last', async () => {
    await seed(house, '20', [
      winner('20', 1),
      winner('20', 2, { currency: 'EUR' }),
      winner('20', 3, { payee: { name: 'No method' } }),
    ]);
    expect((await house.ask('GET', `${path}/20`)).body).toMatchObject({
      eligibleCount: 2,
      eligibleTotals: { EUR: 1000, USD: 1000 },
    });
    const batchId = await start(house, '20');
    expect((await house.ask('GET', `${path}/20`)).body).toMatchObject({
      eligibleCount: 0,
      eligibleTotals: {},
      activeBatchId: batchId,
      activeBatchStartedBy: 'cli',
      activeBatchStartedById: 'cli',
      lastCompletedBatchId: null,
    });
    await settle(house);
    expect((await house.ask('GET', `${path}/20`)).body).toMatchObject({
      eligibleCount: 0,
      activeBatchId: null,
      lastCompletedBatchId: batchId,
    });
  });

  it('answers 404 for a cycle nobody made', async () => {
    expect(await house.ask('GET', `${path}/none`)).toMatchObject({
      status: 404,
      body: { code: 'cycle_not_found' },
    });
  });
});

describe('GET /cycles', () => {
  it('lists them newest first, page by page, in the same shape', async () => {
    const first = await house.ask('GET', `${path}?limit=1`);
    expect(first.body.data).toEqual([(await house.ask('GET', `${path}/20`)).body]);
    const rest = await house.ask('GET', `${path}?limit=10&cursor=${first.body['nextCursor'] as string}`);
    expect(rest.body.data.at(-1)).toMatchObject({ id: '18' });
    expect(rest.body['nextCursor']).toBeNull();
  });
});

describe('a closed cycle', () => {
  it('takes no new earnings, keeps the old ones, and cannot be paid', async () => {
    await seed(house, 'old', [winner('old', 1)]);
    await sql`update cycle set status = 'closed' where public_id = 'old'`.execute(house.db);
    const got = await house.ask('POST', '/api/admin/earnings', {
      earnings: [winner('old', 1), winner('old', 2)],
    });
    expect(
      (got.body['results'] as { status: string; code: string }[]).map((one) => [one.status, one.code]),
    ).toEqual([
      ['unchanged', null],
      ['invalid', 'cycle_closed'],
    ]);
    expect(await house.ask('POST', '/api/admin/payout-batches/process', { cycleId: 'old' })).toMatchObject({
      status: 409,
      body: { code: 'cycle_closed', cycleId: 'old' },
    });
  });
});
