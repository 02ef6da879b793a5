import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run } from '../../src/store/db.ts';
import { tools } from './contrary.ts';
import type { House } from './support.ts';
import { settle } from './support.ts';
import { dayMs, request, sell, ticketHouse } from './tickets.ts';

let house: House;
beforeAll(async () => {
  house = await ticketHouse();
});
afterAll(async () => house.close());
const { post, see, process, approve, approved } = tools(() => house);

/** The provider has said that an attempt which failed was paid after all. */
const doubt = async (id: string) =>
  run(
    house.db,
    sql`update payout_attempt set told_otherwise_at = now()
      where payout_id = (select id from payout where public_id = ${id})`,
  );

it('does not hand over what is in doubt to be paid by hand', async () => {
  const id = await approved('m2');
  await process();
  await settle(house, () => 'failed');
  const payoutMethod = { type: 'bank', destination: 'DE00 1234' };
  await house.ask('PATCH', '/api/admin/payees/m2', { payoutMethod });
  house.clock.ms += 4 * dayMs;
  await post('resubmit', { payoutIds: [id] });
  await approve(id);
  await doubt(id);
  const got = await house.ask('POST', '/api/admin/hand-transfers/export', { method: 'bank' });
  expect([got.status, got.body['code']]).toEqual([409, 'nothing_to_export']);
});

it('does not prepare what is in doubt and approved', async () => {
  const id = await approved('m3');
  await process();
  await settle(house, () => 'failed');
  await post('resubmit', { payoutIds: [id] });
  await approve(id);
  await doubt(id);
  await process();
  const { status, attemptCount } = await see(id);
  expect([status, attemptCount]).toEqual(['approved', 1]);
});

it('answers a retry of what came back by hand beside an open request in words', async () => {
  const id = await approved('m4');
  await post('mark-paid', { payoutId: id, paymentReferenceId: 'R3' });
  await post('unpay', { payoutId: id, reason: 'bounced' });
  await sell(house, 'm4', 6, {}, 50);
  await request(house, 'm4');
  expect((await post('retry', { payoutIds: [id] })).status).toBeLessThan(500);
});
