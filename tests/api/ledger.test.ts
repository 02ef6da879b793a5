import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from './support.ts';
import { openHouse, seed, settle, start, winner } from './support.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
  await seed(house, '1', [winner('1', 1), winner('1', 2)]);
  await start(house, '1');
  await settle(house);
});
afterAll(() => house.close());

describe('GET /ledger/trial-balance', () => {
  it('sums to nothing per currency', async () => {
    const { body } = await house.ask('GET', '/api/admin/ledger/trial-balance');
    const accounts = body['accounts'] as { account: string; currency: string; amount: number }[];
    expect(accounts.length).toBeGreaterThan(3);
    expect(accounts.reduce((sum, row) => sum + row.amount, 0)).toBe(0);
  });
});

describe('GET /ledger/verify and POST /ledger/rebuild', () => {
  it('find a balance that was tampered with, and mend it only when told to', async () => {
    const verify = async () => (await house.ask('GET', '/api/admin/ledger/verify')).body;
    expect(await verify()).toMatchObject({ clean: true, differences: [] });
    await sql`update balance set amount = amount + 7 where account = 'payee_available'
      and owner_id = (select min(owner_id) from balance)`.execute(house.db);
    expect(await verify()).toMatchObject({
      clean: false,
      differences: [
        { rule: 'balance equals its entries' },
        { rule: 'available balance is made of its earnings' },
      ],
    });
    const looked = await house.ask('POST', '/api/admin/ledger/rebuild');
    expect(looked.body).toMatchObject({
      applied: false,
      differences: [{ detail: expect.stringContaining('becomes 0') }],
    });
    expect(await verify()).toMatchObject({ clean: false });
    const mended = await house.ask('POST', '/api/admin/ledger/rebuild', { apply: true });
    expect(mended.body).toMatchObject({ applied: true });
    expect(await verify()).toMatchObject({ clean: true });
  });
});
