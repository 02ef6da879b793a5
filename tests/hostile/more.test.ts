import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from 'kysely';
import { run } from '../../src/store/db.ts';
import type { House } from '../api/support.ts';
import { settle } from '../api/support.ts';
import { balance, dayMs, differences, request, sell, ticketHouse } from '../api/tickets.ts';
import { tools } from './kit.ts';

let house: House;
beforeAll(async () => {
  house = await ticketHouse();
});
afterAll(() => house.close());
const { post, see, process, approve, approved, alerts, says } = tools(() => house);

it('a late success of what was hand-paid and came back keeps it from being sent', async () => {
  const id = await approved('m1');
  await process();
  await settle(house, () => 'failed');
  await post('mark-paid', { payoutId: id, paymentReferenceId: 'R1' });
  await post('unpay', { payoutId: id, reason: 'bounced' });
  await says(id, 1, 'completed');
  const got = await post('retry', { payoutIds: [id] });
  console.log('retry', got.status, await alerts());
  await settle(house);
  console.log((await see(id))['status'], (await see(id))['attemptCount'], await differences(house));
  expect(got.status).toBe(409);
});

it('mark-paid with the reference of a payment that came back is refused', async () => {
  const id = await approved('m2', 'bank');
  await post('mark-paid', { payoutId: id, paymentReferenceId: 'R2' });
  await post('unpay', { payoutId: id, reason: 'bounced' });
  const got = await post('mark-paid', { payoutId: id, paymentReferenceId: 'R2' });
  console.log('same reference by hand', got.status, (await see(id))['status']);
});

it('a PayPal payout paid by hand that came back, retried beside an open request', async () => {
  const id = await approved('m3');
  console.log((await post('mark-paid', { payoutId: id, paymentReferenceId: 'R3' })).status);
  await post('unpay', { payoutId: id, reason: 'bounced' });
  await sell(house, 'm3', 6, {}, 50);
  await request(house, 'm3');
  const got = await post('retry', { payoutIds: [id] });
  console.log('retry beside open request', got.status, got.text.slice(0, 250));
  expect(got.status).toBeLessThan(500);
});

it('what is in doubt is not handed over to be paid by hand (doubt set by SQL)', async () => {
  const id = await approved('m4');
  await process();
  await settle(house, () => 'failed');
  await house.ask('PATCH', '/api/admin/payees/m4', { payoutMethod: { type: 'bank', destination: 'DE00 1234' } });
  house.clock.ms += 4 * dayMs;
  console.log((await post('resubmit', { payoutIds: [id] })).text.slice(0, 120));
  await approve(id);
  await run(house.db, sql`update payout_attempt set told_otherwise_at = now() where payout_id = (select id from payout where public_id = ${id})`);
  const got = await house.ask('POST', '/api/admin/hand-transfers/export', { method: 'bank' });
  console.log('export of doubted', got.status, got.text.slice(0, 300));
  console.log('mark', (await post('mark-paid', { payoutId: id, paymentReferenceId: 'R4' })).text.slice(0, 200));
  expect(got.text).not.toContain(id);
});

it('what is in doubt and approved is not sent (doubt set by SQL)', async () => {
  const id = await approved('m5');
  await process();
  await settle(house, () => 'failed');
  await post('resubmit', { payoutIds: [id] });
  await approve(id);
  await run(house.db, sql`update payout_attempt set told_otherwise_at = now() where payout_id = (select id from payout where public_id = ${id})`);
  console.log('process doubted', (await process()).text.slice(0, 160), (await see(id))['status']);
});

it('a queued retry of a payout that was paid by hand keeps no reference', async () => {
  const id = await approved('m6', 'bank');
  await house.ask('POST', '/api/admin/hand-transfers/export', { method: 'bank' });
  await post('hold', { payoutIds: [id], reason: 'look' });
  console.log('approve twice', (await approve(id)).text.slice(0, 150));
  console.log('mark on hold', (await post('mark-paid', { payoutId: id, paymentReferenceId: 'Z' })).body['code']);
  console.log('decline', (await post('decline', { payoutIds: [id], reason: 'x' })).body['code']);
  console.log('cancel', (await post('cancel', { payoutIds: [id], reason: 'x' })).body['code']);
  console.log(await balance(house, 'm6'));
});
