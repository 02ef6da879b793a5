import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { recordNotSent } from '../../src/actions/resolutions.ts';
import { retryPayouts } from '../../src/actions/retry.ts';
import { runRound } from '../../src/engine/service.ts';
import * as receive from '../../src/engine/receive.ts';
import * as send from '../../src/engine/send.ts';
import { all } from '../../src/store/db.ts';
import { claimSubmissions } from '../../src/store/submissions.ts';
import { openResolution } from '../../src/store/resolutions.ts';
import { throughGate } from '../support/gated-provider.ts';
import { winners } from '../support/world.ts';
import type { Stage } from './harness.ts';
import {
  alertKinds,
  another,
  differences,
  everything,
  leaseMs,
  pay,
  payOk,
  retry,
  stage,
  submissionStates,
  tally,
  tell,
  workUntilRest,
} from './harness.ts';
import { dayMs, results, say, stuck } from './resolving.ts';

// A person says that nothing was sent, and is wrong: what could pay twice, and does not.

/** The provider's event about the first submission, as it comes by webhook. */
async function event({ world, model }: Stage): Promise<void> {
  const [held] = model.batches;
  await tell(world, 'WH-late', { providerBatchId: held?.id ?? null, providerKey: held?.key ?? null });
}

/** Sent, answer lost, key over; and a person has wrongly said that it was not sent. */
async function wronglyNotSent() {
  const from = await stuck('lost_after');
  await say(from.world, 'not_sent');
  await send.runOnce(from.world, everything);
  expect(await results(from.world)).toEqual(['not_sent']);
  expect(await tally(from.world)).toEqual({ failed: 3 });
  return from;
}

it('an event that names the batch before the word counts: the word is not taken', async () => {
  const from = await stuck('lost_after');
  await event(from);
  await receive.runOnce(from.world);
  expect(await say(from.world, 'not_sent')).toMatchObject({
    ok: false,
    code: 'not_resolvable',
    details: { reason: 'the provider has named its batch MODEL1 for it' },
  });
  await workUntilRest(from.world);
  expect(await tally(from.world)).toEqual({ completed: 3 });
});

it('an event that is stored and not looked at yet speaks louder than the word', async () => {
  const from = await stuck('lost_after');
  await say(from.world, 'not_sent');
  await event(from);
  await send.runOnce(from.world, everything);
  expect(await results(from.world)).toEqual(['open']);
  await workUntilRest(from.world);
  expect(await results(from.world)).toEqual(['contradicted']);
  expect(await tally(from.world)).toEqual({ completed: 3 });
  expect(from.model.overpaid()).toEqual([]);
});

it('an event after the word, before a retry: nobody is paid again, and what was paid is seen', async () => {
  const from = await wronglyNotSent();
  await event(from);
  await receive.runOnce(from.world);
  expect(await retry(from.world, from.batch)).toMatchObject({ ok: false, code: 'nothing_failed' });
  expect(await pay(from.world)).toMatchObject({ ok: false, code: 'nothing_to_pay' });
  const input = { ids: ['sel0', 'sel1'], startedBy: 'ann' };
  expect(await retryPayouts(from.world, from.world.providers, input)).toMatchObject({
    ok: false,
    code: 'payout_in_progress',
  });
  for (let round = 0; round < 3; round += 1) {
    await runRound(from.world, everything);
    from.world.advance(60_000);
  }
  expect(await submissionStates(from.world)).toEqual(['accepted']);
  expect(await tally(from.world)).toEqual({ completed: 3 });
  expect(await alertKinds(from.world)).toEqual([]);
  expect(from.model.overpaid()).toEqual([]);
  expect(await differences(from.world)).toEqual([]);
});

it('an event after the word, with a retry prepared: not a byte of the retry leaves', async () => {
  const from = await wronglyNotSent();
  expect(await retry(from.world, from.batch)).toMatchObject({ ok: true });
  await event(from);
  await receive.runOnce(from.world);
  await workUntilRest(from.world);
  expect(from.model.arrivals).toHaveLength(1);
  // The retry was held back, and so what the earlier attempt had paid is the payment.
  expect(await tally(from.world)).toEqual({ completed: 3 });
  for (let round = 0; round < 3; round += 1) {
    await runRound(from.world, everything);
    from.world.advance(60_000);
  }
  expect(await alertKinds(from.world)).toContain('sent_after_all');
  expect(await pay(from.world)).toMatchObject({ ok: false, code: 'nothing_to_pay' });
  expect(from.model.overpaid()).toEqual([]);
  expect(await differences(from.world)).toEqual([]);
});

