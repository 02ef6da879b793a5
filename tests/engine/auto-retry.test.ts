import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { approvePayouts } from '../../src/actions/approvals.ts';
import { markPaid } from '../../src/actions/by-hand.ts';
import { recordItems } from '../../src/actions/outcomes.ts';
import { payApproved } from '../../src/actions/pay-approved.ts';
import { makePayout } from '../../src/actions/requests.ts';
import { retryPayouts } from '../../src/actions/retry.ts';
import { changeSettings } from '../../src/actions/settings.ts';
import type { ItemStatus } from '../../src/core/attempt.ts';
import type { Persistence } from '../../src/core/reasons.ts';
import * as poll from '../../src/engine/poll.ts';
import * as retrying from '../../src/engine/retry.ts';
import * as send from '../../src/engine/send.ts';
import { runRound } from '../../src/engine/service.ts';
import * as watch from '../../src/engine/watch.ts';
import { openAlertsList } from '../../src/store/alerts.ts';
import { all } from '../../src/store/db.ts';
import { findPayout } from '../../src/store/payouts.ts';
import { takeLease } from '../../src/store/submissions.ts';
import type { FrozenSubmission, SendOutcome } from '../../src/providers/provider.ts';
import { presentPayout } from '../../src/wire/payouts.ts';
import { SharedDatabase } from '../support/hooked-db.ts';
import { brokenAtRest } from '../support/invariants.ts';
import { KilledError, Machine } from '../support/machine.ts';
import { ModelProvider } from '../support/model-provider.ts';
import { seedCycle, startOfTime, type World, winners } from '../support/world.ts';
import { operatorMoment } from '../../src/core/when.ts';
import {
  alertKinds,
  another,
  differences,
  everything,
  pay,
  payOk,
  stage,
  states,
  tally,
  workUntilRest,
} from './harness.ts';

const minuteMs = 60_000;
const waits = [5, 10, 30, 60, 120];
const dayMs = 24 * 60 * minuteMs;

async function show(world: World, id = 'sel0') {
  const payout = await findPayout(world.db, id);
  if (!payout) throw new Error('no such payout');
  return presentPayout(payout, { unclaimedDays: 30, now: world.now(), zone: 'UTC', language: 'en' });
}

/** Rounds without time passing: whatever is due now is sent, and its answer recorded. */
async function now(world: World): Promise<void> {
  for (let round = 0; round < 3; round += 1) await runRound(world, everything);
}

/** What the provider says of the n-th submission's first item, as any reader hands it on. */
async function report(world: World, submission: number, status: ItemStatus): Promise<void> {
  const rows = await all(
    world.db,
    sql<{ id: bigint; reference: string }>`select s.id, a.item_reference as reference from submission s
      join payout_attempt a on a.submission_id = s.id order by s.id, a.position`,
  );
  const row = rows[submission - 1];
  const leased = await takeLease(world.db, row?.id ?? 0n, { owner: 'test', leaseMs: 1000 }, world.now());
  if (!row || !leased) throw new Error('no such submission');
  const said = { itemReference: row.reference, providerItemId: 'I-1', raw: status.toUpperCase(), status };
  const rest = { amount: 1000n, currency: 'USD', fee: null, transactionId: null, reason: null };
  await recordItems(world, leased, [{ ...said, ...rest }], 'test');
}

/** A provider whose refusals carry a word of their own about whether they pass. */
class Refusing extends ModelProvider {
  persistence: Persistence | null = null;

  override async send(frozen: FrozenSubmission): Promise<SendOutcome> {
    if (this.persistence === null) return super.send(frozen);
    const refused = { kind: 'rejected', code: 'insufficient_funds', message: 'refused' } as const;
    return { ...refused, bad: [], certainAfterLoss: true, evidence: '400', persistence: this.persistence };
  }
}

