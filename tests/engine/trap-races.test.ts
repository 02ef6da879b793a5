import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { recordCall } from '../../src/actions/submissions.ts';
import * as poll from '../../src/engine/poll.ts';
import * as reconcile from '../../src/engine/reconcile.ts';
import * as send from '../../src/engine/send.ts';
import { runRound } from '../../src/engine/service.ts';
import { all, run } from '../../src/store/db.ts';
import { requestReconciliation } from '../../src/store/reconciliations.ts';
import { claimSubmissions } from '../../src/store/submissions.ts';
import { throughGate } from '../support/gated-provider.ts';
import { seedCycle, winners } from '../support/world.ts';
import {
  another,
  cancel,
  differences,
  everything,
  leaseMs,
  pay,
  payOk,
  retry,
  stage,
  states,
  submissionStates,
  tally,
  workUntilRest,
} from './harness.ts';

/** A door that a call waits at until it is opened. */
function door() {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  return { promise, open: () => resolve(undefined) };
}

it('trap 31: a double click starts one batch', async () => {
  const { world, model } = await stage(winners(5));
  const answers = await Promise.all([pay(world), pay(world), pay(world)]);
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  expect(answers.filter((answer) => !answer.ok && answer.code === 'batch_already_active')).toHaveLength(2);
  await workUntilRest(world);
  expect(model.overpaid()).toEqual([]);
});

it('trap 35: two operators in two processes start one batch of a cycle', async () => {
  const from = await stage(winners(5));
  const second = await another(from);
  const answers = await Promise.all([pay(from.world), pay(second)]);
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  await workUntilRest(second);
  expect(await tally(second)).toEqual({ completed: 5 });
  expect(from.model.overpaid()).toEqual([]);
});

it('trap 31: a second click on retry gets the same retry batch', async () => {
  const { world } = await stage(winners(2, () => ({ email: 'user+failed@example.com' })));
  const batch = await payOk(world);
  await workUntilRest(world);
  const answers = await Promise.all([retry(world, batch), retry(world, batch)]);
  const ids = answers.map((answer) => (answer.ok ? answer.value.batchId : answer.code));
  expect(new Set(ids).size).toBe(1);
});

it('trap 36: a worker that wakes up after its lease writes nothing', async () => {
  const from = await stage(winners(3));
  await payOk(from.world);
  const wakes = door();
  const slow = throughGate(from.model, async (what, moment) => {
    if (what === 'send' && moment === 'after') await wakes.promise;
  });
  const zombie = await another(from, slow);
  const sending = send.runOnce(zombie, everything);
  await expect.poll(() => from.model.batches.length).toBe(1);
  from.world.advance(leaseMs);
  await workUntilRest(from.world);
  const before = await all(from.world.db, sql`select * from submission`);
  wakes.open();
  await sending;
  expect(await all(from.world.db, sql`select * from submission`)).toEqual(before);
  expect(zombie.logged.map((line) => line.event)).toContain('submission_lease_lost');
  expect(await tally(from.world)).toEqual({ completed: 3 });
  expect(from.model.batches).toHaveLength(1);
});

it('trap 36: a request that arrives after the lease has passed on is refused by its key', async () => {
  const from = await stage(winners(3));
  await payOk(from.world);
  const wakes = door();
  const reached = door();
  const slow = throughGate(from.model, async (what, moment) => {
    if (what !== 'send' || moment !== 'before') return;
    reached.open();
    await wakes.promise;
  });
  const zombie = await another(from, slow);
  const sending = send.runOnce(zombie, everything);
  await reached.promise;
  from.world.advance(leaseMs);
  await workUntilRest(from.world);
  wakes.open();
  await sending;
  expect(from.model.arrivals).toHaveLength(2);
  expect(from.model.overpaid()).toEqual([]);
  expect(await tally(from.world)).toEqual({ completed: 3 });
});

it('trap 36: no answer is recorded under a fence that is not the last one', async () => {
  const { world } = await stage(winners(3));
  await payOk(world);
  const claim = { owner: 'a', leaseMs: 1000, limit: 1, batchId: null };
  const [old] = await claimSubmissions(world.db, 'send', claim, world.now());
  world.advance(2000);
  const [fresh] = await claimSubmissions(world.db, 'send', { ...claim, owner: 'b' }, world.now());
  if (!old || !fresh) throw new Error('nothing to claim');
  const answer = { kind: 'unknown' as const, cause: 'late', retryAfterMs: null };
  expect(await recordCall(world, old, answer, 1000)).toBe(false);
  expect(await recordCall(world, fresh, answer, 1000)).toBe(true);
});

it('trap 15: the lease of a worker that died ends by itself', async () => {
  const from = await stage(winners(3));
  await payOk(from.world);
  const dead = { owner: 'dead', leaseMs: 120_000, limit: 9, batchId: null };
  expect(await claimSubmissions(from.world.db, 'send', dead, from.world.now())).toHaveLength(1);
  expect(await send.runOnce(from.world, everything)).toBe(0);
  from.world.advance(leaseMs);
  expect(await send.runOnce(from.world, everything)).toBe(1);
  expect(await tally(from.world)).toEqual({ sent: 3 });
});

