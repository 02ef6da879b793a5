import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from '../api/support.ts';
import { settle } from '../api/support.ts';
import { balance, differences, ticketHouse } from '../api/tickets.ts';
import { tools } from './kit.ts';

const address = '/api/admin/imports/legacy-payouts';
let house: House;
beforeAll(async () => {
  house = await ticketHouse();
});
afterAll(() => house.close());
const { post, see, process, approve, alerts } = tools(() => house);

const cells = (more: Record<string, unknown>) => ({ line: 2, status: 'SUCCESS', amount: '15.00', currency: 'USD', ...more });
const send = async (rows: Record<string, unknown>[], more: Record<string, unknown> = {}) => {
  const got = await house.ask('POST', address, { rows, ...more });
  return { status: got.status, text: got.text, id: got.body['importId'] as string };
};
const rowsOf = async (id: string) => (await house.ask('GET', `${address}/${id}/rows?limit=500`)).body.data;
const person = async (cycle: string, user: string, more: Record<string, unknown> = {}) => {
  await house.ask('POST', '/api/admin/cycles', { id: cycle });
  const earning = {
    sourceType: 'winner', externalId: `${user}-sel`, payeeExternalId: user, cycleId: cycle, amount: 1500, currency: 'USD',
    payee: { name: user, email: `${user}@example.com`, payoutMethod: { type: 'paypal', destination: `${user}@example.com` } },
    ...more,
  };
  await house.ask('POST', '/api/admin/earnings', { earnings: [earning] });
};

describe('legacy payouts', () => {
  it('that failed cannot be resubmitted, approved and paid', async () => {
    await person('l1', 'ana');
    const { id } = await send([cells({ transactionId: 'T-A', reference: 'ana', status: 'FAILED' })], { cycleId: 'l1' });
    const [{ payoutId } = {}] = await rowsOf(id);
    const po = String(payoutId);
    console.log((await see(po))['status'], (await see(po))['kind'], await balance(house, 'ana'));
    const got = await post('resubmit', { payoutIds: [po] });
    console.log('resubmit', got.status, got.text.slice(0, 300), await balance(house, 'ana'), await differences(house));
    console.log('approve', (await approve(po)).text.slice(0, 200));
    console.log('process', (await process()).text.slice(0, 200));
    console.log('mark', (await post('mark-paid', { payoutId: po, paymentReferenceId: 'X1' })).text.slice(0, 300));
    const run = await house.ask('POST', '/api/admin/payout-batches/process', { cycleId: 'l1' });
    console.log('run', run.status, run.text.slice(0, 200));
    await settle(house);
    console.log(await balance(house, 'ana'), await differences(house));
    console.log('news', (await send([cells({ transactionId: 'T-A', reference: 'ana', status: 'SUCCESS' })], { cycleId: 'l1' })).text.slice(0, 300));
    expect(got.status).toBe(409);
  });
  it('unmatched failed (no earning) resubmitted makes money', async () => {
    await person('l2', 'bob');
    const { id } = await send([cells({ transactionId: 'T-B', reference: 'bob', status: 'RETURNED', amount: '99.00' })], { cycleId: 'l2' });
    const [{ payoutId } = {}] = await rowsOf(id);
    const po = String(payoutId);
    const got = await post('resubmit', { payoutIds: [po] });
    console.log('resubmit', got.status, await balance(house, 'bob'));
    await approve(po);
    console.log('bob export', (await house.ask('GET', '/api/admin/hand-transfers')).text.slice(0, 300), (await process()).text.slice(0, 160));
    console.log('float', (await house.ask('GET', '/api/admin/float')).text.slice(0, 400));
    console.log(await balance(house, 'bob'), await differences(house));
    console.log('news', (await send([cells({ transactionId: 'T-B', reference: 'bob', status: 'SUCCESS', amount: '99.00' })], { cycleId: 'l2' })).text.slice(0, 400));
    expect(got.status).toBe(409);
  });
  it('whose own earning was taken back is followed by a newer report without a 5xx', async () => {
    await person('l3', 'cat');
    const { id } = await send([cells({ transactionId: 'T-C', reference: 'winner-999-cat', status: 'SUCCESS', amount: '20.00' })]);
    const [row] = await rowsOf(id);
    console.log(JSON.stringify(row));
    const rev = await house.ask('POST', '/api/admin/earnings/reverse', { earnings: [{ sourceType: 'legacy', externalId: row?.['id'], reason: 'refund' }] });
    console.log('reverse', rev.text);
    const news = await send([cells({ transactionId: 'T-C', reference: 'winner-999-cat', status: 'RETURNED', amount: '20.00' }), cells({ line: 3, transactionId: 'T-D', reference: 'cat', status: 'FAILED', amount: '3.00' })]);
    console.log('news', news.status, news.text.slice(0, 300), house.logged.filter((l) => l.level === 'error').map((l) => JSON.stringify(l).slice(0, 300)));
    console.log(await balance(house, 'cat'), await differences(house));
    expect(news.status).toBeLessThan(500);
  });
  it('the same transaction with another amount is told', async () => {
    await person('l4', 'dan');
    await send([cells({ transactionId: 'T-E', reference: 'dan', amount: '15.00' })], { cycleId: 'l4' });
    const before = (await alerts()).length;
    const { id } = await send([cells({ transactionId: 'T-E', reference: 'dan', amount: '95.00' })], { cycleId: 'l4' });
    const [row] = await rowsOf(id);
    console.log(JSON.stringify(row), (await alerts()).length - before);
    expect((await alerts()).length).toBeGreaterThan(before);
  });
  it('FAILED then SUCCESS of one transaction in one file', async () => {
    await person('l5', 'eve');
    const { id } = await send([cells({ transactionId: 'T-F', reference: 'eve', status: 'FAILED' }), cells({ line: 3, transactionId: 'T-F', reference: 'eve', status: 'SUCCESS' })], { cycleId: 'l5' });
    console.log(JSON.stringify(await rowsOf(id)).slice(0, 900), await alerts());
    const run = await house.ask('POST', '/api/admin/payout-batches/process', { cycleId: 'l5' });
    console.log('run', run.status);
  });
  it('a matched row by hand, twice the same earning', async () => {
    await person('l6', 'fay');
    const { id } = await send([cells({ line: 2, transactionId: 'T-G', reference: 'fay', amount: '15.01' }), cells({ line: 3, transactionId: 'T-H', reference: 'nobody', amount: '15.00' }), cells({ line: 4, transactionId: 'T-I', reference: 'nobody2', amount: '15.00' }), cells({ line: 5, transactionId: 'T-H', reference: 'nobody', amount: '15.00' })], { cycleId: 'l6' });
    const rows = await rowsOf(id);
    console.log(rows.map((r) => `${r['line']} ${r['result']} ${r['reason']}`));
    const match = async (line: number, earning: unknown) => {
      const row = rows.find((r) => r['line'] === line);
      const got = await house.ask('POST', `${address.replace('legacy-payouts', 'legacy-payouts')}/rows/${row?.['id']}/match`, { payeeId: 'fay', earning });
      return `${got.status} ${got.text.slice(0, 160)}`;
    };
    const e = { sourceType: 'winner', externalId: 'fay-sel' };
    console.log(await match(3, e));
    console.log(await match(4, e));
    console.log(await match(5, e));
    console.log(await match(5, null));
    console.log(await match(3, null));
    console.log(await balance(house, 'fay'), await differences(house));
    expect(await differences(house)).toEqual([]);
  });
});
