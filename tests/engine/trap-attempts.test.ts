import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { recordItems } from '../../src/actions/outcomes.ts';
import type { ItemStatus } from '../../src/core/attempt.ts';
import * as poll from '../../src/engine/poll.ts';
import * as receive from '../../src/engine/receive.ts';
import * as reconcile from '../../src/engine/reconcile.ts';
import * as send from '../../src/engine/send.ts';
import { all } from '../../src/store/db.ts';
import { requestReconciliation } from '../../src/store/reconciliations.ts';
import { takeLease } from '../../src/store/submissions.ts';
import type { ModelProvider } from '../support/model-provider.ts';
import { seedCycle, type World, winners } from '../support/world.ts';
import {
  alertKinds,
  differences,
  everything,
  pay,
  payOk,
  retry,
  stage,
  states,
  tally,
  tell,
  workUntilRest,
} from './harness.ts';

const failing = (index: number) => (index === 0 ? { email: 'user0+failed@example.com' } : {});

it('trap 2: the key is a function of the frozen items, not of the process that sends them', async () => {
  const keys: string[] = [];
  for (let run = 0; run < 2; run += 1) {
    const { world, model } = await stage(winners(3));
    await payOk(world);
    await workUntilRest(world);
    keys.push(model.batches[0]?.key ?? '');
  }
  expect(keys[0]).toMatch(/^cycle-18-[0-9a-f]{16}$/);
  expect(keys[1]).toBe(keys[0]);
});

it('trap 3: a legitimate retry of the same people and amounts has another key and goes through', async () => {
  const { world, model } = await stage(winners(1, failing));
  const batch = await payOk(world);
  await workUntilRest(world);
  expect(await states(world)).toEqual(['failed']);
  await seedCycle(world, '18', winners(1));
  const retried = await retry(world, batch);
  expect(retried).toMatchObject({ ok: true, value: { totalItems: 1, replayed: false } });
  expect(await retry(world, batch)).toMatchObject({ ok: true, value: { replayed: true } });
  await workUntilRest(world);
  expect(await states(world)).toEqual(['completed']);
  expect(model.batches.map((held) => held.items[0]?.itemReference)).toEqual([
    'winner-sel0-user0',
    'winner-sel0-user0-a2',
  ]);
  expect(await differences(world)).toEqual([]);
});

it('trap 4: nothing rests on the provider refusing an item it has seen: a repeated request is one batch', async () => {
  const { world, model, faults } = await stage(winners(3));
  faults.on('send', 'sent_twice');
  await payOk(world);
  await workUntilRest(world);
  // This provider takes any item reference any number of times; only the key of the call stopped the second one.
  expect(model.arrivals).toHaveLength(2);
  expect(model.batches).toHaveLength(1);
  expect(await tally(world)).toEqual({ completed: 3 });
});

it('trap 8: late news of an old attempt moves nothing, and is shown to a person when it costs money', async () => {
  const { world, model } = await stage(winners(1, failing));
  const batch = await payOk(world);
  await workUntilRest(world);
  await seedCycle(world, '18', winners(1));
  await retry(world, batch);
  await send.runOnce(world, everything);
  expect(await states(world)).toEqual(['sent']);
  world.advance(13 * 3_600_000);
  // The old attempt is read again: still failed.
  model.settled = false;
  await tell(world, 'WH-1', { providerBatchId: 'MODEL1' });
  await receive.runOnce(world);
  model.settled = true;
  await report(world, 1, 'failed');
  expect(await states(world)).toEqual(['sent']);
  expect(await alertKinds(world)).toEqual([]);
  await report(world, 1, 'completed');
  expect(await states(world)).toEqual(['sent']);
  expect(await alertKinds(world)).toEqual(['late_change_of_old_attempt']);
  await workUntilRest(world);
  expect(await states(world)).toEqual(['completed']);
});

/** What the provider says of the first item of the n-th submission, as any reader would hand it on. */
async function report(world: World, submission: number, status: ItemStatus): Promise<void> {
  const rows = await all(
    world.db,
    sql<{ id: bigint; reference: string }>`select s.id, a.item_reference as reference from submission s
      join payout_attempt a on a.submission_id = s.id order by s.id, a.position`,
  );
  const row = rows[submission - 1];
  const leased = await takeLease(world.db, row?.id ?? 0n, { owner: 'test', leaseMs: 1000 }, world.now());
  if (!row || !leased) throw new Error('no such submission');
  const item = { itemReference: row.reference, providerItemId: 'I-1', raw: status.toUpperCase(), status };
  const rest = { amount: 1000n, currency: 'USD', fee: null, transactionId: null };
  const reason = status === 'failed' ? { code: 'receiver_locked', message: 'LOCKED' } : null;
  await recordItems(world, leased, [{ ...item, ...rest, reason }], 'test');
}

