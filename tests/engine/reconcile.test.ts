import { expect, it } from 'vitest';
import * as reconcile from '../../src/engine/reconcile.ts';
import {
  listDiscrepancies,
  listRuns,
  reconciledAt,
  requestReconciliation,
} from '../../src/store/reconciliations.ts';
import { nudge, releaseLease, submissionsOf, takeLease } from '../../src/store/submissions.ts';
import { openAlerts, openAlertsList } from '../../src/store/alerts.ts';
import { batchPublicId } from '../../src/store/batches.ts';
import { seedCycle, type World, winners } from '../support/world.ts';
import { differences, everything, payOk, type Stage, stage, tally, workUntilRest } from './harness.ts';

const hourMs = 60 * 60 * 1000;

async function reconciled({ world, clock }: Stage): Promise<string[]> {
  clock.ms += 1000;
  await requestReconciliation(world.db, 1n, world.now());
  expect(await reconcile.runOnce(world, everything)).toBe(1);
  return kinds(world);
}

async function kinds(world: World): Promise<string[]> {
  const rows = await listDiscrepancies(world.db, 100, null);
  return rows
    .map((row) => `${row.kind}: ${row.itemReference ?? row.detail}`)
    .sort((a, b) => a.localeCompare(b));
}

it('corrects what differs, once, and says how much it looked at', async () => {
  const on = await stage(winners(7));
  await payOk(on.world);
  await workUntilRest(on.world);
  on.model.flip('winner-sel6-user6', 'returned');
  expect(await reconciled(on)).toEqual([]);
  expect(await reconciled(on)).toEqual([]);
  expect(await tally(on.world)).toEqual({ completed: 6, returned: 1 });
  const runs = await listRuns(on.world.db, null, 10);
  expect(runs.slice(0, 2).map((run) => [run.checked, run.corrected])).toEqual([
    [7, 0],
    [7, 1],
  ]);
  expect(await differences(on.world)).toEqual([]);
});

it('finds in both directions what is missing at the provider and what is not ours', async () => {
  const on = await stage(winners(5));
  await payOk(on.world);
  await workUntilRest(on.world);
  const [first] = on.model.batches[0]?.items ?? [];
  if (!first) throw new Error('nothing was sent');
  first.itemReference = 'somebody-else';
  expect(await reconciled(on)).toEqual(['missing_at_provider: 1 items', 'not_ours: somebody-else']);
});

it('compares a batch again every day for a month after it completed, though nobody asks', async () => {
  const on = await stage(winners(2));
  await payOk(on.world);
  await workUntilRest(on.world);
  const later = async (ms: number) => {
    on.clock.ms += ms;
    return reconcile.runOnce(on.world, everything);
  };
  expect(await later(25 * hourMs)).toBe(1);
  expect(await later(23 * hourMs)).toBe(0);
  on.model.flip('winner-sel1-user1', 'returned');
  expect(await later(2 * hourMs)).toBe(1);
  expect(await tally(on.world)).toEqual({ completed: 1, returned: 1 });
  expect(await later(23 * hourMs)).toBe(0);
  expect(await later(2 * hourMs)).toBe(1);
  expect(await later(40 * 24 * hourMs), 'once after the end, though nothing ran when it came').toBe(1);
  expect(await later(2 * 24 * hourMs)).toBe(0);
});

it('stays open and is repeated when the provider does not answer', async () => {
  const on = await stage(winners(2));
  await payOk(on.world);
  await workUntilRest(on.world);
  on.faults.on('read', 'lookup_lost');
  on.clock.ms += 1000;
  await requestReconciliation(on.world.db, 1n, on.world.now());
  expect(await reconcile.runOnce(on.world, everything)).toBe(0);
  expect(await reconcile.runOnce(on.world, everything), 'not at once').toBe(0);
  on.clock.ms += 2000;
  expect(await reconcile.runOnce(on.world, everything)).toBe(1);
  expect(await reconcile.runOnce(on.world, everything)).toBe(0);
});