it('an event after the word, with a retry prepared: only who was not paid by the provider’s own word is paid again', async () => {
  const from = await stage([
    ...winners(3),
    ...winners(1, () => ({ reference: 'own', payee: 'own', email: 'own+failed@example.com' })),
  ]);
  from.faults.on('send', 'lost_after');
  await payOk(from.world);
  await send.runOnce(from.world, everything);
  from.world.advance(31 * dayMs);
  await send.runOnce(from.world, everything);
  await say(from.world, 'not_sent');
  await send.runOnce(from.world, everything);
  const batch = await batchOf(from);
  expect(await retry(from.world, batch)).toMatchObject({ ok: true, value: { totalItems: 4 } });
  await event(from);
  await workUntilRest(from.world);
  expect(from.model.arrivals).toHaveLength(1);
  expect(await tally(from.world)).toEqual({ completed: 3, failed: 1 });
  for (let round = 0; round < 4; round += 1) {
    await runRound(from.world, everything);
    from.world.advance(900_000);
  }
  // Of one the provider said itself that it failed, so that one may be paid again; the others had been paid.
  expect(await pay(from.world)).toMatchObject({ ok: true, value: { totalItems: 1 } });
  await workUntilRest(from.world);
  expect(from.model.overpaid()).toEqual([]);
  expect(await differences(from.world)).toEqual([]);
});

async function batchOf({ world }: Stage): Promise<string> {
  const [row] = await all(
    world.db,
    sql<{ id: string }>`select public_id as id from payout_batch order by id limit 1`,
  );
  return row?.id ?? '';
}

it('an event after the word, when the retry was sent: the alert says who may have been paid twice', async () => {
  const from = await wronglyNotSent();
  await retry(from.world, from.batch);
  await workUntilRest(from.world);
  expect(from.model.batches).toHaveLength(2);
  await event(from);
  for (let round = 0; round < 3; round += 1) {
    await runRound(from.world, everything);
    from.world.advance(60_000);
  }
  expect(await alertKinds(from.world)).toEqual([
    'late_change_of_old_attempt',
    'late_change_of_old_attempt',
    'late_change_of_old_attempt',
    'sent_after_all',
  ]);
  expect(await tally(from.world)).toEqual({ completed: 3 });
  expect(await differences(from.world)).toEqual([]);
});

it('an event that names something else after the word: nothing is adopted and nobody is paid again', async () => {
  const from = await wronglyNotSent();
  const [held] = from.model.batches;
  for (const item of held?.items ?? []) item.amount += 1n;
  await event(from);
  await runRound(from.world, everything);
  expect(await submissionStates(from.world)).toEqual(['rejected']);
  expect(await alertKinds(from.world)).toEqual(['adoption_mismatch', 'sent_after_all']);
  expect(await retry(from.world, from.batch)).toMatchObject({ ok: false, code: 'nothing_failed' });
});

it.each(['before', 'after'] as const)(
  'an answer that comes after the word is not lost with the lease (worker paused %s its call)',
  async (pausedAt) => {
    const from = await stage(winners(3));
    const batch = await payOk(from.world);
    const wakes = Promise.withResolvers<undefined>();
    const reached = Promise.withResolvers<undefined>();
    const slow = throughGate(from.model, async (what, moment) => {
      if (what !== 'send' || moment !== pausedAt) return;
      reached.resolve(undefined);
      await wakes.promise;
    });
    const sending = send.runOnce(await another(from, slow), everything);
    await reached.promise;
    expect(await say(from.world, 'not_sent')).toMatchObject({ ok: false, code: 'not_resolvable' });
    from.world.advance(31 * dayMs);
    await send.runOnce(from.world, everything);
    await say(from.world, 'not_sent');
    await send.runOnce(from.world, everything);
    expect(await tally(from.world)).toEqual({ failed: 3 });
    wakes.resolve(undefined);
    await sending;
    expect(await retry(from.world, batch)).toMatchObject({ ok: false, code: 'nothing_failed' });
    for (let round = 0; round < 3; round += 1) {
      await runRound(from.world, everything);
      from.world.advance(60_000);
    }
    expect(await tally(from.world)).toEqual({ completed: 3 });
    expect(from.model.overpaid()).toEqual([]);
    expect(await differences(from.world)).toEqual([]);
  },
);

it('nobody decides while a worker holds the lease, and a worker that lost it decides nothing', async () => {
  const { world } = await stuck('lost_before');
  world.advance(leaseMs + 3_600_000);
  const claim = { owner: 'w1', leaseMs: 1000, limit: 1, batchId: null };
  const [held] = await claimSubmissions(world.db, 'send', claim, world.now());
  expect(await say(world, 'not_sent')).toMatchObject({
    ok: false,
    details: { reason: 'a worker is asking the provider at this moment' },
  });
  world.advance(2000);
  await say(world, 'not_sent');
  const said = await openResolution(world.db, 1n);
  const [fresh] = await claimSubmissions(world.db, 'send', { ...claim, owner: 'w2' }, world.now());
  if (!held || !fresh || !said) throw new Error('nothing to decide');
  expect(await recordNotSent(world, held, said)).toBe(false);
  expect(await tally(world)).toEqual({ sending: 3 });
  expect(await recordNotSent(world, fresh, said)).toBe(true);
  expect(await recordNotSent(world, fresh, said)).toBe(false);
  expect(await tally(world)).toEqual({ failed: 3 });
});