it('trap 9: whatever the order of arrival, the payout ends where the provider does', async () => {
  const orders: ItemStatus[][] = [
    ['pending', 'unclaimed', 'completed'],
    ['completed', 'unclaimed', 'pending'],
    ['unclaimed', 'completed', 'unclaimed'],
    ['held', 'completed', 'held'],
    ['completed', 'pending', 'completed'],
  ];
  for (const order of orders) {
    const { world } = await stage(winners(1));
    await payOk(world);
    await send.runOnce(world, everything);
    for (const status of order) await report(world, 1, status);
    expect({ order, states: await states(world) }).toEqual({ order, states: ['completed'] });
    expect(await differences(world)).toEqual([]);
  }
});

it('trap 9: a success that comes back stays legal for ever, and nothing comes after it', async () => {
  const { world } = await stage(winners(1));
  await payOk(world);
  await workUntilRest(world);
  world.advance(200 * 24 * 3_600_000);
  await report(world, 1, 'returned');
  await report(world, 1, 'completed');
  expect(await states(world)).toEqual(['returned']);
  expect(await alertKinds(world)).toEqual(['contradiction']);
  expect(await differences(world)).toEqual([]);
});

it('trap 10: a webhook that is quicker than our own commit waits until it means something', async () => {
  const { world, model, faults } = await stage(winners(2));
  await payOk(world);
  await tell(world, 'WH-1', { providerBatchId: 'MODEL1' });
  expect(await receive.runOnce(world)).toBe(0);
  faults.on('send', 'lost_after');
  await send.runOnce(world, everything);
  await tell(world, 'WH-2', { providerBatchId: 'MODEL1', providerKey: model.batches[0]?.key ?? null });
  expect(await receive.runOnce(world)).toBe(1);
  faults.on('send', 'duplicate_without_link');
  await send.runOnce(world, everything);
  // The duplicate named no batch; the event had, and it was compared.
  expect(await tally(world)).toEqual({ sent: 2 });
  world.advance(60_000);
  expect(await receive.runOnce(world)).toBe(1);
  await workUntilRest(world);
  expect(await tally(world)).toEqual({ completed: 2 });
});

it('trap 12: an event is done only when it had its effect; told twice, it is stored once', async () => {
  const { world, model } = await stage(winners(2));
  await payOk(world);
  await workUntilRest(world);
  model.flip('winner-sel0-user0', 'returned');
  expect(await tell(world, 'WH-9', { providerBatchId: 'MODEL1' })).toBe(true);
  expect(await tell(world, 'WH-9', { providerBatchId: 'MODEL1' })).toBe(false);
  const open = sql<{ n: bigint }>`select count(*) as n from provider_event where processed_at is null`;
  expect((await all(world.db, open))[0]?.n).toBe(1n);
  await receive.runOnce(world);
  expect((await all(world.db, open))[0]?.n).toBe(0n);
  await poll.runOnce(world, everything);
  expect(await tally(world)).toEqual({ returned: 1, completed: 1 });
});

/** The item changes after its page was read, and the event about it is quicker than the end of the reading. */
function changeWhileReading(world: World, model: ModelProvider): void {
  const real = model.fetchStatus.bind(model);
  model.fetchStatus = async (id, page) => {
    const answer = await real(id, page);
    model.fetchStatus = real;
    model.flip('winner-sel0-user0', 'returned');
    await tell(world, 'WH-1', { providerBatchId: 'MODEL1' });
    await receive.runOnce(world);
    return answer;
  };
}

it('trap 11: an event that arrives while a poll reads is not lost', async () => {
  const { world, model } = await stage(winners(2));
  await payOk(world);
  await workUntilRest(world);
  world.advance(24 * 3_600_000);
  changeWhileReading(world, model);
  await poll.runOnce(world, everything);
  expect(await tally(world)).toEqual({ completed: 2 });
  expect(await poll.runOnce(world, everything)).toBe(1);
  expect(await tally(world)).toEqual({ returned: 1, completed: 1 });
});

