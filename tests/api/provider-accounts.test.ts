import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { House } from './support.ts';
import { openHouse, seed, settle, start, winner } from './support.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

it('shows the accounts of a payee, what is asked of them, and what their bank took', async () => {
  await seed(house, 'a1', [winner('a1', 1)]);
  const empty = await house.ask('GET', '/api/admin/payees/a1-user1/provider-accounts');
  expect(empty).toMatchObject({ status: 200, body: { accounts: [] } });
  await sql`insert into provider_account (public_id, provider, fingerprint, state, transfers_enabled, payouts_enabled,
      asked_for, reason_code, reason_detail, checked_at, state_at, due_at)
    select 'pa_1', type, fingerprint, 'not_ready', true, false, '{external_account}', 'receiver_not_enabled', 'Not ready.',
      now(), now(), now() from payout_method where is_default limit 1`.execute(house.db);
  await sql`insert into bank_payout (account_id, provider_payout_id, status, amount, currency, failure_code, told_at,
      first_seen_at, seen_at)
    select id, 'po_bank', 'failed', 1000, 'USD', 'account_closed', now(), now(), now() from provider_account`.execute(
    house.db,
  );
  const { body } = await house.ask('GET', '/api/admin/payees/a1-user1/provider-accounts');
  expect(body).toMatchObject({
    accounts: [
      {
        id: 'pa_1',
        status: 'not_ready',
        transfersEnabled: true,
        payoutsEnabled: false,
        askedFor: ['external_account'],
        reason: {
          code: 'receiver_not_enabled',
          message: expect.stringContaining('cannot receive payouts yet') as string,
          providerSays: 'Not ready.',
        },
        bankPayouts: [{ id: 'po_bank', status: 'failed', failureCode: 'account_closed', payoutId: null }],
      },
    ],
  });
  expect((await house.ask('GET', '/api/admin/payees/nobody/provider-accounts')).status).toBe(404);
  // Nor does the method say that it is ready, and what the provider called it stays beside the words.
  const { body: methods } = await house.ask('GET', '/api/admin/payees/a1-user1/payout-methods');
  expect(methods.data).toMatchObject([{ status: 'ready', accountNotReady: true }]);
  const { body: outlook } = await house.ask('GET', '/api/admin/payees/a1-user1/outlook');
  expect(JSON.stringify(outlook)).not.toMatch(/external_account|Not ready\./);
  // The same account is not eligible, and the dry run says why.
  const preview = await house.ask('POST', '/api/admin/payout-batches/preview', { cycleId: 'a1' });
  expect(preview.body).toMatchObject({
    eligibleCount: 0,
    notEligible: [{ reason: 'method_not_ready', count: 1, total: 1000 }],
  });
  expect((await house.ask('GET', '/api/admin/cycles/a1')).body).toMatchObject({ eligibleCount: 0 });
});

it('refuses to pay a part again whose earning somebody recorded before, and changes nothing', async () => {
  await seed(house, 'a3', [winner('a3', 3)]);
  await start(house, 'a3');
  await settle(house, () => 'completed', undefined, 400n);
  const { body } = await house.ask('GET', '/api/admin/payouts?cycleId=a3');
  const payoutId = String(body.data[0]?.['id']);
  const { rows } = await sql<{ name: string }>`select a.item_reference || ':400' as name from payout_attempt a
    join payout p on p.id = a.payout_id where p.public_id = ${payoutId}`.execute(house.db);
  const taken = { sourceType: 'taken', externalId: rows[0]?.name ?? '' };
  await house.ask('POST', '/api/admin/earnings', { earnings: [winner('a3', 4, taken)] });
  // As an earlier version let anyone do.
  await sql`alter table earning disable trigger user`.execute(house.db);
  await sql`update earning set source_type = 'returned_part' where source_type = 'taken'`.execute(house.db);
  await sql`alter table earning enable trigger user`.execute(house.db);
  const decide = (decision: string) =>
    house.ask('POST', '/api/admin/payouts/settle-part', { payoutId, amount: 400, decision, reason: 'again' });
  expect(await decide('pay_again')).toMatchObject({
    status: 409,
    body: { code: 'earning_differs', externalId: taken.externalId },
  });
  expect(await decide('keep')).toMatchObject({ status: 200, body: { id: payoutId } });
});

it('decides once about the part that came back, bound to the amount that was seen', async () => {
  await seed(house, 'a2', [winner('a2', 2)]);
  await start(house, 'a2');
  await settle(house, () => 'completed', undefined, 400n);
  const list = await house.ask('GET', '/api/admin/payouts?cycleId=a2');
  const payoutId = String(list.body.data[0]?.['id']);
  expect(list.body.data[0]).toMatchObject({ status: 'completed', waitingOn: 'you' });
  const decide = (amount: number, decision = 'keep') =>
    house.ask('POST', '/api/admin/payouts/settle-part', { payoutId, amount, decision, reason: 'refunded' });
  expect(await decide(300)).toMatchObject({ status: 409, body: { code: 'part_differs' } });
  expect(await decide(400)).toMatchObject({ status: 200, body: { id: payoutId } });
  expect(await decide(400)).toMatchObject({ status: 409, body: { code: 'nothing_came_back' } });
  const balance = await house.ask('GET', '/api/admin/payees/a2-user2/balance');
  expect(balance.body).toMatchObject({ available: 0 });
  const checked = await house.ask('GET', '/api/admin/ledger/verify');
  expect(checked.body).toMatchObject({ differences: [] });
});
