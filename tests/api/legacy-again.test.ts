import { afterAll, beforeAll, expect, it } from 'vitest';
import { tools } from './contrary.ts';
import type { House } from './support.ts';
import { differences, ticketHouse } from './tickets.ts';

const address = '/api/admin/imports/legacy-payouts';
let house: House;
beforeAll(async () => {
  house = await ticketHouse();
});
afterAll(async () => house.close());
const { post, see, alerts } = tools(() => house);

const cells = (more: Record<string, unknown>) => ({
  line: 2,
  status: 'SUCCESS',
  amount: '15.00',
  currency: 'USD',
  ...more,
});
const send = async (rows: Record<string, unknown>[], more: Record<string, unknown> = {}) => {
  const got = await house.ask('POST', address, { rows, ...more });
  expect(got.status).toBeLessThan(300);
  return (await house.ask('GET', `${address}/${String(got.body['importId'])}/rows?limit=500`)).body.data;
};
const person = async (cycleId: string, user: string) => {
  await house.ask('POST', '/api/admin/cycles', { id: cycleId });
  const payoutMethod = { type: 'paypal', destination: `${user}@example.com` };
  const earning = {
    sourceType: 'winner',
    externalId: `${user}-sel`,
    payeeExternalId: user,
    cycleId,
    amount: 1500,
    currency: 'USD',
    payee: { name: user, email: `${user}@example.com`, payoutMethod },
  };
  await house.ask('POST', '/api/admin/earnings', { earnings: [earning] });
};

it('refuses to resubmit what an earlier system did not pay, with an earning and without', async () => {
  await person('l1', 'ana');
  const failed = { transactionId: 'T-A', reference: 'ana', status: 'FAILED' };
  const back = { line: 3, transactionId: 'T-B', reference: 'ana', status: 'RETURNED', amount: '99.00' };
  const rows = await send([cells(failed), cells(back)], { cycleId: 'l1' });
  const ids = rows.map((row) => String(row['payoutId']));
  const before = await Promise.all(ids.map(async (id) => (await see(id))['status']));
  const alone = await post('resubmit', { payoutIds: ids.slice(0, 1) });
  expect([alone.status, alone.body['code']]).toEqual([409, 'legacy_payout']);
  const both = await post('resubmit', { payoutIds: ids });
  expect(both.body['results']).toMatchObject([{ code: 'legacy_payout' }, { code: 'legacy_payout' }]);
  expect(await Promise.all(ids.map(async (id) => (await see(id))['status']))).toEqual(before);
  expect(await differences(house)).toEqual([]);
});

it('takes a newer report of a payment whose own earning was taken back already, and what comes with it', async () => {
  await person('l3', 'cat');
  const paid = { transactionId: 'T-C', reference: 'winner-999-cat', amount: '20.00' };
  const [row] = await send([cells(paid)]);
  const earnings = [{ sourceType: 'legacy', externalId: row?.['id'], reason: 'refund' }];
  expect((await house.ask('POST', '/api/admin/earnings/reverse', { earnings })).status).toBe(200);
  const other = cells({ line: 3, transactionId: 'T-D', reference: 'cat', status: 'FAILED', amount: '3.00' });
  const news = await send([cells({ ...paid, status: 'RETURNED' }), other]);
  expect(news).toMatchObject([{ reason: 'status_followed' }, { result: 'matched' }]);
  expect((await see(String(row?.['payoutId'])))['status']).toBe('returned');
  expect(await differences(house)).toEqual([]);
});

it('tells somebody when one transaction comes with another amount, and follows nothing of it', async () => {
  await person('l4', 'dan');
  const paid = { transactionId: 'T-E', reference: 'dan' };
  const [first] = await send([cells(paid), cells({ ...paid, line: 3, amount: '95.00' })], { cycleId: 'l4' });
  const payoutId = String(first?.['payoutId']);
  const told = async () => (await alerts()).filter(({ subject }) => subject === payoutId);
  expect(await told()).toMatchObject([{ kind: 'legacy_conflict' }]);
  const [row] = await send([cells({ ...paid, status: 'RETURNED', amount: '95.00' })], { cycleId: 'l4' });
  expect(row).toMatchObject({ result: 'already_imported', reason: 'amount_contradicts' });
  expect((await see(payoutId))['status']).toBe('completed');
  expect(await differences(house)).toEqual([]);
});

it('matches two rows by hand to one earning only once', async () => {
  await person('l6', 'fay');
  const nobody = [3, 4].map((line) =>
    cells({ line, transactionId: `T-${line}`, reference: `nobody${line}` }),
  );
  const rows = await send(nobody, { cycleId: 'l6' });
  const earning = { sourceType: 'winner', externalId: 'fay-sel' };
  const got = [];
  for (const row of rows) {
    const match = await house.ask('POST', `${address}/rows/${String(row['id'])}/match`, {
      payeeId: 'fay',
      earning,
    });
    got.push(match.status);
  }
  expect(got).toEqual([200, 409]);
  expect(await differences(house)).toEqual([]);
});