it('trap 13 and 14: two workers that claim at once never hold the same submission', async () => {
  const from = await stage(winners(23));
  await payOk(from.world);
  const second = await another(from);
  await Promise.all([
    send.runOnce(from.world, everything),
    send.runOnce(second, everything),
    send.runOnce(from.world, everything),
  ]);
  expect(from.model.arrivals).toHaveLength(5);
  expect(from.model.batches).toHaveLength(5);
});

it('trap 16: one submission that throws does not take the others with it, and is not lost', async () => {
  const from = await stage(winners(15));
  await payOk(from.world);
  let calls = 0;
  const broken = throughGate(from.model, async () => {
    await Promise.resolve();
    calls += 1;
    if (calls === 1) throw new Error('a bug in one slice');
  });
  await expect(send.runOnce(await another(from, broken), everything)).rejects.toThrow('a bug in one slice');
  await expect.poll(() => from.model.batches.length).toBe(2);
  await expect
    .poll(async () => (await submissionStates(from.world)).sort())
    .toEqual(['accepted', 'accepted', 'sending']);
  from.world.advance(leaseMs);
  await workUntilRest(from.world);
  expect(await tally(from.world)).toEqual({ completed: 15 });
  expect(from.model.overpaid()).toEqual([]);
});

it('trap 24: a cancel and a sender compete for the same row, and one wins', async () => {
  const from = await stage(winners(3));
  const batch = await payOk(from.world);
  const [claimed] = await claimSubmissions(
    from.world.db,
    'send',
    { owner: 'w', leaseMs: 120_000, limit: 1, batchId: null },
    from.world.now(),
  );
  expect(claimed?.state).toBe('planned');
  expect(await cancel(from.world, batch)).toMatchObject({ ok: true, value: { cancelled: 3 } });
  from.world.advance(leaseMs);
  expect(await send.runOnce(from.world, everything)).toBe(0);
  expect(from.model.arrivals).toEqual([]);
  expect(await pay(from.world)).toMatchObject({ ok: true, value: { totalItems: 3 } });
  await workUntilRest(from.world);
  expect(await tally(from.world)).toEqual({ cancelled: 3, completed: 3 });
  expect(from.model.overpaid()).toEqual([]);
  expect(await differences(from.world)).toEqual([]);
});

it('trap 24: a batch whose submissions are cancelled one after the other ends as cancelled', async () => {
  const from = await stage(winners(10));
  const batch = await payOk(from.world);
  await run(
    from.world.db,
    sql`update submission set next_action_at = now() + interval '1 year' where id = 2`,
  );
  from.faults.on('send', 'rate_limited');
  let reached = false;
  const gate = throughGate(from.model, async (what, moment) => {
    if (what !== 'send' || moment !== 'before') return;
    reached = true;
    expect(await cancel(from.world, batch)).toMatchObject({
      ok: true,
      value: { cancelled: 5, stillOnTheWay: 5 },
    });
  });
  await send.runOnce(await another(from, gate), everything);
  expect(reached).toBe(true);
  expect(await cancel(from.world, batch)).toMatchObject({
    ok: true,
    value: { cancelled: 5, stillOnTheWay: 0 },
  });
  const rows = await all(from.world.db, sql<{ state: string }>`select state from payout_batch`);
  expect(rows).toEqual([{ state: 'cancelled' }]);
});

it('trap 28: what was claimed and never sent is swept up by the next round', async () => {
  const from = await stage(winners(3));
  await payOk(from.world);
  await claimSubmissions(
    from.world.db,
    'send',
    { owner: 'gone', leaseMs: 5000, limit: 1, batchId: null },
    from.world.now(),
  );
  from.world.advance(5001);
  await workUntilRest(from.world);
  expect(await tally(from.world)).toEqual({ completed: 3 });
});

it('trap 11: a reconciliation takes the lease from a poller, and the poller writes nothing any more', async () => {
  const from = await stage(winners(3));
  await payOk(from.world);
  await send.runOnce(from.world, everything);
  from.world.advance(60_000);
  const wakes = door();
  const reached = door();
  const slow = throughGate(from.model, async (what, moment) => {
    if (what !== 'read' || moment !== 'after') return;
    reached.open();
    await wakes.promise;
  });
  const poller = await another(from, slow);
  const polling = poll.runOnce(poller, everything);
  await reached.promise;
  from.model.flip('winner-sel0-user0', 'returned');
  await requestReconciliation(from.world.db, 1n, from.world.now());
  // It gives way three times; the lease still holds when it no longer does.
  for (const waited of [2000, 4000, 8000]) {
    expect(await reconcile.runOnce(from.world, everything)).toBe(0);
    from.world.advance(waited);
  }
  expect(await reconcile.runOnce(from.world, everything)).toBe(1);
  wakes.open();
  await polling;
  expect(await states(from.world)).toEqual(['returned', 'completed', 'completed']);
  expect(await differences(from.world)).toEqual([]);
});

it('trap 28: the same file imported while it is paid adds nothing and takes nothing twice', async () => {
  const from = await stage(winners(6));
  await payOk(from.world);
  await Promise.all([
    workUntilRest(from.world),
    seedCycle(await another(from), '18', winners(6)),
    seedCycle(await another(from), '18', winners(6)),
  ]);
  expect(await pay(from.world)).toMatchObject({ ok: false, code: 'nothing_to_pay' });
  await runRound(from.world, everything);
  expect(from.model.overpaid()).toEqual([]);
  expect(await tally(from.world)).toEqual({ completed: 6 });
});
