import { sql } from 'kysely';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import * as poll from '../../src/engine/poll.ts';
import * as reconcile from '../../src/engine/reconcile.ts';
import { openAlerts, openAlertsList } from '../../src/store/alerts.ts';
import { batchPublicId } from '../../src/store/batches.ts';
import type { Db } from '../../src/store/db.ts';
import { openPostgres, run } from '../../src/store/db.ts';
import { endLeases, holdLiveness } from '../../src/store/liveness.ts';
import { listRuns, reconciledAt, requestReconciliation } from '../../src/store/reconciliations.ts';
import { submissionsOf, takeLease } from '../../src/store/submissions.ts';
import { migratedTemplate } from '../support/databases.ts';
import { throughGate } from '../support/gated-provider.ts';
import type { ModelProvider } from '../support/model-provider.ts';
import { createDatabase } from '../support/postgres.ts';
import { makeWorld, winners } from '../support/world.ts';
import type { StagedWorld } from '../store/stage.ts';
import { stageOn } from '../store/stage.ts';
import { everything, payOk, tally, workUntilRest } from './harness.ts';

// Two processes on one PostgreSQL, each with its own connections, that compare the same batch.

const batchId = 1n;
const people = 5;

let url = '';
let world: StagedWorld;

beforeEach(async () => {
  const database = await createDatabase(migratedTemplate);
  url = database.url;
  const db = connect();
  onTestFinished(async () => database[Symbol.asyncDispose]());
  world = await stageOn(db, winners(people));
  await payOk(world);
  await workUntilRest(world);
  world.clock.ms += 1000;
  await requestReconciliation(db, batchId, world.now());
});

function connect(): Db {
  const db = openPostgres(url);
  onTestFinished(async () => db.destroy());
  return db;
}

/** Another process, called `name`; what it reads of the provider passes `gate`. */
async function process(name: string, gate: () => Promise<void> = async () => undefined) {
  const provider = throughGate(world.model, async (what, moment) => {
    if (what === 'read' && moment === 'after') await gate();
  });
  const made = await makeWorld({ db: connect(), provider, clock: world.clock, worker: name });
  return { ...made, takesOverDead: true };
}

/** A process that stands still once it has read a page, until it is let go; it says that it lives until it is killed. */
async function standingStill(name: string) {
  const reached = Promise.withResolvers<undefined>();
  const goes = Promise.withResolvers<undefined>();
  const life = new AbortController();
  await holdLiveness(connect(), name, life.signal);
  onTestFinished(() => {
    goes.resolve(undefined);
    life.abort();
  });
  const made = await process(name, async () => {
    reached.resolve(undefined);
    await goes.promise;
  });
  return {
    world: made,
    reached: reached.promise,
    go: () => goes.resolve(undefined),
    die: () => life.abort(),
  };
}

const runs = async () => listRuns(world.db, batchId, 100);
const begun = async () => (await runs()).length;

it('compares a batch once at a time, however often it is asked for meanwhile', async () => {
  const before = await begun();
  const first = await standingStill('first');
  const second = await process('second');
  const comparing = reconcile.runOnce(first.world, everything);
  await first.reached;
  for (let asked = 0; asked < 5; asked += 1) {
    world.clock.ms += 150;
    await requestReconciliation(world.db, batchId, world.now());
    expect(await reconcile.runOnce(second, everything)).toBe(0);
  }
  expect((await begun()) - before).toBe(1);
  first.go();
  expect(await comparing).toBe(1);
  expect((await runs())[0]).toMatchObject({ checked: people });
  expect(await reconcile.runOnce(second, everything), 'what was asked for after it began').toBe(1);
});

it('is begun once by processes that begin at once', async () => {
  const before = await begun();
  const all = await Promise.all(['a', 'b', 'c', 'd'].map((name) => standingStill(name)));
  const comparing = Promise.all(all.map((each) => reconcile.runOnce(each.world, everything)));
  await Promise.any(all.map((each) => each.reached));
  for (const each of all) each.go();
  const finished = (await comparing).reduce((sum, count) => sum + count, 0);
  const finishedRuns = (await runs()).slice(0, (await begun()) - before);
  expect(finished).toBeGreaterThanOrEqual(1);
  expect(finishedRuns).toHaveLength(finished);
  for (const each of finishedRuns) expect(each).toMatchObject({ checked: people, differences: 0 });
});