it('tries what failed for a temporary reason again after 5, 10, 30, 60 and 120 minutes, then leaves it to a person', async () => {
  const { world, faults, model } = await stage(winners(1));
  faults.always.send = 'insufficient_funds';
  await payOk(world);
  await now(world);
  for (const [index, minutes] of waits.entries()) {
    const before = await show(world);
    const nextRetryAt = new Date(world.now().getTime() + minutes * minuteMs);
    expect(before).toMatchObject({ status: 'failed', retryCount: index, nextRetryAt, waitingOn: 'clock' });
    expect(before.label).toBe(`Retries at ${operatorMoment('UTC', nextRetryAt)}`);
    world.advance(minutes * minuteMs - 1);
    await now(world);
    expect((await show(world)).attemptCount).toBe(index + 1);
    world.advance(1);
    await now(world);
    expect(await show(world)).toMatchObject({ attemptCount: index + 2, lastRetryAt: world.now() });
  }
  const out = await show(world);
  expect(out).toMatchObject({ status: 'failed', retryCount: 5, nextRetryAt: null, waitingOn: 'you' });
  expect(out.label).toContain('Needs attention');
  expect(out.nextStep).toContain('Tried again 5 times by itself');
  expect(out).toMatchObject({
    processedAt: world.now(),
    failedReason: expect.stringContaining('enough money'),
  });
  expect(await alertKinds(world)).toEqual(['retries_exhausted']);
  expect((await openAlertsList(world.db, 1))[0]?.message).toContain(out.id);
  world.advance(30 * dayMs);
  await now(world);
  expect((await show(world)).attemptCount).toBe(6);
  faults.always = {};
  const ids = { ids: ['sel0'], startedBy: 'ann' };
  expect(await retryPayouts(world, world.providers, ids)).toMatchObject({ ok: true });
  world.advance(minuteMs);
  await now(world);
  world.advance(minuteMs);
  await now(world);
  expect(await show(world)).toMatchObject({ status: 'completed', retryCount: 6, failedReason: null });
  expect(await alertKinds(world)).toEqual([]);
  expect(model.overpaid()).toEqual([]);
  expect(await differences(world)).toEqual([]);
}, 60_000);

it('is paid once when a retry goes through, and is tried no more', async () => {
  const { world, faults, model } = await stage(winners(3));
  faults.on('send', 'insufficient_funds', 'insufficient_funds', 'insufficient_funds');
  await payOk(world);
  await now(world);
  for (const minutes of [5, 10, 30]) {
    world.advance(minutes * minuteMs);
    await now(world);
  }
  await workUntilRest(world);
  expect(await show(world)).toMatchObject({ status: 'completed', retryCount: 3, nextRetryAt: null });
  expect(await tally(world)).toEqual({ completed: 3 });
  world.advance(dayMs);
  await now(world);
  expect(model.batches).toHaveLength(1);
  const batches = await all(
    world.db,
    sql<{
      by: string;
      items: number;
    }>`select started_by as by, total_items as items from payout_batch order by id`,
  );
  expect(batches).toEqual(['ann', 'retry', 'retry', 'retry'].map((by) => ({ by, items: 3 })));
  expect(await differences(world)).toEqual([]);
});

it('never tries again by itself what is permanent, what nobody can say, and what is unknown; the provider’s word comes first', async () => {
  const { world, faults } = await stage(winners(1, () => ({ email: 'user0+failed@example.com' })));
  await payOk(world);
  await workUntilRest(world);
  const permanent = await show(world);
  expect(permanent).toMatchObject({ status: 'failed', nextRetryAt: null, waitingOn: 'payee' });
  await seedCycle(world, '18', winners(2));
  faults.on('send', 'denied');
  faults.always.send = 'lost_after';
  await payOk(world);
  world.advance(dayMs);
  for (let day = 0; day < 3; day += 1) {
    world.advance(dayMs);
    await now(world);
  }
  const attempts = await all(world.db, sql<{ n: number }>`select attempt_count as n from payout order by id`);
  expect(attempts).toEqual([{ n: 2 }, { n: 1 }]);
  for (const [persistence, expected] of [
    ['permanent', false],
    ['unknown', false],
    ['temporary', true],
  ] as const) {
    const on = await stage(winners(1));
    const refusing = new Refusing(undefined, () => on.clock.ms);
    refusing.persistence = persistence;
    const other = await another(on, refusing);
    await payOk(other);
    await now(other);
    expect((await show(other)).nextRetryAt !== null, persistence).toBe(expected);
    const kept = await all(other.db, sql<{ persistence: string }>`select persistence from payout_attempt`);
    expect(kept).toEqual([{ persistence }]);
  }
});

