import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from '../api/support.ts';
import { settle } from '../api/support.ts';
import { balance, dayMs, differences, request, sell, ticketHouse, asPayee } from '../api/tickets.ts';
import { tools } from './kit.ts';

let house: House;
beforeAll(async () => {
  house = await ticketHouse();
});
afterAll(() => house.close());
const { post, see, process, approve, approved, alerts } = tools(() => house);

describe('resubmit', () => {
  it('of two failed requests of one payee in one call is no 5xx', async () => {
    const a = await approved('r1');
    await process();
    await settle(house, () => 'failed');
    await sell(house, 'r1', 6, {}, 100);
    const b = await request(house, 'r1');
    await approve(b);
    await process();
    await settle(house, () => 'failed');
    expect([(await see(a))['status'], (await see(b))['status']]).toEqual(['failed', 'failed']);
    const got = await post('resubmit', { payoutIds: [a, b] });
    console.log(got.status, got.text.slice(0, 600), await differences(house));
    expect(got.status).toBeLessThan(500);
  });
  it('an open request beside a resubmitted one with 2 attempts', async () => {
    const a = await approved('r2');
    await process();
    await settle(house, () => 'failed');
    await post('retry', { payoutIds: [a] });
    await settle(house, () => 'failed');
    expect((await see(a))['attemptCount']).toBe(2);
    console.log((await post('resubmit', { payoutIds: [a] })).status);
    await sell(house, 'r2', 6, {}, 100);
    const got = await asPayee(house, 'r2')('POST', '/request-payout', {});
    console.log('second request beside', got.status, got.body['code'], await balance(house, 'r2'));
  });
  it('of a hand-paid one that came back, after its expiry', async () => {
    const a = await approved('r3', 'bank');
    await house.ask('POST', '/api/admin/hand-transfers/export', { method: 'bank' });
    await post('mark-paid', { payoutId: a, paymentReferenceId: 'X' });
    await post('unpay', { payoutId: a, reason: 'back' });
    console.log('cancel returned exported', (await post('cancel', { payoutIds: [a], reason: 'no' })).text);
  });
  it('approve hash after resubmit differs', async () => {
    const a = await approved('r4');
    const h1 = ((await see(a)) as { approval?: { approvalHash: string } }).approval?.approvalHash;
    await process();
    await settle(house, () => 'failed');
    await post('resubmit', { payoutIds: [a] });
    const h2 = ((await see(a)) as { approval?: { approvalHash: string } }).approval?.approvalHash;
    expect(h1).not.toBe(h2);
    expect((await post('approve', { payoutIds: [a], approvalHash: h1 }, house.keys.approver)).body).toMatchObject({ refused: 1 });
  });
});

describe('reversals', () => {
  const reverse = async (externalId: string) =>
    house.ask('POST', '/api/admin/earnings/reverse', { earnings: [{ sourceType: 'ticket', externalId, reason: 'refund' }] });
  it('at every state followed by other deeds keeps the books', async () => {
    // returned, then reversed
    const a = await approved('v1');
    await process();
    await settle(house, () => 'returned');
    console.log('returned', (await reverse('v1-T1')).text, (await see(a))['status'], await balance(house, 'v1'));
    // completed, reversed, returned, retry, cancel, request
    const b = await approved('v2');
    await process();
    await settle(house);
    console.log('completed', (await reverse('v2-T1')).text, await balance(house, 'v2'));
    // exported, reversed, mark-paid, unpay, cancel
    const c = await approved('v3', 'bank');
    await house.ask('POST', '/api/admin/hand-transfers/export', { method: 'bank' });
    console.log('exported', (await reverse('v3-T1')).text, await balance(house, 'v3'));
    console.log('cancel exported', (await post('cancel', { payoutIds: [c], reason: 'x', evenIfExported: true })).text, await balance(house, 'v3'));
    expect(await differences(house)).toEqual([]);
    const d = await approved('v4', 'bank');
    await house.ask('POST', '/api/admin/hand-transfers/export', { method: 'bank' });
    await reverse('v4-T1');
    console.log('mark', (await post('mark-paid', { payoutId: d, paymentReferenceId: 'D1' })).status, await balance(house, 'v4'));
    await post('unpay', { payoutId: d, reason: 'back' });
    console.log('unpaid', await balance(house, 'v4'), (await post('resubmit', { payoutIds: [d] })).text);
    console.log('retry', (await post('retry', { payoutIds: [d] })).text);
    console.log('mark again', (await post('mark-paid', { payoutId: d, paymentReferenceId: 'D2' })).text, await balance(house, 'v4'));
    expect(await differences(house)).toEqual([]);
    // queued
    const e = await approved('v5');
    await process();
    console.log('queued', (await reverse('v5-T1')).text, (await see(e))['status'], await balance(house, 'v5'));
    await settle(house, () => 'failed');
    console.log('then failed', await balance(house, 'v5'));
    console.log('reverse another of failed', (await reverse('v5-T2')).text, (await see(e))['status'], await balance(house, 'v5'));
    expect(await differences(house)).toEqual([]);
    await sell(house, 'v5', 6, {}, 200);
    const f = await request(house, 'v5');
    console.log('next request', (await see(f))['amount'], await balance(house, 'v5'));
    expect(await differences(house)).toEqual([]);
    void [a, b, dayMs, alerts];
  });
});
