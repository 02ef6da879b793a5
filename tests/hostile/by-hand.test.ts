import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from '../api/support.ts';
import { settle } from '../api/support.ts';
import { balance, dayMs, differences, ticketHouse } from '../api/tickets.ts';
import { tools } from './kit.ts';

let house: House;
beforeAll(async () => {
  house = await ticketHouse();
});
afterAll(() => house.close());
const { post, see, process, approve, approved, alerts } = tools(() => house);
const file = async (id: string, reference: string) => {
  const csv = `payout_id,amount,currency,payment_reference\n${id},54.00,USD,${reference}\n`;
  const got = await post('mark-paid-file', { csv });
  return (got.body['results'] as { result: string }[])[0]?.result;
};
const exported = async (method = 'bank', more = {}) =>
  house.ask('POST', '/api/admin/hand-transfers/export', { method, ...more });

describe('a payment by hand that came back', () => {
  it('is not marked paid again by the same file after it was resubmitted and approved', async () => {
    const id = await approved('b1', 'bank');
    expect(await file(id, 'W-1')).toBe('paid');
    expect((await post('unpay', { payoutId: id, reason: 'came back' })).status).toBe(200);
    expect(await file(id, 'W-1')).toBe('came_back');
    console.log((await post('resubmit', { payoutIds: [id] })).text);
    console.log('pending', await file(id, 'W-1'));
    await approve(id);
    const result = await file(id, 'W-1');
    console.log('approved again', result, (await see(id))['status'], await differences(house));
    expect(result).not.toBe('paid');
  });
  it('shows as what after resubmit: paidReference, processedAt', async () => {
    const id = await approved('b1b', 'bank');
    await file(id, 'W-1b');
    await post('unpay', { payoutId: id, reason: 'came back' });
    await post('resubmit', { payoutIds: [id] });
    console.log(JSON.stringify(await see(id)));
    await approve(id);
    console.log('differences', await differences(house));
  });
  it('can be sent by a provider once it was resubmitted for another method', async () => {
    const id = await approved('b2', 'bank');
    console.log('export', (await exported()).status);
    expect(await file(id, 'W-2')).toBe('paid');
    await post('unpay', { payoutId: id, reason: 'came back' });
    const patched = await house.ask('PATCH', '/api/admin/payees/b2', { payoutMethod: { type: 'paypal', destination: 'b2@example.com' } });
    console.log(patched.status);
    house.clock.ms += 4 * dayMs;
    console.log((await post('resubmit', { payoutIds: [id] })).text);
    console.log((await approve(id)).text);
    console.log('process', (await process()).text);
    await settle(house);
    console.log('again bank', (await exported('bank', { again: true })).text);
    console.log(JSON.stringify(await see(id)), await balance(house, 'b2'), await alerts(), await differences(house));
    expect((await see(id))['status']).toBe('completed');
  });
  it('of an exported payout, retried by provider', async () => {
    const id = await approved('b3', 'bank');
    await exported();
    await file(id, 'W-3');
    await post('unpay', { payoutId: id, reason: 'came back' });
    await house.ask('PATCH', '/api/admin/payees/b3', { payoutMethod: { type: 'paypal', destination: 'b3@example.com' } });
    house.clock.ms += 4 * dayMs;
    console.log('retry', (await post('retry', { payoutIds: [id] })).text);
  });
  it('exported, method changed to paypal before the file, approved again: never sent?', async () => {
    const id = await approved('b4', 'bank');
    await exported();
    await house.ask('PATCH', '/api/admin/payees/b4', { payoutMethod: { type: 'paypal', destination: 'b4@example.com' } });
    house.clock.ms += 4 * dayMs;
    console.log((await see(id))['status'], (await approve(id)).text);
    console.log('process', (await process()).text);
    console.log('b4', JSON.stringify(await see(id)));
    console.log('queue', (await house.ask('GET', '/api/admin/hand-transfers')).text);
  });
});
