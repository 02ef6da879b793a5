import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { batch, exportBatch } from '../../src/cli/batches.ts';
import { runAt } from './command-line.ts';
import { operatorMoment } from '../../src/core/when.ts';
import type { House } from './support.ts';
import { openHouse, seed, settle, start, winner } from './support.ts';

// A batch counts its own attempts and never changes; what became of its payouts since is said beside it.

let house: House;
let first = '';
let second = '';
const path = () => `/api/admin/payout-batches/${first}`;
const payoutOf = (number: number) => `since-sel${number}`;
beforeAll(async () => {
  house = await openHouse();
  await seed(
    house,
    'since',
    [1, 2, 3, 4, 5].map((number) => winner('since', number)),
  );
  first = await start(house, 'since');
  await settle(house, (to) => (to.startsWith('user1@') ? 'completed' : 'failed'));
});
afterAll(() => house.close());

it('says of a batch which of its failed payouts another batch paid, without changing its summary', async () => {
  const summary = (await house.ask('GET', `${path()}/summary`)).text;
  const retried = await house.ask('POST', '/api/admin/payouts/retry', {
    payoutIds: [payoutOf(2), payoutOf(3)],
  });
  second = String(retried.body['batchId']);
  await settle(house, (to) => (to.startsWith('user2@') ? 'completed' : 'failed'));
  const { body } = await house.ask('GET', `${path()}/items`);
  expect(body.data.map((item) => item['paidSince'])).toEqual([
    null,
    { batchId: second, payoutStatus: 'completed' },
    { batchId: second, payoutStatus: 'failed' },
    null,
    null,
  ]);
  const later = await house.ask('GET', `/api/admin/payout-batches/${second}/items`);
  expect(later.body.data.map((item) => item['paidSince'])).toEqual([null, null]);
  expect((await house.ask('GET', `${path()}/summary`)).text).toBe(summary);
});

it('counts them, and those that are tried again by themselves', async () => {
  const next = new Date(house.clock.ms + 300_000);
  await sql`update payout set next_retry_at = ${next}, auto_retries = 1
    where id in (select payout_id from payout_earning e join earning n on n.id = e.earning_id where n.external_id = ${payoutOf(4)})`.execute(
    house.db,
  );
  expect((await house.ask('GET', `${path()}/since`)).body).toEqual({
    batchId: first,
    paid: 1,
    underWay: 0,
    retriedByThemselves: 1,
    nextRetryAt: next.toISOString(),
    capped: false,
  });
  expect((await house.ask('GET', '/api/admin/payout-batches/pb_none/since')).status).toBe(404);
});

it('says so on the command line, beside the batch and beside its export', async () => {
  const at = operatorMoment('UTC', new Date(house.clock.ms + 300_000));
  const words = `1 of these was paid since.\n1 failed one is tried again by itself, the next at ${at}.`;
  expect((await runAt(house, batch, [first])).said).toContain(words);
  const { said } = await runAt(house, exportBatch, [first, '--status', 'failed']);
  expect(said.endsWith(words)).toBe(true);
  expect(said).toContain('payout_status_now,later_batch');
  expect(said).toContain(`,completed,${second}`);
});