it('asks less and less of what the provider says nothing about, compares the others meanwhile, and tells of it', async () => {
  const on = await stage(winners(2));
  await payOk(on.world);
  await workUntilRest(on.world);
  await seedCycle(
    on.world,
    '19',
    winners(2, (index) => ({ reference: `late${index}` })),
  );
  await payOk(on.world, '19');
  await workUntilRest(on.world);
  const [old, late] = on.model.batches;
  if (!old || !late) throw new Error('nothing was sent');
  const { id } = old;
  old.id = 'forgotten';
  on.clock.ms += 25 * hourMs;
  const begun = (await listRuns(on.world.db, null, 100)).length;
  const lateId = late.id;
  late.id = 'forgotten, too';
  expect(await reconcile.runOnce(on.world, everything)).toBe(0);
  const runs = await listRuns(on.world.db, null, 100);
  expect(runs.length - begun, 'one silence ends the round').toBe(1);
  late.id = lateId;
  let compared = 0;
  for (let second = 0; second < 300; second += 1) {
    compared += await reconcile.runOnce(on.world, everything);
    on.clock.ms += 1000;
  }
  expect(compared, 'the other one').toBe(1);
  // After 2, 4, 8 … 128 seconds.
  expect((await listRuns(on.world.db, null, 100)).length - begun - compared).toBe(8);
  expect(await openAlertsList(on.world.db, 10)).toMatchObject([{ kind: 'reconcile_unanswered' }]);
  old.id = id;
  await requestReconciliation(on.world.db, 1n, on.world.now());
  expect(await reconcile.runOnce(on.world, everything), 'asked for by a person: at once').toBe(1);
  expect(await openAlertsList(on.world.db, 10)).toEqual([]);
});

it('looks again when an event came while a look was under way, though its lease had run out', async () => {
  const on = await stage(winners(1));
  await payOk(on.world);
  await workUntilRest(on.world);
  const { db } = on.world;
  const [submission] = await submissionsOf(db, 1n);
  if (!submission) throw new Error('nothing was sent');
  const leased = await takeLease(
    db,
    submission.id,
    { owner: 'slow', leaseMs: 1000, takesOverDead: false },
    on.world.now(),
  );
  on.clock.ms += 5000;
  const heard = on.world.now();
  expect(await nudge(db, submission.provider, submission, heard)).toBe(1);
  await releaseLease(db, submission.id, leased?.fence ?? 0n, new Date(heard.getTime() + 40 * hourMs));
  expect(await submissionsOf(db, 1n)).toMatchObject([{ nextActionAt: heard, leaseUntil: null }]);
});

/** Rounds, each when it is due, until a batch is compared; answers how many it took. */
async function roundsUntilCompared({ world, clock }: Stage): Promise<number> {
  for (let round = 1; round <= 10; round += 1) {
    if ((await reconcile.runOnce(world, everything)) === 1) return round;
    clock.ms += 16_000;
  }
  throw new Error('is never compared');
}

it('leaves a batch three times to who is reading it, saying nothing of it, then takes over what it cut short, due at once', async () => {
  const on = await stage(winners(1));
  await payOk(on.world);
  await workUntilRest(on.world);
  const { db } = on.world;
  const [before] = await submissionsOf(db, 1n);
  const looking = { owner: 'looking', leaseMs: 600_000, takesOverDead: false };
  await openAlerts(
    db,
    [{ kind: 'reconciliation_mismatch', subject: await batchPublicId(db, 1n), facts: { count: 1 } }],
    on.world.now(),
  );
  const leased = await takeLease(db, before?.id ?? 0n, looking, on.world.now());
  on.clock.ms += 1000;
  await requestReconciliation(db, 1n, on.world.now());
  expect(await reconcile.runOnce(on.world, everything)).toBe(0);
  expect(await reconciledAt(db, 1n)).toBeNull();
  expect((await listRuns(db, 1n, 1))[0]).toMatchObject({ finishedAt: null, checked: 0 });
  expect(await openAlertsList(db, 10)).toMatchObject([{ kind: 'reconciliation_mismatch' }]);
  expect(await submissionsOf(db, 1n)).toMatchObject([{ fence: leased?.fence }]);
  on.clock.ms += 2000;
  expect(await roundsUntilCompared(on)).toBe(3);
  expect(await submissionsOf(db, 1n)).toMatchObject([{ nextActionAt: on.world.now(), leaseUntil: null }]);
  expect((await listRuns(db, 1n, 1))[0]).toMatchObject({ checked: 1, differences: 0 });
  expect(await openAlertsList(db, 10)).toEqual([]);
});
