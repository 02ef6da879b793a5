import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { all } from '../../src/store/db.ts';
import type { House } from './support.ts';
import { openHouse, settle, start } from './support.ts';
import { differences } from './tickets.ts';

const address = '/api/admin/imports/legacy-payouts';

type Results = Record<string, { count: number; totals: Record<string, number> }>;

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const cells = (more: Record<string, unknown>) => ({
  line: 2,
  status: 'SUCCESS',
  amount: '15.00',
  currency: 'USD',
  ...more,
});
const send = async (rows: Record<string, unknown>[], more: Record<string, unknown> = {}) => {
  const got = await house.ask('POST', address, { rows, ...more }, { key: house.keys.operator });
  return { ...got, results: got.body['results'] as Results, id: got.body['importId'] as string };
};
const rowsOf = async (id: string, query = '') =>
  (await house.ask('GET', `${address}/${id}/rows?limit=500${query}`)).body.data;

describe('a row of a payout report', () => {
  const person = async (cycle: string, user: string, more: Record<string, unknown> = {}) => {
    await house.ask('POST', '/api/admin/cycles', { id: cycle });
    const earning = {
      sourceType: 'winner',
      externalId: `${user}-sel`,
      payeeExternalId: user,
      cycleId: cycle,
      amount: 1500,
      currency: 'USD',
      payee: {
        name: user,
        email: `${user}@example.com`,
        payoutMethod: { type: 'paypal', destination: `${user}@example.com` },
      },
      ...more,
    };
    await house.ask('POST', '/api/admin/earnings', { earnings: [earning] });
  };

  it('that says a payment is under way is followed to its end by newer reports', async () => {
    await person('news', 'ana');
    const row = cells({ transactionId: 'T-ANA', reference: 'ana', status: 'UNCLAIMED' });
    const { id } = await send([row], { cycleId: 'news' });
    const [{ payoutId } = {}] = await rowsOf(id);
    const status = async () =>
      (await house.ask('GET', `/api/admin/payouts/${String(payoutId)}`)).body['status'];
    const free = async () => (await house.ask('GET', '/api/admin/cycles/news')).body['eligibleCount'];
    expect([await status(), await free()]).toEqual(['unclaimed', 0]);
    const seen = [];
    for (const next of ['SUCCESS', 'UNCLAIMED', 'REVERSED', 'SUCCESS']) {
      const { id: later } = await send([{ ...row, status: next }], { cycleId: 'news' });
      const [{ result, reason } = {}] = await rowsOf(later);
      seen.push([next, result, reason, await status(), await free()]);
      expect(await differences(house)).toEqual([]);
    }
    expect(seen).toEqual([
      ['SUCCESS', 'already_imported', 'status_followed', 'completed', 0],
      ['UNCLAIMED', 'already_imported', 'same_payment', 'completed', 0],
      ['REVERSED', 'already_imported', 'status_followed', 'returned', 1],
      ['SUCCESS', 'already_imported', 'status_contradicts', 'returned', 1],
    ]);
    const alerts = (await house.ask('GET', '/api/admin/alerts')).body.data;
    expect(alerts).toContainEqual(expect.objectContaining({ kind: 'legacy_conflict', subject: payoutId }));
  });

  it('takes back what is known from the import alone when it came back', async () => {
    await person('alone', 'ben');
    const row = cells({ itemId: 'I-BEN', reference: 'user_ben' });
    await send([row]);
    const balance = async () => (await house.ask('GET', '/api/admin/payees/ben/balance')).body;
    expect(await balance()).toMatchObject({ available: 1500, totalEarnings: 3000 });
    await send([{ ...row, status: 'RETURNED' }]);
    expect(await balance()).toMatchObject({ available: 1500, totalEarnings: 1500 });
    expect(await differences(house)).toEqual([]);
  });

  it('that pays what is on its way here is a conflict with an alert, and pays nothing twice', async () => {
    await person('race', 'cleo');
    const batch = await start(house, 'race');
    const { id } = await send([cells({ transactionId: 'T-CLEO', reference: 'winner_cleo-sel_cleo' })], {
      cycleId: 'race',
    });
    const [row] = await rowsOf(id);
    expect(row).toMatchObject({ result: 'ambiguous', reason: 'already_on_its_way', payoutId: null });
    const { body } = await house.ask('GET', `/api/admin/payout-batches/${batch}/items`);
    const subject = body.data[0]?.['payoutId'];
    const alerts = (await house.ask('GET', '/api/admin/alerts')).body.data;
    expect(alerts).toContainEqual(expect.objectContaining({ kind: 'legacy_conflict', subject }));
    await settle(house, () => 'failed');
    const again = await send([cells({ transactionId: 'T-CLEO', reference: 'winner_cleo-sel_cleo' })], {
      cycleId: 'race',
    });
    expect((await rowsOf(again.id))[0]).toMatchObject({ reason: 'failed_here' });
    await house.ask('POST', '/api/admin/payouts/cancel', { payoutIds: [subject], reason: 'paid before' });
    const now = await send([cells({ transactionId: 'T-CLEO', reference: 'winner_cleo-sel_cleo' })], {
      cycleId: 'race',
    });
    expect(now.results['matched']?.count).toBe(1);
    expect(await differences(house)).toEqual([]);
  });

  it('about what Purser itself sent is not counted again', async () => {
    await person('own', 'dora');
    await start(house, 'own');
    await settle(house);
    const sent = await all(
      house.db,
      sql<{ item: string; reference: string }>`select provider_item_id as item,
      item_reference as reference from payout_attempt order by id desc limit 1`,
    );
    const { id } = await send([cells({ itemId: sent[0]?.item, reference: sent[0]?.reference })], {
      cycleId: 'own',
    });
    expect((await rowsOf(id))[0]).toMatchObject({ result: 'already_imported', reason: 'sent_by_purser' });
  });

  it('counts twice when it stands there twice without ids, and both are known again', async () => {
    await person('twins', 'eve');
    const twin = cells({ reference: 'user-eve', date: '2026-10-01' });
    const rows = [twin, { ...twin, line: 3 }];
    expect((await send(rows)).results['matched']?.count).toBe(2);
    expect((await send(rows)).results['already_imported']?.count).toBe(2);
    const begun = await send([twin]);
    const more = await send([{ ...twin, line: 3 }, twin], { importId: begun.id });
    expect(more.results['already_imported']?.count).toBe(2);
    expect((await send([twin], { importId: 'li_none' })).body).toMatchObject({ code: 'import_not_found' });
  });

  it('frees an earning from its wait when it was paid before its day', async () => {
    const availableAt = new Date(house.clock.ms + 86_400_000).toISOString();
    await person('early', 'finn', { availableAt });
    await send([cells({ transactionId: 'T-FINN', reference: 'finn-sel' })], { cycleId: 'early' });
    const { body } = await house.ask('GET', '/api/admin/payees/finn/balance');
    expect(body).toMatchObject({ available: 0, pending: 0, totalEarnings: 1500 });
    expect(await differences(house)).toEqual([]);
  });

  it('is never guessed', async () => {
    await person('guess', 'gus');
    await person('guess', 'gus-sel', { externalId: 'other' });
    const wrong = { cycleId: 'guess' };
    const reasons = [];
    for (const [line, row] of [
      cells({ reference: 'gus-sel' }),
      cells({ reference: 'gus', receiver: 'gus-sel@example.com' }),
      cells({ reference: 'lost-4711', receiver: 'gus@example.com' }),
      cells({ reference: 'gus', amount: '15,00' }),
      cells({ reference: 'gus', amount: '16.00' }),
      cells({ reference: '???', receiver: '' }),
    ].entries()) {
      const { id } = await send([{ ...row, line: line + 1 }], wrong);
      const [{ result, reason, remarks } = {}] = await rowsOf(id);
      reasons.push([result, reason, remarks]);
    }
    expect(reasons).toEqual([
      ['ambiguous', 'several_payees', null],
      ['ambiguous', 'sources_disagree', null],
      ['ambiguous', 'earning_unclear', null],
      ['invalid', 'amount_unreadable', null],
      ['ambiguous', 'amount_differs', null],
      ['unmatched', 'nobody_found', 'its reference could not be read'],
    ]);
  });

  it('comes from a file that can be read, or the call says what is wrong with it', async () => {
    const got = await house.ask('POST', address, { csv: 'name,email\na,b\n' });
    expect(got.status).toBe(422);
    expect(got.body['errors']).toEqual([
      { path: 'csv', message: expect.stringContaining('status and an amount column') },
    ]);
    const none = await house.ask('POST', address, {
      csv: 'Status;Amount;Currency;Unique ID\n',
      cycleId: 'nowhere',
    });
    expect(none.body).toMatchObject({ code: 'cycle_not_found' });
  });
});
