import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from './support.ts';
import { openHouse, seed, settle, start, winner } from './support.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const preview = (body: Record<string, unknown>) =>
  house.ask('POST', '/api/admin/payout-batches/preview', body);

describe('POST /payout-batches/preview', () => {
  it('shows who would be paid, who not and why, the largest, and the new payees; and writes nothing', async () => {
    await seed(house, '1', [
      ...[1, 2, 3, 4, 5, 6].map((number) => winner('1', number, { amount: number * 100 })),
      winner('1', 7, { currency: 'JPY' }),
      winner('1', 8, { payee: { name: 'No method' } }),
      winner('1', 9),
    ]);
    await house.ask('PATCH', '/api/admin/payees/1-user9', { status: 'blocked' });
    const got = await preview({ cycleId: '1' });
    expect(got.status).toBe(200);
    expect(got.body).toMatchObject({
      cycleId: '1',
      sandbox: true,
      eligibleCount: 7,
      eligibleTotals: { USD: 2100, JPY: 1000 },
      newPayees: 7,
      activeBatchId: null,
      comparedWithLast: null,
    });
    expect(got.body['notEligible']).toEqual([
      expect.objectContaining({ reason: 'no_method', currency: 'USD', count: 1, total: 1000 }),
      expect.objectContaining({ reason: 'payee_blocked', currency: 'USD', count: 1, total: 1000 }),
    ]);
    const largest = got.body['largest'] as { amount: number }[];
    expect(largest.map((row) => row.amount)).toEqual([1000, 600, 500, 400, 300]);
    const { rows } = await sql`select 1 from payout_batch union all select 1 from payout`.execute(house.db);
    expect(rows).toEqual([]);
  });

  it('compares with the last run, and offers what failed again unless only new ones are asked for', async () => {
    const batchId = await start(house, '1');
    await settle(house, (destination) => (destination.startsWith('user1@') ? 'failed' : 'completed'));
    await seed(house, '1', [winner('1', 10)]);
    const got = await preview({ cycleId: '1' });
    expect(got.body).toMatchObject({ eligibleCount: 2, eligibleTotals: { USD: 1100 }, newPayees: 2 });
    expect(got.body['comparedWithLast']).toMatchObject({
      batchId,
      totalItems: 7,
      totals: { USD: 2100, JPY: 1000 },
      itemsChange: -5,
      totalsChange: { USD: -1000, JPY: -1000 },
    });
    expect((await preview({ cycleId: '1', newOnly: true })).body).toMatchObject({ eligibleCount: 1 });
  });

  it('looks only at the named earnings', async () => {
    const only = { sourceType: 'winner', references: ['1-sel10', 'unknown'] };
    expect((await preview({ cycleId: '1', only })).body).toMatchObject({
      eligibleCount: 1,
      eligibleTotals: { USD: 1000 },
    });
  });

  it('answers 404 without such a cycle and 422 for what it does not know', async () => {
    expect((await preview({ cycleId: 'none' })).status).toBe(404);
    expect((await preview({ cycleId: '1', only: { references: [] } })).status).toBe(422);
    expect((await preview({ cycleId: '1', dryRun: true })).status).toBe(422);
  });
});
