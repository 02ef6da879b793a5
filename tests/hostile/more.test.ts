import { afterAll, beforeAll, expect, it } from 'vitest';
import type { House } from '../api/support.ts';
import { settle } from '../api/support.ts';
import { differences, ticketHouse } from '../api/tickets.ts';
import { tools } from './kit.ts';

let house: House;
beforeAll(async () => {
  house = await ticketHouse();
});
afterAll(() => house.close());
const { post, see, process, approved, alerts, says } = tools(() => house);

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

