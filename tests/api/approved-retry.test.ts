import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from './support.ts';
import { settle } from './support.ts';
import { balance, differences, request, sell, ticketHouse } from './tickets.ts';

// An approval is of a payee, a method, an amount and a currency. Trying again does not widen it.

let house: House;
beforeAll(async () => {
  house = await ticketHouse();
});
afterAll(() => house.close());

const post = async (what: string, body: unknown, key = house.keys.owner) =>
  house.ask('POST', `/api/admin/payouts/${what}`, body, { key });
const see = async (id: string) => (await house.ask('GET', `/api/admin/payouts/${id}`)).body;
const movesTo = async (payee: string, destination: string) =>
  house.ask('PATCH', `/api/admin/payees/${payee}`, { payoutMethod: { type: 'paypal', destination } });

/** A payout of 54.00 USD that was approved, sent, and failed. */
async function failedOnce(payee: string): Promise<string> {
  await sell(house, payee, 6);
  const id = await request(house, payee);
  await post('approve', { payoutIds: [id] }, house.keys.approver);
  await house.ask('POST', '/api/admin/payout-batches/process-approved', {});
  await settle(house, () => 'failed');
  return id;
}

describe('an approved payout that failed', () => {
  it('is tried again on the method that was approved', async () => {
    const id = await failedOnce('same');
    expect((await post('retry', { payoutIds: [id] })).status).toBe(202);
    const paid: string[] = [];
    await settle(house, (destination) => {
      paid.push(destination);
      return 'completed';
    });
    expect(paid).toEqual(['same@example.com']);
    expect(await see(id)).toMatchObject({ status: 'completed', attemptCount: 2 });
  });

  it('goes to no method that nobody approved, whether alone or with its batch', async () => {
    const id = await failedOnce('moved');
    await movesTo('moved', 'elsewhere@example.com');
    expect(await post('retry', { payoutIds: [id] })).toMatchObject({
      status: 409,
      body: {
        code: 'method_not_approved',
        payoutId: id,
        approvedMethod: 'paypal m***@example.com',
        presentMethod: 'paypal e***@example.com',
      },
    });
    const { attempts } = (await see(id)) as unknown as { attempts: { batchId: string }[] };
    const batch = attempts[0]?.batchId ?? '';
    const retried = await house.ask('POST', `/api/admin/payout-batches/${batch}/retry-failed`);
    expect(retried).toMatchObject({ status: 409, body: { code: 'nothing_failed' } });
    expect(await see(id)).toMatchObject({ status: 'failed', attemptCount: 1 });
  });

  it('is put back to be approved, with its money reserved, and then goes to the new method', async () => {
    const id = await failedOnce('again');
    await movesTo('again', 'again2@example.com');
    expect(await post('resubmit', { payoutIds: [id] })).toMatchObject({
      status: 200,
      body: { results: [{ result: 'done', status: 'pending_approval' }] },
    });
    expect(await balance(house, 'again')).toMatchObject({ available: 0, reserved: 5400 });
    expect(await see(id)).toMatchObject({
      status: 'pending_approval',
      approval: { method: { destination: 'a***@example.com' }, approvals: [] },
    });
    expect(await differences(house)).toEqual([]);
    await post('approve', { payoutIds: [id] }, house.keys.approver);
    await house.ask('POST', '/api/admin/payout-batches/process-approved', {});
    const paid: string[] = [];
    await settle(house, (destination) => {
      paid.push(destination);
      return 'completed';
    });
    expect(paid).toEqual(['again2@example.com']);
    expect(await differences(house)).toEqual([]);
  });

  it('is not put back beside a newer request, nor when it is not one that failed', async () => {
    const id = await failedOnce('newer');
    await sell(house, 'newer', 6, {}, 100);
    const newer = await request(house, 'newer');
    expect(await post('resubmit', { payoutIds: [id] })).toMatchObject({
      status: 409,
      body: { code: 'request_in_flight_already', payoutId: newer },
    });
    expect(await post('resubmit', { payoutIds: [newer] })).toMatchObject({
      status: 409,
      body: { code: 'already_processed' },
    });
    expect(await differences(house)).toEqual([]);
  });
});
