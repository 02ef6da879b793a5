import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { one } from '../../src/store/db.ts';
import { tools } from './contrary.ts';
import type { House } from './support.ts';
import { settle } from './support.ts';
import { dayMs, differences, request, sell, ticketHouse } from './tickets.ts';

let house: House;
beforeAll(async () => {
  house = await ticketHouse();
});
afterAll(async () => house.close());
const { post, see, process, approve, approved } = tools(() => house);

const file = async (id: string, reference: string) => {
  const csv = `payout_id,amount,currency,payment_reference\n${id},54.00,USD,${reference}\n`;
  const got = await post('mark-paid-file', { csv });
  return (got.body['results'] as { result: string }[])[0]?.result;
};
const marked = async (id: string, reference: string) => {
  const got = await post('mark-paid', { payoutId: id, paymentReferenceId: reference });
  return got.status === 200 ? 'paid' : got.body['code'];
};
const cameBack = async (id: string) =>
  expect((await post('unpay', { payoutId: id, reason: 'account closed' })).status).toBe(200);
const exported = async (method = 'bank') => house.ask('POST', '/api/admin/hand-transfers/export', { method });
const isMarked = async (id: string) => {
  const row = await one(
    house.db,
    sql<{
      marked: boolean;
    }>`select hand_exported_at is not null as marked from payout where public_id = ${id}`,
  );
  return row?.marked;
};
const toPaypal = async (payee: string) => {
  const payoutMethod = { type: 'paypal', destination: `${payee}@example.com` };
  expect((await house.ask('PATCH', `/api/admin/payees/${payee}`, { payoutMethod })).status).toBe(200);
  house.clock.ms += 4 * dayMs;
};

it('pays nothing by a reference whose payment came back, by file or by hand, also when it was approved again', async () => {
  const id = await approved('b1', 'bank');
  expect(await file(id, 'W-1')).toBe('paid');
  await cameBack(id);
  const again = async () => [await file(id, 'W-1'), await marked(id, 'W-1')];
  expect(await again()).toEqual(['came_back', 'reference_came_back']);
  await post('resubmit', { payoutIds: [id] });
  expect(await again()).toEqual(['came_back', 'reference_came_back']);
  await approve(id);
  expect(await again()).toEqual(['came_back', 'reference_came_back']);
  expect((await see(id))['status']).toBe('approved');
  expect(await marked(id, 'W-2')).toBe('paid');
  expect([await file(id, 'W-2'), await file(id, 'W-1')]).toEqual(['already_paid', 'conflict']);
  await cameBack(id);
  expect([await file(id, 'W-2'), await file(id, 'W-1')]).toEqual(['came_back', 'came_back']);
  expect(await differences(house)).toEqual([]);
});

it('says nothing of a payment that came back while it waits for approval again', async () => {
  const id = await approved('b2', 'bank');
  await file(id, 'W-3');
  await cameBack(id);
  await post('resubmit', { payoutIds: [id] });
  const { status, paidByHand, completedAt } = await see(id);
  expect({ status, paidByHand, completedAt }).toEqual({
    status: 'pending_approval',
    paidByHand: null,
    completedAt: null,
  });
  expect(await differences(house)).toEqual([]);
});

it('lets a provider send what was exported and came back, once it was approved for that method', async () => {
  const id = await approved('b3', 'bank');
  expect((await exported()).status).toBe(200);
  expect(await isMarked(id)).toBe(true);
  await file(id, 'W-4');
  await cameBack(id);
  expect(await isMarked(id)).toBe(false);
  expect(await differences(house)).toEqual([]);
  await toPaypal('b3');
  await post('resubmit', { payoutIds: [id] });
  await approve(id);
  await process();
  await settle(house);
  expect((await see(id))['status']).toBe('completed');
  expect(await differences(house)).toEqual([]);
});

it('hands over again, without being told to, what was exported and came back', async () => {
  const id = await approved('b4', 'bank');
  await exported();
  await file(id, 'W-5');
  await cameBack(id);
  await post('resubmit', { payoutIds: [id] });
  await approve(id);
  const queue = await house.ask('GET', '/api/admin/hand-transfers');
  expect(queue.body.data).toMatchObject([{ payoutId: id, exported: null }]);
  expect((await exported()).text).toContain(id);
  expect(await isMarked(id)).toBe(true);
  expect(await differences(house)).toEqual([]);
});

it('never sends what is in an export and was approved again for another method', async () => {
  const id = await approved('b5', 'bank');
  await exported();
  await toPaypal('b5');
  await approve(id);
  await process();
  expect((await see(id))['status']).toBe('approved');
  expect(await isMarked(id)).toBe(true);
  expect(await differences(house)).toEqual([]);
});

it('tries what was paid by hand and came back through the provider only while no other request is under way', async () => {
  const cameBackOf = async (payee: string) => {
    const id = await approved(payee);
    expect(await marked(id, `W-${payee}`)).toBe('paid');
    await cameBack(id);
    return id;
  };
  const id = await cameBackOf('b6');
  await sell(house, 'b6', 6, {}, 6);
  const other = await request(house, 'b6');
  const refused = await post('retry', { payoutIds: [id] });
  expect(refused.status).toBe(409);
  expect(refused.body).toMatchObject({ code: 'request_in_flight_already', payoutId: other });
  await post('decline', { payoutIds: [other], reason: 'not now' });
  // Of two that came back the first one tried is the one under way.
  await sell(house, 'b6', 6, {}, 12);
  const third = await request(house, 'b6');
  await approve(third);
  expect(await marked(third, 'W-third')).toBe('paid');
  await cameBack(third);
  const both = await post('retry', { payoutIds: [id, third] });
  expect(both.body).toMatchObject({ code: 'request_in_flight_already', payoutId: id });
  expect((await post('retry', { payoutIds: [id] })).status).toBe(202);
  await settle(house);
  expect((await see(id))['status']).toBe('completed');
  expect((await post('retry', { payoutIds: [third] })).status).toBe(202);
  await settle(house);
  expect(await differences(house)).toEqual([]);
});
