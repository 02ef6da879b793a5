import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { all } from '../../src/store/db.ts';
import type { House } from './support.ts';
import { balance, dayMs, differences, request, sell, tick, ticketHouse } from './tickets.ts';

let house: House;
beforeAll(async () => {
  house = await ticketHouse();
});
afterAll(() => house.close());

const post = async (path: string, body: unknown, key = house.keys.owner) =>
  house.ask('POST', `/api/admin/${path}`, body, { key });
const see = async (id: string) => (await house.ask('GET', `/api/admin/payouts/${id}`)).body;
const queue = async (query = '') => (await house.ask('GET', `/api/admin/hand-transfers?${query}`)).body.data;

let people = 0;
/** An approved payout of 54.00, by bank unless said otherwise. */
async function approved(type = 'bank', more: Record<string, unknown> = {}) {
  const payee = `hand${(people += 1)}`;
  const payoutMethod = { type, destination: `ACCOUNT-${payee}` };
  await sell(house, payee, 6, { payee: { name: `=${payee}`, payoutMethod }, ...more });
  const id = await request(house, payee);
  await post('payouts/approve', { payoutIds: [id] }, house.keys.approver);
  return { payee, id };
}
const exported = async (body: Record<string, unknown>) => post('hand-transfers/export', body);
const markPaid = async (id: string, reference = 'R') =>
  post('payouts/mark-paid', { payoutId: id, paymentReferenceId: reference });

describe('what is paid by hand', () => {
  it('waits in a queue by method and currency with masked accounts, and says so', async () => {
    const [bank, phone] = [await approved(), await approved('moncash', { currency: 'HTG' })];
    const paypal = await approved('paypal');
    expect(await queue()).toMatchObject([
      { payoutId: bank.id, method: 'bank', destination: 'AC***d1', amount: 5400, exported: null },
      { payoutId: phone.id, method: 'moncash', currency: 'HTG' },
    ]);
    expect(await queue('method=moncash')).toMatchObject([{ payoutId: phone.id }]);
    expect(await queue('currency=USD&limit=1')).toMatchObject([{ payoutId: bank.id }]);
    expect(await see(bank.id)).toMatchObject({ label: 'Approved, to be paid by hand', waitingOn: 'you' });
    expect(await see(paypal.id)).toMatchObject({ label: 'Approved', waitingOn: 'you' });
    const { body } = await house.ask('GET', '/api/admin/approvals');
    expect(body['byHand']).toEqual([
      { method: 'bank', currency: 'USD', count: 1, total: 5400, exported: 0 },
      { method: 'moncash', currency: 'HTG', count: 1, total: 5400, exported: 0 },
    ]);
    for (const { id } of [bank, phone]) await markPaid(id);
    await post('payouts/cancel', { payoutIds: [paypal.id], reason: 'not this' });
  });

  it('is handed over once, in major units, with whole accounts and a reference; who saw it is on record', async () => {
    const one = await approved();
    const yen = await approved('bank', { amount: 54, currency: 'JPY', feeBps: 0 });
    const dinar = await approved('bank', { amount: 54_321, currency: 'KWD', feeBps: 0 });
    const held = await approved();
    await post('payouts/hold', { payoutIds: [held.id], reason: 'check' });
    const got = await exported({ method: 'bank' });
    expect(got.status).toBe(200);
    expect(got.headers.get('cache-control')).toBe('no-store');
    const [header, ...lines] = got.text.trimEnd().split('\n');
    expect(header).toBe(
      'payout_id,reference,payee_id,payee_name,method,account_holder,account,amount,currency,approved_at',
    );
    expect(lines.map((line) => line.split(',').slice(0, 9))).toEqual([
      [
        one.id,
        one.id.replace('_', '').toUpperCase(),
        one.payee,
        `'=${one.payee}`,
        'bank',
        `'=${one.payee}`,
        `ACCOUNT-${one.payee}`,
        '54.00',
        'USD',
      ],
      expect.arrayContaining([yen.id, '324', 'JPY']),
      expect.arrayContaining([dinar.id, '325.926', 'KWD']),
    ]);
    const events = await all(
      house.db,
      sql<{ after: string; subject: string }>`select after, subject_id as subject from audit_event
        where event = 'hand_transfers.exported'`,
    );
    expect(events.length).toBe(1);
    expect(events[0]?.subject).toBe(got.headers.get('x-export-id'));
    expect(JSON.parse(events[0]?.after ?? '')).toMatchObject({
      transfers: 3,
      method: 'bank',
      totals: { USD: '5400' },
    });
    expect(JSON.stringify(events)).not.toContain('ACCOUNT');
    expect(await see(one.id)).toMatchObject({
      label: expect.stringContaining('handed over'),
      waitingOn: 'you',
    });

    expect((await exported({ method: 'bank' })).body['code']).toBe('nothing_to_export');
    const again = await exported({ method: 'bank', again: true, payoutIds: [one.id, held.id] });
    expect(again.text.split('\n').length).toBe(3);
    expect(await queue('currency=JPY')).toMatchObject([
      { exported: { exportId: got.headers.get('x-export-id'), by: 'owner key', changedSince: false } },
    ]);
    for (const { id } of [one, yen, dinar]) await markPaid(id);
  });

  it('shows accounts to those alone who may see them, and not a second time for one Idempotency-Key', async () => {
    await approved('natcash');
    const denied = await post('hand-transfers/export', { method: 'natcash' }, house.keys.approver);
    expect(denied.status).toBe(403);
    const headers = { 'idempotency-key': 'export-1' };
    const ask = async () =>
      house.ask('POST', '/api/admin/hand-transfers/export', { method: 'natcash' }, { headers });
    expect((await ask()).text).toContain('ACCOUNT');
    expect((await ask()).body['code']).toBe('secret_shown_once');
  });
});