it('waits for the end of a batch of the cycle, and is not lost meanwhile', async () => {
  const { world, faults, model } = await stage(winners(1));
  faults.on('send', 'insufficient_funds');
  await payOk(world);
  await now(world);
  await seedCycle(world, '18', winners(2));
  model.settleAfterMs = 60 * minuteMs;
  const input = { ids: ['sel0'], startedBy: 'ann' };
  await sql`update payout set next_retry_at = next_retry_at + interval '1 day'`.execute(world.db);
  // Another run of the cycle takes only who was never paid.
  expect(await pay(world, true)).toMatchObject({ ok: true, value: { totalItems: 1 } });
  await sql`update payout set next_retry_at = ${world.now()} where state = 'failed'`.execute(world.db);
  world.advance(minuteMs);
  await now(world);
  const waiting = await show(world);
  expect(waiting.nextRetryAt?.getTime()).toBe(world.now().getTime() + minuteMs);
  expect(await retryPayouts(world, world.providers, input)).toMatchObject({
    ok: false,
    code: 'batch_already_active',
  });
  for (let round = 0; round < 8; round += 1) {
    world.advance(20 * minuteMs);
    await now(world);
  }
  model.settleAfterMs = 0;
  await workUntilRest(world);
  expect(await tally(world)).toEqual({ completed: 2 });
  expect(model.overpaid()).toEqual([]);
  expect(await differences(world)).toEqual([]);
});

it('is not tried again once a person has moved it on, the payee is blocked, or the team switched it off', async () => {
  const { world, faults } = await stage(winners(3));
  faults.on('send', 'insufficient_funds');
  await payOk(world);
  await now(world);
  const [first, second, third] = await Promise.all(['sel0', 'sel1', 'sel2'].map((id) => show(world, id)));
  await markPaid(world, { payoutId: first?.id ?? '', reference: 'R-1', notes: null });
  expect(await show(world)).toMatchObject({ status: 'completed', nextRetryAt: null });
  await sql`update payee set status = 'blocked' where external_id = 'user1'`.execute(world.db);
  world.advance(6 * minuteMs);
  await retrying.runOnce(world);
  expect(await states(world)).toEqual(['completed', 'failed', 'queued']);
  expect(await show(world, 'sel1')).toMatchObject({ nextRetryAt: null, retryCount: 0 });
  const alerts = (await openAlertsList(world.db, 10)).map(({ kind, subject }) => `${kind} ${subject}`);
  expect(alerts).toEqual([`retry_not_possible ${second?.id ?? ''}`]);
  faults.on('send', 'insufficient_funds');
  await now(world);
  expect((await show(world, third?.id)).nextRetryAt).not.toBeNull();
  await changeSettings(world, { autoRetry: false });
  expect(await show(world, third?.id)).toMatchObject({ nextRetryAt: null, waitingOn: 'you' });
  world.advance(dayMs);
  await now(world);
  expect(await states(world)).toEqual(['completed', 'failed', 'failed']);
  expect(await differences(world)).toEqual([]);
});

it.each(['the same', 'another'])(
  'tries a payout without a cycle again while its method is %s',
  async (method) => {
    const { world, faults, model } = await stage(winners(1));
    const made = await makePayout(world, {
      payeeId: 'user0',
      amount: 1000n,
      currency: 'USD',
      statementId: 'st-1',
      reason: null,
    });
    if (!made.ok) throw new Error(made.code);
    const approver = { ...world.actor, kind: 'person' as const, id: 'pe_1', name: 'Bea' };
    await approvePayouts(
      { ...world, actor: approver },
      { payoutIds: [made.value.payoutId], approvalHash: null },
    );
    faults.on('send', 'insufficient_funds');
    await payApproved(world, world.provider, { startedBy: 'ann', notes: null });
    await now(world);
    expect(await show(world, made.value.payoutId)).toMatchObject({ status: 'failed', waitingOn: 'clock' });
    if (method === 'another') {
      await seedCycle(
        world,
        '19',
        winners(1, () => ({ reference: 'later', email: 'other@example.com' })),
      );
    }
    world.advance(5 * minuteMs);
    await now(world);
    if (method === 'another') {
      // It was approved for the other address, so it goes back to be approved for this one.
      expect(model.batches).toEqual([]);
      const again = { status: 'pending_approval', nextRetryAt: null, waitingOn: 'approver' };
      expect(await show(world, made.value.payoutId)).toMatchObject(again);
      expect(await alertKinds(world)).toEqual([]);
      expect(await differences(world)).toEqual([]);
      return;
    }
    await workUntilRest(world);
    expect(await show(world, made.value.payoutId)).toMatchObject({ status: 'completed', retryCount: 1 });
    expect(await differences(world)).toEqual([]);
  },
);

