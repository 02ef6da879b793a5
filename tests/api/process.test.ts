import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import type { House } from './support.ts';
import { openHouse, seed, settle, winner } from './support.ts';

const path = '/api/admin/payout-batches';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const process = (body: Record<string, unknown>, key?: string) =>
  house.ask('POST', `${path}/process`, body, key === undefined ? {} : { key });
const preview = async (body: Record<string, unknown>) =>
  (await house.ask('POST', `${path}/preview`, body)).body;

describe('a run of a whole cycle', () => {
  it('is started once a minute by the same person; a refusal uses up nothing, and others may', async () => {
    await seed(house, 'm1', [winner('m1', 1)]);
    await house.ask('POST', '/api/admin/cycles', { id: 'm2' });
    expect((await process({ cycleId: 'm2' })).body).toMatchObject({ code: 'nothing_to_pay' });
    await seed(house, 'm2', [winner('m2', 1)]);
    expect((await process({ cycleId: 'm2' })).status).toBe(202);
    expect((await process({ cycleId: 'm1' })).status).toBe(202);
    expect((await process({ cycleId: 'm1' })).body).toMatchObject({ code: 'batch_already_active' });
    await settle(house);
    house.clock.ms += 20_500;
    const soon = await process({ cycleId: 'm1' });
    expect(soon).toMatchObject({ status: 429, body: { code: 'process_too_often', retryable: true } });
    expect(soon.headers.get('retry-after')).toBe('40');
    expect((await process({ cycleId: 'm1' }, house.keys.owner)).body).toMatchObject({
      code: 'nothing_to_pay',
    });
    house.clock.ms += 39_500;
    expect((await process({ cycleId: 'm1' })).body).toMatchObject({ code: 'nothing_to_pay' });
  });

  it('does not hold up whoever names the earnings they pay', async () => {
    await seed(house, 'm3', [winner('m3', 1), winner('m3', 2)]);
    const only = (number: number) => ({ sourceType: 'winner', references: [`m3-sel${number}`] });
    expect((await process({ cycleId: 'm3', only: only(1) })).status).toBe(202);
    await settle(house);
    expect((await process({ cycleId: 'm3', only: only(2) })).status).toBe(202);
    await settle(house);
    await seed(house, 'm3', [winner('m3', 3)]);
    expect((await process({ cycleId: 'm3' })).status).toBe(202);
    await settle(house);
  });

  it('is not held up by a run that a clock dated into the future', async () => {
    await seed(house, 'm4', [winner('m4', 1)]);
    expect((await process({ cycleId: 'm4' })).status).toBe(202);
    await settle(house);
    await sql`update payout_batch set created_at = created_at + interval '10 minutes'`.execute(house.db);
    expect((await process({ cycleId: 'm4' })).body).toMatchObject({ code: 'nothing_to_pay' });
    await sql`update payout_batch set created_at = created_at - interval '10 minutes'`.execute(house.db);
  });
});

