import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Providers } from '../../src/actions/providers.ts';
import { transaction } from '../../src/store/db.ts';
import { verify } from '../../src/store/verify.ts';
import { ModelProvider } from '../support/model-provider.ts';
import { providerSays } from './provider-says.ts';
import type { House } from './support.ts';
import { openHouse, settle } from './support.ts';
import { differences, ticket } from './tickets.ts';

// A payout in euros from a balance in dollars, of which a part comes back: in euros by what the provider says, in dollars in
// proportion, and all parts together are exactly the whole.

let house: House;
beforeAll(async () => {
  house = await openHouse({ providers: new Providers([new ModelProvider()]) });
  const at = new Date(house.clock.ms - 1000).toISOString();
  const rates = [{ from: 'USD', to: 'EUR', rate: '0.5', at, source: 'bank' }];
  await house.ask('POST', '/api/admin/fx-rates', { rates });
});
afterAll(() => house.close());

/** A payee who was paid 50.02 EUR for 100.03 USD; answers the payout. */
async function paid(payee: string, amount = 5002): Promise<string> {
  const earnings = [ticket(payee, 1, { amount: 10_003, feeBps: 0 })];
  await house.ask('POST', '/api/admin/earnings', { earnings });
  const asked = await house.ask('POST', `/api/admin/payees/${payee}/request-payout`, {
    currency: 'USD',
    payoutCurrency: 'EUR',
  });
  expect(asked.body, asked.text).toMatchObject({ amount, currency: 'EUR' });
  const payoutIds = [String(asked.body['id'])];
  await house.ask('POST', '/api/admin/payouts/approve', { payoutIds }, { key: house.keys.approver });
  const started = await house.ask('POST', '/api/admin/payout-batches/process-approved', {});
  expect(started.status, started.text).toBe(202);
  await settle(house);
  return payoutIds[0] ?? '';
}

const see = async (id: string) => (await house.ask('GET', `/api/admin/payouts/${id}`)).body;
async function balance(payee: string) {
  const { body } = await house.ask('GET', `/api/admin/payees/${payee}/balance`);
  const rows = body['balances'] as {
    currency: string;
    available: number;
    paid: number;
    totalEarnings: number;
  }[];
  const { available, paid: arrived, totalEarnings } = rows.find(({ currency }) => currency === 'USD') ?? {};
  return { available, paid: arrived, totalEarnings };
}
const decide = async (payoutId: string, amount: number, decision: string) =>
  house.ask('POST', '/api/admin/payouts/settle-part', { payoutId, amount, decision, reason: 'by mistake' });

async function legs(id: string, kind: string) {
  const { ledger } = (await see(id)) as unknown as {
    ledger: { kind: string; account: string; currency: string; amount: number }[];
  };
  return ledger
    .filter((line) => line.kind === kind)
    .map((line) => [line.account, line.currency, line.amount]);
}

it('is booked in both currencies, and the parts of a whole return are exactly the whole', async () => {
  const id = await paid('ana');
  await providerSays(house, id, 'completed', null, 2501n);
  expect(await balance('ana')).toEqual({ available: 5002, paid: 5001, totalEarnings: 10_003 });
  expect(await legs(id, 'part-2501')).toEqual([
    ['provider_float', 'EUR', -2501],
    ['payee_available', 'USD', 5002],
    ['fx_clearing', 'USD', -5002],
    ['fx_clearing', 'EUR', 2501],
  ]);
  expect(await see(id)).toMatchObject({
    status: 'completed',
    label: 'Partly came back: 25.01 EUR of 50.02 EUR',
    waitingOn: 'you',
    timeline: expect.arrayContaining([expect.objectContaining({ event: 'part_returned' })]) as unknown,
  });
  expect((await house.ask('GET', `/api/admin/payouts/${id}/receipt`)).body).toMatchObject({ returned: 2501 });
  expect(await differences(house)).toEqual([]);
  // The same again is nothing new; more of it is the difference.
  await providerSays(house, id, 'completed', null, 2501n);
  await providerSays(house, id, 'completed', null, 2502n);
  expect(await balance('ana')).toMatchObject({ available: 5003, paid: 5000 });
  await providerSays(house, id, 'returned');
  expect(await see(id)).toMatchObject({ status: 'returned' });
  expect(await balance('ana')).toEqual({ available: 10_003, paid: 0, totalEarnings: 10_003 });
  expect(await differences(house)).toEqual([]);
});

