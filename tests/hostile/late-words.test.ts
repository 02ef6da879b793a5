import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from '../api/support.ts';
import { settle } from '../api/support.ts';
import { balance, differences, request, ticketHouse } from '../api/tickets.ts';
import { tools } from './kit.ts';

let house: House;
beforeAll(async () => {
  house = await ticketHouse();
});
afterAll(() => house.close());
const { post, see, process, approve, approved, alerts, says } = tools(() => house);

/** Approved, sent by the provider, and this became of it. */
async function sentAnd(payee: string, fate: 'failed' | 'returned' | 'unclaimed'): Promise<string> {
  const id = await approved(payee);
  await process();
  await settle(house, () => fate);
  expect((await see(id))['status']).toBe(fate);
  return id;
}
const alertsAbout = async (id: string) => (await alerts()).filter(({ subject }) => subject.includes(id.slice(3)) || subject.includes(id));

describe('what the provider says late, after a person paid by hand', () => {
  it('RETURNED again (the routine poll) does not undo a payment by hand', async () => {
    const id = await sentAnd('hand1', 'returned');
    expect((await post('mark-paid', { payoutId: id, paymentReferenceId: 'WIRE-1' })).status).toBe(200);
    await says(id, 1, 'returned');
    console.log('returned again after mark-paid', (await see(id))['status'], await balance(house, 'hand1'), await differences(house), await alerts());
    expect((await see(id))['status']).toBe('completed');
  });
  it('FAILED -> hand-paid -> RETURNED', async () => {
    const id = await sentAnd('hand2', 'failed');
    expect((await post('mark-paid', { payoutId: id, paymentReferenceId: 'WIRE-2' })).status).toBe(200);
    await says(id, 1, 'returned');
    console.log('failed, hand-paid, returned', (await see(id))['status'], await balance(house, 'hand2'), await differences(house), await alerts());
    expect((await see(id))['status']).toBe('completed');
  });
  it('FAILED -> hand-paid -> COMPLETED tells a person', async () => {
    const id = await sentAnd('hand3', 'failed');
    expect((await post('mark-paid', { payoutId: id, paymentReferenceId: 'WIRE-3' })).status).toBe(200);
    const before = (await alerts()).length;
    const r = await says(id, 1, 'completed', 25n);
    console.log('failed, hand-paid, completed', r, (await see(id)), await differences(house), await alerts());
    expect((await alerts()).length).toBeGreaterThan(before);
  });
});

describe('a late success', () => {
  it('of what was resubmitted keeps the payout from being sent again', async () => {
    const id = await sentAnd('re1', 'failed');
    expect((await post('resubmit', { payoutIds: [id] })).status).toBe(200);
    await says(id, 1, 'completed');
    console.log('resubmitted, then success', (await see(id))['status'], await alerts());
    console.log('approve', (await approve(id)).text);
    console.log('process', (await process()).text);
    await settle(house);
    console.log((await see(id))['status'], (await see(id))['attemptCount'], await differences(house));
    expect((await see(id))['attemptCount']).toBe(1);
  });
  it('of what was resubmitted and approved keeps it from being sent', async () => {
    const id = await sentAnd('re2', 'failed');
    await post('resubmit', { payoutIds: [id] });
    await approve(id);
    await says(id, 1, 'completed');
    console.log('resubmitted, approved, then success', (await see(id))['status'], await alerts());
    console.log('process', (await process()).text);
    await settle(house);
    expect((await see(id))['attemptCount']).toBe(1);
  });
  it('of what was cancelled keeps the earnings from being paid again', async () => {
    const id = await sentAnd('ca1', 'failed');
    console.log((await post('cancel', { payoutIds: [id], reason: 'x' })).text);
    await says(id, 1, 'completed');
    console.log('cancelled, then success', (await see(id))['status'], await alerts(), await balance(house, 'ca1'));
    const again = await request(house, 'ca1');
    await approve(again);
    await process();
    await settle(house);
    console.log('again', (await see(again))['status']);
    expect((await see(again))['status']).not.toBe('completed');
  });
  it('returned -> completed by provider', async () => {
    const id = await sentAnd('rt1', 'returned');
    await says(id, 1, 'completed');
    console.log('returned then completed', (await see(id))['status'], await alertsAbout(id), await differences(house));
  });
});