it('a failure that turns into a payment while a retry waits is the payment: nothing of the retry leaves', async () => {
  for (const prepared of [false, true]) {
    const { world, model } = await stage(winners(1, () => ({ email: 'user0+failed@example.com' })));
    await payOk(world);
    await workUntilRest(world);
    await sql`update payout set next_retry_at = ${world.now()}`.execute(world.db);
    await sql`update payout_attempt set persistence = 'temporary'`.execute(world.db);
    if (prepared) await retrying.runOnce(world);
    expect(await states(world)).toEqual([prepared ? 'queued' : 'failed']);
    model.flip('winner-sel0-user0', 'completed');
    await report(world, 1, 'completed');
    if (prepared) expect(await alertKinds(world)).toEqual(['late_change_of_old_attempt']);
    await send.runOnce(world, everything);
    world.advance(13 * 60 * minuteMs);
    await poll.runOnce(world, everything);
    await now(world);
    expect(await states(world)).toEqual(['completed']);
    expect(model.arrivals).toHaveLength(1);
    expect(model.overpaid()).toEqual([]);
    expect(await alertKinds(world)).toEqual([]);
    expect(await differences(world)).toEqual([]);
    // It may still come back, and be paid again then.
    await report(world, 1, 'returned');
    await report(world, 1, 'returned');
    expect(await states(world)).toEqual(['returned']);
    expect(await differences(world)).toEqual([]);
  }
});

it('survives a death before and after the commit of a retry, and before the bytes are kept', async () => {
  const shared = await SharedDatabase.open();
  const clock = { ms: startOfTime };
  for (const killIn of [1, 2, 3]) {
    await shared.reset();
    clock.ms = startOfTime;
    let sends = 0;
    const model = new ModelProvider(
      (call) => (call === 'send' && (sends += 1) === 1 ? 'insufficient_funds' : 'none'),
      () => clock.ms,
    );
    const machine = new Machine(shared, model, clock);
    machine.open = true;
    const first = await machine.start();
    await seedCycle(first.world, '18', winners(3));
    await payOk(first.world);
    await now(first.world);
    clock.ms += 5 * minuteMs;
    first.killIn = killIn;
    await expect(runRound(first.world, everything)).rejects.toThrow(KilledError);
    await machine.settle();
    const second = await machine.start();
    expect(await states(second.world)).toEqual(Array(3).fill(killIn === 1 ? 'failed' : 'queued'));
    clock.ms += first.world.sendLeaseMs + 1;
    for (let round = 0; round < 4; round += 1) {
      await runRound(second.world, everything);
      clock.ms += minuteMs;
    }
    expect(await states(second.world)).toEqual(['completed', 'completed', 'completed']);
    expect(await brokenAtRest(shared.connect(), model, new Date(clock.ms))).toEqual([]);
  }
  await shared.close();
}, 60_000);

it('says when too many fail, and when a batch is on its way for more than an hour, until it is over', async () => {
  const { world, model } = await stage(
    winners(25, (index) => (index < 2 ? { email: `user${index}+failed@example.com` } : {})),
  );
  model.settleAfterMs = 2 * 60 * minuteMs;
  const batch = await payOk(world);
  await now(world);
  world.advance(61 * minuteMs);
  await watch.runOnce(world);
  const slow = await openAlertsList(world.db, 10);
  expect(slow.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([`stuck_sending ${batch}`]);
  world.advance(2 * 60 * minuteMs);
  await workUntilRest(world);
  await watch.runOnce(world);
  const failing = await openAlertsList(world.db, 10);
  expect(failing.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual(['failure_rate paypal']);
  expect(failing[0]?.message).toContain('2 of 25 attempts through PayPal in the last 24 hours failed (8 %');
  world.advance(2 * dayMs);
  await watch.runOnce(world);
  expect(await alertKinds(world)).toEqual([]);
});
