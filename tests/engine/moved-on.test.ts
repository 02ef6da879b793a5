import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { markPaid } from '../../src/actions/by-hand.ts';
import { cancelPayouts } from '../../src/actions/operator-deeds.ts';
import { askReconciliation } from '../../src/actions/reconciliations.ts';
import { runRound } from '../../src/engine/service.ts';
import { all } from '../../src/store/db.ts';
import { findPayout } from '../../src/store/payouts.ts';
import type { World } from '../support/world.ts';
import { winners } from '../support/world.ts';
import { alertKinds, differences, everything, payOk, stage, states, workUntilRest } from './harness.ts';

const hourMs = 3_600_000;

const payoutIds = async (world: World) =>
  (await all(world.db, sql<{ id: string }>`select public_id as id from payout order by id`)).map(
    ({ id }) => id,
  );

it('what came back and was paid by hand does not keep the rest of its submission from being read, nor a round from ending', async () => {
  const { world, model } = await stage(
    winners(2, (i) => ({ email: i === 0 ? 'a+returned@example.com' : 'b+unclaimed@example.com' })),
  );
  const batch = await payOk(world);
  await workUntilRest(world);
  expect(await states(world)).toEqual(['returned', 'unclaimed']);
  const first = (await findPayout(world.db, 'sel0'))?.publicId ?? '';
  expect(await markPaid(world, { payoutId: first, reference: 'WIRE', notes: null })).toMatchObject({
    ok: true,
  });
  const [, second] = await all(
    world.db,
    sql<{ reference: string }>`select item_reference as reference from payout_attempt order by id`,
  );
  model.flip(second?.reference ?? '', 'completed');
  await askReconciliation(world, batch);
  for (let i = 0; i < 4; i += 1) {
    world.advance(6 * hourMs);
    await runRound(world, everything);
  }
  expect(await states(world)).toEqual(['completed', 'completed']);
  expect(await differences(world)).toEqual([]);
});

it('what failed and was cancelled or paid by hand is no alarm when the provider repeats itself', async () => {
  const { world } = await stage(winners(2, (i) => ({ email: `x${i}+failed@example.com` })));
  await payOk(world);
  await workUntilRest(world);
  const [first = '', second = ''] = await payoutIds(world);
  await markPaid(world, { payoutId: first, reference: 'WIRE', notes: null });
  await cancelPayouts(world, { payoutIds: [second], reason: 'wrong' });
  for (let i = 0; i < 3; i += 1) {
    world.advance(12 * hourMs);
    await runRound(world, everything);
  }
  expect(await alertKinds(world)).not.toContain('contradiction');
});
