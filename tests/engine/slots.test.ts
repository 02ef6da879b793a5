import { expect, it } from 'vitest';
import { lanesOf } from '../../src/engine/lanes.ts';
import { throughGate } from '../support/gated-provider.ts';
import { winners } from '../support/world.ts';
import { another, leaseMs, payOk, stage, submissionStates } from './harness.ts';

it('a call that outlives its lease is not begun beside itself by the process that waits for it, and is written down', async () => {
  const on = await stage(winners(1));
  let calls = 0;
  const answered = Promise.withResolvers<void>();
  const world = await another(
    on,
    throughGate(on.model, async (what, moment) => {
      if (what !== 'send' || moment !== 'before') return;
      calls += 1;
      await answered.promise;
    }),
  );
  await payOk(world);
  const sends = lanesOf(world).find(({ name }) => name.startsWith('send'));
  const rung = AbortSignal.abort();
  for (let round = 0; round < 3; round += 1) {
    await sends?.work(rung);
    world.advance(leaseMs);
  }
  expect(calls).toBe(1);
  answered.resolve();
  await sends?.rest?.();
  expect(await submissionStates(world)).toEqual(['accepted']);
});
