import { sql } from 'kysely';
import { expect, it } from 'vitest';
import * as poll from '../../src/engine/poll.ts';
import * as receive from '../../src/engine/receive.ts';
import * as send from '../../src/engine/send.ts';
import { runRound } from '../../src/engine/service.ts';
import { all, run } from '../../src/store/db.ts';
import { storeProviderEvent } from '../../src/store/provider-events.ts';
import { throughGate } from '../support/gated-provider.ts';
import { winners } from '../support/world.ts';
import { alertKinds, another, everything, payOk, stage, states, tell } from './harness.ts';

// What one thing may not do to the round of all others.

it('what does not fit the books is told, nothing of it is written, and the round goes on', async () => {
  const { world } = await stage(winners(1));
  await payOk(world);
  const [attempt] = await all(world.db, sql<{ id: bigint }>`select id from payout_attempt`);
  // As if the fact that the provider is about to tell had been posted by somebody else.
  await run(
    world.db,
    sql`insert into journal (source_type, source_id, kind, posted_at)
      values ('attempt', ${attempt?.id ?? 0n}, 'completed', ${world.now()})`,
  );
  for (let round = 0; round < 3; round += 1) {
    world.advance(60_000);
    await runRound(world, everything);
  }
  expect(await states(world)).toEqual(['sent']);
  expect(await alertKinds(world)).toContain('not_recorded');
});

it('a command that waits for one batch starts no retries of its own', async () => {
  const { world, faults } = await stage(winners(1));
  faults.on('send', 'insufficient_funds');
  await payOk(world);
  await runRound(world, everything);
  expect(await states(world)).toEqual(['failed']);
  world.advance(6 * 60_000);
  const [batch] = await all(world.db, sql<{ id: bigint }>`select id from payout_batch`);
  await runRound(world, { batchId: batch?.id ?? 0n });
  expect(await states(world)).toEqual(['failed']);
  await runRound(world, everything);
  expect(await states(world)).not.toEqual(['failed']);
});

it('looks at once at what was accepted when its event overtook the answer of the call', async () => {
  const on = await stage(winners(2));
  let heard = 0;
  const world = await another(
    on,
    throughGate(on.model, async (what, moment) => {
      if (what !== 'send' || moment !== 'after') return;
      const { id: providerBatchId, key: providerKey } = on.model.batches[0] ?? { id: null, key: null };
      const event = { provider: 'paypal', eventId: 'WH-1', type: 'PAYMENT.PAYOUTSBATCH.SUCCESS', body: '{}' };
      await storeProviderEvent(
        on.world.db,
        on.world.vault,
        { ...event, providerBatchId, providerKey },
        on.world.now(),
      );
      heard += await receive.runOnce(on.world);
    }),
  );
  await payOk(world);
  await send.runOnce(world, everything);
  expect(heard).toBe(1);
  await poll.runOnce(world, everything);
  expect(await states(world)).toEqual(['completed', 'completed']);
});

it('looks again after a second at an event that came before its call was recorded, then less and less, and files it after an hour', async () => {
  const { world } = await stage(winners(1));
  await tell(world, 'WH-theirs', { providerBatchId: 'of another system' });
  await tell(world, 'WH-ours', { providerBatchId: 'MODEL1' });
  expect(await receive.runOnce(world)).toBe(0);
  await payOk(world);
  await send.runOnce(world, everything);
  world.advance(999);
  expect(await receive.runOnce(world), 'before its second is over').toBe(0);
  expect(await poll.runOnce(world, everything)).toBe(0);
  world.advance(1);
  expect(await receive.runOnce(world)).toBe(1);
  await poll.runOnce(world, everything);
  expect(await states(world)).toEqual(['completed']);
  const seconds: number[] = [];
  for (;;) {
    const open = sql<{ at: Date }>`select next_try_at as at from provider_event where processed_at is null`;
    const [theirs] = await all(world.db, open);
    if (!theirs) break;
    seconds.push((theirs.at.getTime() - world.now().getTime()) / 1000);
    world.advance(theirs.at.getTime() - world.now().getTime());
    await receive.runOnce(world);
  }
  expect(seconds).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1800]);
});
