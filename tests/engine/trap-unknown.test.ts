import { expect, it } from 'vitest';
import { Providers } from '../../src/actions/providers.ts';
import * as send from '../../src/engine/send.ts';
import { explain } from '../../src/core/next-step.ts';
import { findPayout } from '../../src/store/payouts.ts';
import { throughGate } from '../support/gated-provider.ts';
import { winners } from '../support/world.ts';
import {
  alertKinds,
  cancel,
  differences,
  everything,
  pay,
  payOk,
  retry,
  stage,
  states,
  submissionStates,
  tally,
  tell,
  workUntilRest,
} from './harness.ts';

const dayMs = 24 * 3_600_000;

it('trap 1: a timeout is not a failure: nobody is eligible again, and the words say not to resend', async () => {
  const { world, model, faults } = await stage(winners(3));
  faults.on('send', 'lost_after');
  const batch = await payOk(world);
  await send.runOnce(world, everything);
  expect(await tally(world)).toEqual({ sending: 3 });
  expect(await submissionStates(world)).toEqual(['unknown']);
  expect(await pay(world)).toMatchObject({ ok: false, code: 'batch_already_active' });
  expect(await retry(world, batch)).toMatchObject({ ok: false, code: 'batch_still_active' });
  expect(await cancel(world, batch)).toMatchObject({ ok: false, code: 'not_cancellable' });
  const row = await findPayout(world.db, 'sel0');
  expect(
    explain({ ...row, state: 'sending', submissionState: 'unknown', reasonCode: null, unclaimedUntil: null })
      .label,
  ).toBe('Outcome unknown, checking; do not resend');
  expect(row?.submissionState).toBe('unknown');
  await workUntilRest(world);
  expect(await tally(world)).toEqual({ completed: 3 });
  expect(model.batches).toHaveLength(1);
  expect(await differences(world)).toEqual([]);
});

it('trap 1: time alone never turns an unknown outcome into a failure', async () => {
  const { world, faults, model } = await stage(winners(2));
  faults.always = { send: 'lost_before' };
  await payOk(world);
  for (let day = 0; day < 60; day += 1) {
    await send.runOnce(world, everything);
    world.advance(dayMs);
  }
  expect(await tally(world)).toEqual({ sending: 2 });
  expect(model.effects()).toEqual([]);
  expect(await alertKinds(world)).toEqual(['key_expired', 'outcome_unknown']);
});

it('trap 5 and 6: a resend carries the same bytes and key, whatever changed since', async () => {
  const { world, model, faults } = await stage(winners(3));
  faults.on('send', 'insufficient_funds', 'lost_after', 'lost_after');
  faults.on('send', 'none');
  const first = await payOk(world);
  await send.runOnce(world, everything);
  expect(await tally(world)).toEqual({ failed: 3 });
  expect(await retry(world, first)).toMatchObject({ ok: true });
  for (let round = 0; round < 4; round += 1) {
    await send.runOnce(world, everything);
    world.advance(300_000);
  }
  const [refused, ...resent] = model.arrivals;
  expect(resent.length).toBeGreaterThan(1);
  // The refused call does not trap its retry: another attempt is another key.
  expect(resent.map((arrival) => arrival.key)).not.toContain(refused?.key);
  expect(new Set(resent.map((arrival) => `${arrival.key} ${arrival.bytes}`)).size).toBe(1);
  await workUntilRest(world);
  expect(await tally(world)).toEqual({ completed: 3 });
  expect(model.overpaid()).toEqual([]);
});

it('trap 7: after the life of the key nothing is sent again; a person is asked, and an event still settles it', async () => {
  const { world, model, faults } = await stage(winners(3));
  faults.on('send', 'lost_after');
  await payOk(world);
  await send.runOnce(world, everything);
  world.advance(31 * dayMs);
  await send.runOnce(world, everything);
  await send.runOnce(world, everything);
  expect(model.arrivals).toHaveLength(1);
  expect(await tally(world)).toEqual({ sending: 3 });
  expect(await alertKinds(world)).toContain('key_expired');
  const held = model.batches[0];
  await tell(world, 'WH-1', { providerBatchId: held?.id ?? null, providerKey: held?.key ?? null });
  await workUntilRest(world);
  expect(await tally(world)).toEqual({ completed: 3 });
  expect(await alertKinds(world)).toEqual([]);
  expect(model.overpaid()).toEqual([]);
});