it('trap 11: an event that arrives while a reconciliation reads is not lost', async () => {
  const { world, model } = await stage(winners(2));
  await payOk(world);
  await workUntilRest(world);
  await requestReconciliation(world.db, 1n, world.now());
  changeWhileReading(world, model);
  expect(await reconcile.runOnce(world, everything)).toBe(1);
  expect(await tally(world)).toEqual({ completed: 2 });
  expect(await poll.runOnce(world, everything)).toBe(1);
  expect(await tally(world)).toEqual({ returned: 1, completed: 1 });
});

it('trap 17: every page of a submission is read', async () => {
  const { world, model } = await stage(winners(5));
  expect(model.pageSize).toBeLessThan(5);
  await payOk(world);
  await workUntilRest(world);
  expect(await tally(world)).toEqual({ completed: 5 });
});

it('trap 17: an item that the provider lists twice counts once', async () => {
  const { world, faults } = await stage(winners(5));
  faults.always = { read: 'repeated_items' };
  await payOk(world);
  await workUntilRest(world);
  expect(await tally(world)).toEqual({ completed: 5 });
});

it('trap 17: what the provider does not list stays open and is shown to a person', async () => {
  const { world, faults } = await stage(winners(3));
  await payOk(world);
  await send.runOnce(world, everything);
  faults.always = { read: 'partial_done' };
  world.advance(60_000);
  await poll.runOnce(world, everything);
  expect(await tally(world)).toEqual({ sent: 1, completed: 2 });
  expect(await alertKinds(world)).toEqual(['items_missing']);
});

it('trap 25: a batch is not atomic: each item has its own end, and a poison item does not stop the others', async () => {
  const fates = ['', '+failed', '+unclaimed', '+poison', '', '+returned', ''];
  const people = winners(7, (index) => ({ email: `user${index}${fates[index]}@example.com` }));
  const { world, model } = await stage(people);
  const batch = await payOk(world);
  await workUntilRest(world);
  expect(await tally(world)).toEqual({ completed: 3, failed: 2, unclaimed: 1, returned: 1 });
  expect(model.overpaid()).toEqual([]);
  expect(await retry(world, batch)).toMatchObject({ ok: true, value: { totalItems: 2 } });
  expect(await differences(world)).toEqual([]);
});

it('trap 25: of a denied submission everything has failed and can be retried', async () => {
  const { world, faults } = await stage(winners(4));
  faults.on('send', 'denied');
  const batch = await payOk(world);
  await workUntilRest(world);
  expect(await tally(world)).toEqual({ failed: 4 });
  await retry(world, batch);
  await workUntilRest(world);
  expect(await tally(world)).toEqual({ completed: 4 });
  expect(await differences(world)).toEqual([]);
});

it('trap 26: an unclaimed payment is neither failed nor sent again', async () => {
  const { world, model } = await stage(winners(2, () => ({ email: 'user+unclaimed@example.com' })));
  const batch = await payOk(world);
  await workUntilRest(world);
  expect(await tally(world)).toEqual({ unclaimed: 2 });
  expect(await pay(world)).toMatchObject({ ok: false, code: 'nothing_to_pay' });
  expect(await retry(world, batch)).toMatchObject({ ok: false, code: 'nothing_failed' });
  world.advance(2 * 24 * 3_600_000);
  model.flip('winner-sel0-user0', 'completed');
  model.flip('winner-sel1-user1', 'returned');
  await poll.runOnce(world, everything);
  expect(await tally(world)).toEqual({ completed: 1, returned: 1 });
  expect(await differences(world)).toEqual([]);
});

it('an item that is reviewed after it was claimed does not open its batch again, which may not be the last one', async () => {
  const { world, model } = await stage(
    winners(2, (index) => (index === 0 ? { email: 'user+unclaimed@example.com' } : {})),
  );
  await payOk(world);
  await workUntilRest(world);
  await seedCycle(world, '18', winners(4));
  await payOk(world);
  model.flip('winner-sel0-user0', 'held');
  world.advance(2 * 3_600_000);
  await poll.runOnce(world, everything);
  expect(await differences(world)).toEqual([]);
  model.flip('winner-sel0-user0', 'completed');
  await workUntilRest(world);
  world.advance(2 * 3_600_000);
  await poll.runOnce(world, everything);
  expect(await tally(world)).toEqual({ completed: 4 });
  expect(await differences(world)).toEqual([]);
});
