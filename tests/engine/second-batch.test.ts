import { expect, it } from 'vitest';
import * as receive from '../../src/engine/receive.ts';
import * as send from '../../src/engine/send.ts';
import { throughGate } from '../support/gated-provider.ts';
import { winners } from '../support/world.ts';
import { alertKinds, another, everything, payOk, stage, tally, tell, workUntilRest } from './harness.ts';
import { dayMs } from './resolving.ts';

// A provider that takes the same key twice pays twice. Purser cannot prevent that; it must not stay silent.

it('an event that names a second batch under an adopted key opens an alert, and the first one is followed on', async () => {
  const from = await stage(winners(3));
  await payOk(from.world);
  await workUntilRest(from.world);
  const [held] = from.model.batches;
  await tell(from.world, 'WH-1', { providerBatchId: held?.id ?? null, providerKey: held?.key ?? null });
  await receive.runOnce(from.world);
  expect(await alertKinds(from.world)).toEqual([]);
  await tell(from.world, 'WH-2', { providerBatchId: 'ANOTHER', providerKey: held?.key ?? null });
  await receive.runOnce(from.world);
  expect(await alertKinds(from.world)).toEqual(['second_batch']);
  expect(await tally(from.world)).toEqual({ completed: 3 });
});

it('a resend that was on the wire when its key ended, and was taken as new, opens an alert', async () => {
  const from = await stage(winners(3));
  from.faults.on('send', 'lost_after');
  await payOk(from.world);
  await send.runOnce(from.world, everything);
  from.world.advance(29 * dayMs);
  const slow = throughGate(from.model, async (what, moment) => {
    if (what === 'send' && moment === 'before') from.world.advance(2 * dayMs);
  });
  await send.runOnce(await another(from, slow), everything);
  expect(from.model.batches).toHaveLength(2);
  expect(await alertKinds(from.world)).toContain('accepted_late');
});

it('a resend that the provider refuses as known is no second one, however late its answer is written down', async () => {
  const from = await stage(winners(3));
  from.faults.on('send', 'lost_after');
  await payOk(from.world);
  await send.runOnce(from.world, everything);
  from.world.advance(29 * dayMs);
  const slow = throughGate(from.model, async (what, moment) => {
    if (what === 'send' && moment === 'after') from.world.advance(2 * dayMs);
  });
  await send.runOnce(await another(from, slow), everything);
  await workUntilRest(from.world);
  expect(from.model.batches).toHaveLength(1);
  expect(await tally(from.world)).toEqual({ completed: 3 });
  expect(await alertKinds(from.world)).not.toContain('accepted_late');
});
