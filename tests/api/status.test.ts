import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBatch } from '../../src/store/batches.ts';
import {
  finishRun,
  recordDiscrepancies,
  startRun,
  unreconciledBatches,
} from '../../src/store/reconciliations.ts';
import type { House } from './support.ts';
import { openHouse, seed, settle, start, winner } from './support.ts';

let house: House;
let paid = '';
let lost = '';
beforeAll(async () => {
  house = await openHouse();
  await seed(house, 'paid', [winner('paid', 1)]);
  paid = await start(house, 'paid');
  await settle(house);
  await seed(house, 'lost', [winner('lost', 1), winner('lost', 2)]);
  lost = await start(house, 'lost');
  await settle(house, undefined, { kind: 'unknown', cause: 'connection reset', retryAfterMs: null });
});
afterAll(() => house.close());

describe('GET /status', () => {
  it('answers in one call what is paid, what is under way, and what is not known', async () => {
    const { body } = await house.ask('GET', '/api/admin/status', undefined, { key: house.keys.viewer });
    expect(body).toMatchObject({
      provider: 'paypal',
      sandbox: true,
      activeBatches: [{ id: lost, status: 'processing', totalItems: 2, processedItems: 0 }],
      unknownSubmissions: [
        { batchId: lost, itemCount: 2, total: 2000, currency: 'USD', lastError: 'connection reset' },
      ],
      lastRuns: [{ id: paid, status: 'completed', totalItems: 1 }],
      alerts: expect.arrayContaining([expect.objectContaining({ kind: 'outcome_unknown' })]),
    });
  });
});

describe('GET /alerts', () => {
  it('lists what a person must look at, page by page', async () => {
    const first = (await house.ask('GET', '/api/admin/alerts?limit=1')).body;
    const rest = (await house.ask('GET', `/api/admin/alerts?limit=50&cursor=${String(first['nextCursor'])}`))
      .body;
    expect([...first.data, ...rest.data]).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'outcome_unknown', seen: 1, openedAt: '2026-11-20T12:00:00.000Z' }),
      ]),
    );
    expect([first.data.length, rest['nextCursor']]).toEqual([1, null]);
  });
});

describe('POST /payout-batches/:batchId/reconcile', () => {
  it('writes the wish for the engine and answers 202; 404 for no batch', async () => {
    const batch = await findBatch(house.db, paid);
    const claim = { owner: 'a', leaseMs: 1000 };
    const run = (await startRun(house.db, 'rc_1', batch?.id ?? 0n, claim, house.deps.now())) ?? 0n;
    await finishRun(house.db, run, { checked: 1, corrected: 0, differences: 1 }, house.deps.now());
    const found = {
      kind: 'not_ours',
      provider: 'paypal',
      providerBatchId: 'PB',
      itemReference: 'x',
      detail: 'SUCCESS',
    };
    await recordDiscrepancies(house.db, run, [found, { ...found, itemReference: 'y' }], house.deps.now());
    const sought = { batchId: null, limit: 10, providers: ['paypal'], repeated: null, takesOverDead: false };
    expect(await unreconciledBatches(house.db, sought, house.deps.now())).toEqual([]);
    const batchNow = async () => (await house.ask('GET', `/api/admin/payout-batches/${paid}`)).body;
    expect(await batchNow()).toMatchObject({ reconciledAt: '2026-11-20T12:00:00.000Z' });
    house.clock.ms += 1000;
    const got = await house.ask('POST', `/api/admin/payout-batches/${paid}/reconcile`);
    expect(got).toMatchObject({ status: 202, body: { batchId: paid, status: 'requested' } });
    expect(await unreconciledBatches(house.db, sought, house.deps.now())).toMatchObject([{ publicId: paid }]);
    expect(await batchNow()).toMatchObject({ reconciledAt: null });
    expect((await house.ask('POST', '/api/admin/payout-batches/none/reconcile')).status).toBe(404);
  });
});

describe('GET /reconciliations and /discrepancies', () => {
  it('list runs, of one batch or of all, and what they found', async () => {
    const runs = await house.ask('GET', `/api/admin/reconciliations?batchId=${paid}`);
    expect(runs.body.data).toMatchObject([{ id: 'rc_1', batchId: paid, checked: 1, differences: 1 }]);
    expect((await house.ask('GET', `/api/admin/reconciliations?batchId=${lost}`)).body.data).toEqual([]);
    expect((await house.ask('GET', '/api/admin/reconciliations?batchId=none')).body.data).toEqual([]);
    const first = await house.ask('GET', '/api/admin/discrepancies?limit=1');
    expect(first.body.data).toMatchObject([{ kind: 'not_ours', itemReference: 'y' }]);
    const next = await house.ask(
      'GET',
      `/api/admin/discrepancies?limit=1&cursor=${first.body['nextCursor'] as string}`,
    );
    expect(next.body.data).toMatchObject([{ itemReference: 'x' }]);
    expect(next.body['nextCursor']).toBeNull();
  });
});