it('is taken over from a process that died, and what that one says afterwards does not count', async () => {
  const before = await begun();
  const dead = await standingStill('dead');
  const comparing = reconcile.runOnce(dead.world, everything);
  await dead.reached;
  const second = await process('second');
  world.clock.ms += 3000;
  expect(await reconcile.runOnce(second, everything), 'it lives').toBe(0);
  dead.die();
  await expect.poll(async () => reconcile.runOnce(second, everything)).toBe(1);
  expect((await begun()) - before).toBe(2);
  dead.go();
  expect(await comparing).toBe(0);
  const [taken, lost] = await runs();
  expect(taken).toMatchObject({ checked: people, differences: 0 });
  expect(lost).toMatchObject({ finishedAt: null, checked: 0 });
});

it('stays open, counts for nothing and closes no alert when its lease was lost, and is tried again soon', async () => {
  const { db } = world;
  const mismatch = {
    kind: 'reconciliation_mismatch',
    subject: await batchPublicId(db, batchId),
    facts: { count: 1 },
  } as const;
  await openAlerts(db, [mismatch], world.now());
  const slow = await standingStill('slow');
  const comparing = reconcile.runOnce(slow.world, everything);
  await slow.reached;
  const [submission] = await submissionsOf(db, batchId);
  const thief = { owner: 'thief', leaseMs: 1000 };
  expect(await takeLease(db, submission?.id ?? 0n, thief, world.now())).toBeDefined();
  slow.go();
  expect(await comparing).toBe(0);
  expect((await runs())[0]).toMatchObject({ finishedAt: null, checked: 0 });
  expect(await reconciledAt(db, batchId)).toBeNull();
  expect(await openAlertsList(db, 10)).toMatchObject([{ kind: mismatch.kind }]);
  world.clock.ms += 2000;
  expect(await reconcile.runOnce(slow.world, everything)).toBe(1);
  expect((await runs())[0]).toMatchObject({ checked: people });
  expect(await openAlertsList(db, 10)).toEqual([]);
});

it('lets a poll under way come to its end, though it is asked for all the time', async () => {
  const model: ModelProvider = world.model;
  model.flip('winner-sel0-user0', 'returned');
  world.clock.ms += 24 * 3_600_000;
  const poller = await standingStill('poller');
  const other = await process('other');
  const polling = poll.runOnce(poller.world, everything);
  await poller.reached;
  await requestReconciliation(world.db, batchId, world.now());
  expect(await reconcile.runOnce(other, everything)).toBe(0);
  poller.go();
  expect(await polling).toBe(1);
  expect(await tally(world)).toEqual({ completed: people - 1, returned: 1 });
  world.clock.ms += 2000;
  expect(await reconcile.runOnce(other, everything)).toBe(1);
  expect((await runs())[0]).toMatchObject({ checked: people, corrected: 0 });
});

it('takes the lease of a process that died at once', async () => {
  const poller = await standingStill('poller');
  const other = await process('other');
  await run(world.db, sql`update submission set next_action_at = ${world.now()}, closed_at = null`);
  const polling = poll.runOnce(poller.world, everything);
  await poller.reached;
  poller.die();
  await expect.poll(async () => ((world.clock.ms += 2000), reconcile.runOnce(other, everything))).toBe(1);
  poller.go();
  await polling;
});

it('is free again when a process that owns the database alone begins', async () => {
  const slow = await standingStill('slow');
  const alone = { ...(await process('alone')), takesOverDead: false };
  const comparing = reconcile.runOnce(slow.world, everything);
  await slow.reached;
  slow.die();
  world.clock.ms += 3000;
  expect(await reconcile.runOnce(alone, everything)).toBe(0);
  await endLeases(world.db, world.now());
  expect(await reconcile.runOnce(alone, everything)).toBe(1);
  slow.go();
  expect(await comparing).toBe(0);
});
