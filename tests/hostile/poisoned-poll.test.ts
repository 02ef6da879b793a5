import { expect, it } from 'vitest';
import { sql } from 'kysely';
import { markPaid } from '../../src/actions/by-hand.ts';
import { runRound } from '../../src/engine/service.ts';
import { retryPayouts } from '../../src/actions/retry.ts';
import { askReconciliation } from '../../src/actions/reconciliations.ts';
import { cancelPayouts } from '../../src/actions/operator-deeds.ts';
import { all } from '../../src/store/db.ts';
import { findPayout } from '../../src/store/payouts.ts';
import { winners } from '../support/world.ts';
import { alertKinds, differences, everything, payOk, stage, states, workUntilRest } from '../engine/harness.ts';

const hourMs = 3_600_000;

it('a payout that came back and was paid by hand does not keep the rest of its submission from being read', async () => {
  const { world, model } = await stage(
    winners(2, (i) => ({ email: i === 0 ? 'a+returned@example.com' : 'b+unclaimed@example.com' })),
  );
  await payOk(world);
  await workUntilRest(world);
  expect(await states(world)).toEqual(['returned', 'unclaimed']);
  const id = (await findPayout(world.db, 'sel0'))?.publicId ?? '';
  expect(await markPaid(world, { payoutId: id, reference: 'WIRE', notes: null })).toMatchObject({ ok: true });
  const refs = await all(world.db, sql<{ r: string }>`select item_reference as r from payout_attempt order by id`);
  model.flip(refs[1]?.r ?? '', 'completed');
  for (let i = 0; i < 60; i += 1) {
    world.advance(6 * hourMs);
    try {
      await runRound(world, everything);
    } catch (error) {
      if (i === 0) console.log('round threw', String(error).slice(0, 200));
    }
  }
  console.log(await states(world), await alertKinds(world), await differences(world), JSON.stringify(world.logged.filter((l) => /error|fail/i.test(l.event)).slice(-2)).slice(0, 600));
  expect(await states(world)).toEqual(['completed', 'completed']);
}, 120_000);

it('a payout that failed and was cancelled or hand-paid raises no alarm when the provider repeats itself', async () => {
  const { world } = await stage(winners(2, (i) => ({ email: `x${i}+failed@example.com` })));
  await payOk(world);
  await workUntilRest(world);
  console.log(await states(world));
  const ids = await all(world.db, sql<{ id: string }>`select public_id as id from payout order by id`);
  await markPaid(world, { payoutId: ids[0]?.id ?? '', reference: 'WIRE', notes: null });
  await cancelPayouts(world, { payoutIds: [ids[1]?.id ?? ''], reason: 'x' });
  for (let i = 0; i < 6; i += 1) {
    world.advance(12 * hourMs);
    await runRound(world, everything);
  }
  console.log(await states(world), await alertKinds(world), await differences(world));
  expect(await alertKinds(world)).not.toContain('contradiction');
}, 60_000);

it('a reconciliation of such a batch ends, and does not keep every round from reaching mails and seals', async () => {
  const { world } = await stage(winners(1, () => ({ email: 'a+returned@example.com' })));
  const batch = await payOk(world);
  await workUntilRest(world);
  const id = (await findPayout(world.db, 'sel0'))?.publicId ?? '';
  await markPaid(world, { payoutId: id, reference: 'WIRE', notes: null });
  console.log(JSON.stringify(await askReconciliation(world, batch).catch(String)));
  let thrown = 0;
  for (let i = 0; i < 20; i += 1) {
    world.advance(600_000);
    await runRound(world, everything).catch(() => (thrown += 1));
  }
  const rows = await all(world.db, sql<{ row: string }>`select r::text as row from reconciliation_run r order by id`).catch((error: unknown) => String(error));
  console.log('rounds that threw', thrown, rows);
  expect(thrown).toBe(0);
}, 60_000);