describe('the checksum of a preview', () => {
  const checksumOf = async (body: Record<string, unknown>) => (await preview(body))['checksum'] as string;

  it('is the same for the same people in any order, and null for nobody', async () => {
    await seed(house, 'k0', [winner('k0', 2), winner('k0', 1)]);
    const checksum = await checksumOf({ cycleId: 'k0' });
    expect(checksum).toMatch(/^[0-9a-f]{64}$/);
    expect(await checksumOf({ cycleId: 'k0', details: false, newOnly: true })).toBe(checksum);
    const only = { sourceType: 'winner', references: ['k0-sel1', 'k0-sel2'] };
    expect(await checksumOf({ cycleId: 'k0', only })).toBe(checksum);
    expect(await checksumOf({ cycleId: 'k0', only: { ...only, references: ['k0-sel1'] } })).not.toBe(
      checksum,
    );
    await house.ask('POST', '/api/admin/cycles', { id: 'k00' });
    expect(await checksumOf({ cycleId: 'k00' })).toBeNull();
  });

  it('pays exactly that, once: asked again it answers with the first batch, while it runs and after', async () => {
    const bad = { payoutMethod: { type: 'paypal', destination: 'no-address' } };
    await seed(house, 'k1', [
      winner('k1', 1),
      winner('k1', 2, { currency: 'JPY' }),
      winner('k1', 3, { payee: bad }),
    ]);
    const checksum = await checksumOf({ cycleId: 'k1' });
    const started = await process({ cycleId: 'k1', checksum });
    expect(started).toMatchObject({ status: 202, body: { replayed: false, totalItems: 3, totalChunks: 2 } });
    const { batchId } = started.body;
    const again = { status: 202, body: { replayed: true, batchId, totalItems: 3, totalChunks: 2 } };
    expect(await process({ cycleId: 'k1', checksum })).toMatchObject(again);
    await settle(house);
    expect(await process({ cycleId: 'k1', checksum }, house.keys.operator)).toMatchObject(again);
    expect((await house.ask('GET', `${path}?cycleId=k1`)).body).toHaveLength(1);
  });

  it.each([
    ['somebody is added', (cycle: string) => seed(house, cycle, [winner(cycle, 9)]), 2, { USD: 2000 }],
    [
      'somebody gets another address',
      (cycle: string) =>
        house.ask('PATCH', `/api/admin/payees/${cycle}-user1`, {
          payoutMethod: { type: 'paypal', destination: 'other@example.com' },
        }),
      1,
      { USD: 1000 },
    ],
    [
      'somebody is blocked',
      (cycle: string) => house.ask('PATCH', `/api/admin/payees/${cycle}-user1`, { status: 'blocked' }),
      0,
      {},
    ],
  ])('pays nobody when %s after the look', async (what, change, eligibleCount, eligibleTotals) => {
    const cycle = what.replaceAll(' ', '-');
    await seed(house, cycle, [winner(cycle, 1)]);
    const checksum = await checksumOf({ cycleId: cycle });
    await change(cycle);
    const got = await process({ cycleId: cycle, checksum });
    expect(got).toMatchObject({
      status: 409,
      body: { code: 'changed_since_preview', cycleId: cycle, eligibleCount, eligibleTotals },
    });
    expect((await house.ask('GET', `${path}?cycleId=${cycle}`)).body).toEqual([]);
  });

  it('of what failed is another one for each try', async () => {
    await seed(house, 'k5', [winner('k5', 1)]);
    const first = await checksumOf({ cycleId: 'k5' });
    await process({ cycleId: 'k5', checksum: first });
    await settle(house, () => 'failed');
    const second = await checksumOf({ cycleId: 'k5' });
    expect(second).not.toBe(first);
    house.clock.ms += 60_000;
    const started = await process({ cycleId: 'k5', checksum: second });
    expect(started).toMatchObject({ status: 202, body: { replayed: false } });
    await settle(house);
  });

  it('of a batch that was cancelled pays again', async () => {
    await seed(house, 'k6', [winner('k6', 1)]);
    const checksum = await checksumOf({ cycleId: 'k6' });
    const started = await process({ cycleId: 'k6', checksum });
    await house.ask('POST', `${path}/${started.body['batchId'] as string}/cancel`);
    house.clock.ms += 60_000;
    const again = await process({ cycleId: 'k6', checksum });
    expect(again).toMatchObject({ status: 202, body: { replayed: false } });
    expect(again.body['batchId']).not.toBe(started.body['batchId']);
  });

  it('holds to the last moment: what is recorded while the batch is written is not paid unseen', async () => {
    await seed(house, 'k7', [winner('k7', 1)]);
    const checksum = await checksumOf({ cycleId: 'k7' });
    await seed(house, 'k7', [winner('k7', 2)]);
    // Hidden from the first look only, as an earning is that commits right after it.
    await sql`update earning set available_at = '2100-01-01' where external_id = 'k7-sel2'`.execute(house.db);
    await sql`create function appear() returns trigger language plpgsql as $$ begin
      update earning set available_at = '2020-01-01' where external_id = 'k7-sel2'; return new; end $$`.execute(
      house.db,
    );
    await sql`create trigger appear before insert on payout_batch for each row execute function appear()`.execute(
      house.db,
    );
    const got = await process({ cycleId: 'k7', checksum });
    await sql`drop trigger appear on payout_batch`.execute(house.db);
    // It starts over, and here it appears every time.
    expect(got).toMatchObject({ status: 503, body: { retryable: true } });
    expect((await house.ask('GET', `${path}?cycleId=k7`)).body).toEqual([]);
  });

  it('is 64 hexadecimal digits, or 422', async () => {
    expect((await process({ cycleId: 'k7', checksum: 'abc' })).status).toBe(422);
  });
});