it('is decided about like any other part: by the amount that came back, for what it was in the balance', async () => {
  const id = await paid('ben');
  await providerSays(house, id, 'completed', null, 2501n);
  expect(await decide(id, 5002, 'keep')).toMatchObject({ status: 409, body: { code: 'part_differs' } });
  expect(await decide(id, 2501, 'pay_again')).toMatchObject({ status: 200 });
  expect(await decide(id, 2501, 'keep')).toMatchObject({ status: 409, body: { code: 'nothing_came_back' } });
  expect(await balance('ben')).toEqual({ available: 5002, paid: 5001, totalEarnings: 10_003 });
  expect(await see(id)).toMatchObject({ status: 'completed', waitingOn: 'nobody' });
  expect(await differences(house)).toEqual([]);
  const again = await house.ask('POST', '/api/admin/payees/ben/request-payout', { currency: 'USD' });
  expect(again.body, again.text).toMatchObject({ amount: 5002, currency: 'USD' });
  // The rest comes back as a part, too, and is kept: nothing is left over, and nothing is missing.
  await providerSays(house, id, 'returned');
  expect(await balance('ben')).toMatchObject({ available: 5001, paid: 0 });
  expect(await decide(id, 2501, 'keep')).toMatchObject({ status: 200 });
  expect(await balance('ben')).toMatchObject({ available: 0, paid: 0 });
  expect(await differences(house)).toEqual([]);
  const open = await house.ask('GET', '/api/admin/alerts');
  expect(open.text).not.toContain('-ben');
});

it('is booked by the next look when an earlier version had only noted it', async () => {
  const id = await paid('cyd');
  await sql`update payout_attempt a set reason_code = 'partly_reversed', reason_detail = 'Partly came back: 25.01 EUR of 50.02 EUR'
    from payout p where p.id = a.payout_id and p.public_id = ${id}`.execute(house.db);
  await providerSays(house, id, 'completed', null, 2501n);
  expect(await balance('cyd')).toMatchObject({ available: 5002, paid: 5001 });
  expect(await differences(house)).toEqual([]);
});

it('gives back its part of what the platform kept of the conversion', async () => {
  await house.ask('PATCH', '/api/admin/settings', { fxSpreadBps: 150 });
  const id = await paid('eve', 4926);
  await house.ask('PATCH', '/api/admin/settings', { fxSpreadBps: 0 });
  for (const part of [1n, 1234n, 4925n]) {
    await providerSays(house, id, 'completed', null, part);
    expect(await differences(house)).toEqual([]);
  }
  expect(await legs(id, 'part-1')).toHaveLength(4);
  expect(await legs(id, 'part-1234')).toContainEqual(['fx_spread', 'EUR', -19]);
  await providerSays(house, id, 'returned');
  expect(await balance('eve')).toEqual({ available: 10_003, paid: 0, totalEarnings: 10_003 });
  expect(await differences(house)).toEqual([]);
});

class UndoError extends Error {}

it('that somebody changes behind its back is found', async () => {
  const id = await paid('dan');
  await providerSays(house, id, 'completed', null, 1000n);
  await decide(id, 1000, 'keep');
  await providerSays(house, id, 'completed', null, 2501n);
  const ours = `(select a.id from payout_attempt a join payout p on p.id = a.payout_id where p.public_id = '${id}')`;
  const journal = `journal_id in (select id from journal where kind = 'part-2501' and source_id = ${ours})`;
  const statements = [
    `update payout_part set returned = returned + 1 where attempt_id = ${ours}`,
    `update payout_part set decided = decided - 1, kept = kept - 1 where attempt_id = ${ours}`,
    `delete from payout_part where attempt_id = ${ours}`,
    `update payout_attempt set returned_part = returned_part + 1 where id = ${ours}`,
    `update payout_attempt set settled_part = settled_part + 1 where id = ${ours}`,
    `insert into payout_part (attempt_id, returned) values (1000000, 1)`,
    `update entry set amount = amount + 1 where account = 'fx_clearing' and currency = 'EUR' and ${journal}`,
    `update entry set amount = amount + sign(amount) where currency = 'USD' and ${journal}`,
    `delete from entry where account = 'provider_float' and ${journal}`,
  ];
  const missed: string[] = [];
  for (const statement of statements) {
    await transaction(house.db, async (tx) => {
      await sql.raw('alter table entry disable trigger all').execute(tx);
      await sql.raw(statement).execute(tx);
      const found = await verify(tx, house.deps.vault);
      if (found.differences.length === 0) missed.push(statement);
      throw new UndoError();
    }).catch((error: unknown) => {
      if (!(error instanceof UndoError)) throw error;
    });
  }
  expect(missed).toEqual([]);
});