it('trap 7: a process that died while sending leaves an unknown outcome, also when its key has expired', async () => {
  const { world } = await stage(winners(2));
  await payOk(world);
  const dying = throughGate(world.provider, () => Promise.reject(new Error('killed')));
  await expect(send.runOnce({ ...world, providers: new Providers([dying]) }, everything)).rejects.toThrow(
    'killed',
  );
  world.advance(31 * dayMs);
  await send.runOnce(world, everything);
  expect(await submissionStates(world)).toEqual(['unknown']);
  expect(await states(world)).toEqual(['sending', 'sending']);
});

it('trap 6: a refusal that says nothing of an earlier lost call leaves the outcome unknown', async () => {
  const { world, model, faults } = await stage(winners(3));
  faults.on('send', 'lost_before', 'insufficient_funds');
  const batch = await payOk(world);
  await send.runOnce(world, everything);
  world.advance(60_000);
  await send.runOnce(world, everything);
  expect(await submissionStates(world)).toEqual(['unknown']);
  expect(await alertKinds(world)).toContain('refused_after_loss');
  expect(await retry(world, batch)).toMatchObject({ ok: false, code: 'batch_still_active' });
  await workUntilRest(world);
  expect(await tally(world)).toEqual({ completed: 3 });
  expect(model.overpaid()).toEqual([]);
});

it('trap 6: a refusal after "too often" does not prove that the put-off call was not taken', async () => {
  const { world, model, faults } = await stage(winners(2));
  faults.on('send', 'rate_limited', 'insufficient_funds');
  await payOk(world);
  await send.runOnce(world, everything);
  world.advance(60_000);
  await send.runOnce(world, everything);
  expect(await submissionStates(world)).toEqual(['unknown']);
  await workUntilRest(world);
  expect(await tally(world)).toEqual({ completed: 2 });
  expect(model.overpaid()).toEqual([]);
});

it('trap 6: a call that was put off is sent later with the same bytes, and can be cancelled until then', async () => {
  const { world, model, faults } = await stage(winners(3));
  faults.on('send', 'rate_limited', 'refused_connection');
  const batch = await payOk(world);
  await send.runOnce(world, everything);
  expect(await submissionStates(world)).toEqual(['planned']);
  expect(await tally(world)).toEqual({ queued: 3 });
  expect(await cancel(world, batch)).toMatchObject({ ok: true, value: { cancelled: 3, stillOnTheWay: 0 } });
  await workUntilRest(world);
  expect(model.batches).toEqual([]);
  expect(await differences(world)).toEqual([]);
});

it('trap 6: a call that was put off after a lost answer cannot be cancelled', async () => {
  const { world, faults } = await stage(winners(3));
  faults.on('send', 'lost_after', 'rate_limited');
  const batch = await payOk(world);
  await send.runOnce(world, everything);
  world.advance(60_000);
  await send.runOnce(world, everything);
  expect(await submissionStates(world)).toEqual(['unknown']);
  expect(await cancel(world, batch)).toMatchObject({ ok: false, code: 'not_cancellable' });
});

it('trap 30: nothing stops looking quietly: what does not get through raises an alert and goes on', async () => {
  const { world, faults } = await stage(winners(2));
  faults.always = { send: 'rate_limited' };
  await payOk(world);
  for (let round = 0; round < 12; round += 1) {
    await send.runOnce(world, everything);
    world.advance(3_600_000);
  }
  expect(await alertKinds(world)).toEqual(['not_sent_yet']);
  faults.always = {};
  await workUntilRest(world);
  expect(await tally(world)).toEqual({ completed: 2 });
  expect(await alertKinds(world)).toEqual([]);
});