describe('what was handed over', () => {
  it('is not given up without a word: somebody may be paying it', async () => {
    const { payee, id } = await approved();
    await exported({ method: 'bank' });
    const reason = 'the event was cancelled';
    for (const deed of ['cancel', 'decline'])
      expect(await post(`payouts/${deed}`, { payoutIds: [id], reason })).toMatchObject({
        status: 409,
        body: { code: 'in_hand_export', userMessage: expect.stringContaining('somebody may be paying it') },
      });
    const body = { payoutIds: [id], reason, evenIfExported: true };
    expect((await post('payouts/cancel', body)).body).toMatchObject({ done: 1 });
    expect(await balance(house, payee)).toMatchObject({ available: 5400, reserved: 0 });
  });

  it('is not cancelled by taking an earning back, but owed, like what is on its way', async () => {
    const { payee, id } = await approved();
    await exported({ method: 'bank' });
    const back = { sourceType: 'ticket', externalId: `${payee}-T1`, reason: 'refund' };
    const got = await post('earnings/reverse', back);
    expect(got.body).toMatchObject({ results: [{ status: 'owed', payoutId: id }] });
    expect(await balance(house, payee)).toMatchObject({ available: -900, reserved: 5400 });
    expect((await markPaid(id)).status).toBe(200);
  });

  it('is never sent by a provider as well, also when its payee is paid another way by now', async () => {
    const { payee, id } = await approved();
    await exported({ method: 'bank' });
    const payoutMethod = { type: 'paypal', destination: `${payee}@example.com` };
    await house.ask('PATCH', `/api/admin/payees/${payee}`, { payoutMethod });
    expect(await see(id)).toMatchObject({ status: 'pending_approval' });
    expect((await post('payouts/mark-paid', { payoutId: id, paymentReferenceId: 'B1' })).body['code']).toBe(
      'not_approved',
    );
    await post('payouts/approve', { payoutIds: [id] }, house.keys.approver);
    expect((await post('payout-batches/process-approved', {})).body['code']).toBe('nothing_to_pay');
    expect((await markPaid(id, 'B1')).status).toBe(200);
  });

  it('is not declined by the clock when it waits for approval again', async () => {
    const { payee, id } = await approved();
    await exported({ method: 'bank' });
    const payoutMethod = { type: 'bank', destination: `OTHER-${payee}` };
    await house.ask('PATCH', `/api/admin/payees/${payee}`, { payoutMethod });
    await tick(house, 40 * dayMs);
    expect(await see(id)).toMatchObject({ status: 'pending_approval' });
    await post('payouts/approve', { payoutIds: [id] }, house.keys.approver);
    const mine = (await queue()).find((row) => row['payoutId'] === id);
    expect(mine).toMatchObject({ exported: { changedSince: true } });
    await markPaid(id);
  });
});

it('leaves the books clean', async () => {
  expect(await differences(house)).toEqual([]);
});
