import { sql } from 'kysely';
import { processCycle, retryFailed } from '../../src/actions/batches.ts';
import { runRound } from '../../src/engine/service.ts';
import { one } from '../../src/store/db.ts';
import { storeProviderEvent } from '../../src/store/provider-events.ts';
import { nextDue } from '../../src/store/submissions.ts';
import type { SharedDatabase } from '../support/hooked-db.ts';
import { brokenAtRest } from '../support/invariants.ts';
import { KilledError, Machine, type Process } from '../support/machine.ts';
import type { Fault } from '../support/model-provider.ts';
import { ModelProvider } from '../support/model-provider.ts';
import { seedCycle, startOfTime, type World, winners } from '../support/world.ts';

/** Faults of the sends of the scenario, in turn. */
const sendFaults: readonly Fault[] = ['none', 'lost_after', 'rate_limited', 'lost_before', 'none'];
const roundsMax = 80;
const roundMs = 5000;
/** Deaths a run may need before it is called endless. */
const livesMax = 6;

/** What came of a run in which processes died at the given points. */
export interface Survived {
  readonly problems: string[];
  /** Commits and calls that the first process came through. */
  readonly passed: readonly string[];
  readonly deaths: number;
}

/**
 * A file of winners is paid, with every kind of fate, a lost answer, a poison item and a retry of what failed; the n-th
 * process dies at its `kills[n]`-th point. Whoever is started next does the same from the beginning, as a person would.
 */
export async function survive(shared: SharedDatabase, kills: readonly number[]): Promise<Survived> {
  await shared.reset();
  const clock = { ms: startOfTime };
  let sends = 0;
  const fault = (call: string): Fault =>
    call === 'send' ? (sendFaults[sends++ % sendFaults.length] ?? 'none') : 'none';
  const model = new ModelProvider(fault, () => clock.ms);
  const machine = new Machine(shared, model, clock);
  machine.open = true;
  let passed: readonly string[] = [];
  for (let life = 0; life < livesMax; life += 1) {
    const process = await machine.start();
    process.killIn = kills[life] ?? null;
    const ended = await live(process, machine);
    if (life === 0) passed = process.passed;
    if (!ended) {
      clock.ms += process.world.sendLeaseMs + 1;
      continue;
    }
    const problems = await brokenAtRest(shared.connect(), model, new Date(clock.ms));
    return { problems, passed, deaths: life };
  }
  throw new Error('the run does not end');
}

/**
 * Runs the scenario once for every point of one moment, found by running it, so a new commit or call is covered without
 * anybody naming it.
 */
export async function surviveAll(
  shared: SharedDatabase,
  moment: 'before' | 'after',
): Promise<{ summary: string; count: number; broken: string[] }> {
  const whole = await survive(shared, []);
  const broken = [...whole.problems];
  const points = [...whole.passed.entries()].filter(([, point]) => point.startsWith(moment));
  for (const [index, point] of points) {
    const { problems, deaths } = await survive(shared, [index + 1]);
    const where = `killed ${point}, point ${index + 1}`;
    if (deaths !== 1) broken.push(`${where}: ${deaths} deaths`);
    broken.push(...problems.map((problem) => `${where}: ${problem}`));
  }
  const kinds = [...Map.groupBy(points, ([, point]) => point)].map(
    ([kind, list]) => `${list.length} ${kind}`,
  );
  return { summary: `${points.length} crash points: ${kinds.join(', ')}`, count: points.length, broken };
}

async function live(process: Process, machine: Machine): Promise<boolean> {
  try {
    await payEverybody(process.world, machine);
    return true;
  } catch (error) {
    if (!(error instanceof KilledError)) throw error;
    await machine.settle();
    return false;
  }
}

async function payEverybody(world: World, machine: Machine): Promise<void> {
  const fates = ['', '+failed', '', '+unclaimed', '+poison', '', '+onhold'];
  const people = winners(10, (index) => ({
    email: index === 1 ? 'nowhere' : `user${index}${fates[index % fates.length]}@example.com`,
  }));
  await seedCycle(world, '18', people);
  const input = { cyclePublicId: '18', startedBy: 'ann', notes: null, earningIds: null, newOnly: true };
  await processCycle(world, world.provider, input);
  await workUntilQuiet(world, machine);
  // The provider ends its review; the batch can complete.
  for (const item of machine.model.batches.flatMap((batch) => batch.items)) {
    if (item.status === 'held') machine.model.flip(item.itemReference, 'completed');
  }
  await workUntilQuiet(world, machine, ['pending', 'held']);
  const first = await one(
    world.db,
    sql<{ id: string }>`select public_id as id from payout_batch order by id limit 1`,
  );
  const retried = await retryFailed(world, world.provider, {
    batchPublicId: first?.id ?? '',
    startedBy: 'ann',
  });
  if (!retried.ok) throw new Error(`the retry was refused: ${retried.code}`);
  await hint(world, machine);
  await workUntilQuiet(world, machine);
}

async function nextDueMs(world: World): Promise<number> {
  const dues = await Promise.all([nextDue(world.db, 'send', null), nextDue(world.db, 'poll', null)]);
  return Math.min(...dues.map((due) => due?.getTime() ?? Infinity));
}

/** An event of the provider about its last batch. */
async function hint(world: World, machine: Machine): Promise<void> {
  const batch = machine.model.batches.at(-1);
  const event = { provider: 'paypal', eventId: 'WH-1', type: 'PAYMENT.PAYOUTSBATCH.SUCCESS', body: '{}' };
  const pointer = { providerBatchId: batch?.id ?? null, providerKey: batch?.key ?? null };
  await storeProviderEvent(world.db, world.vault, { ...event, ...pointer }, world.now());
}

async function workUntilQuiet(world: World, machine: Machine, open = ['pending']): Promise<void> {
  for (let round = 0; round < roundsMax; round += 1) {
    const did = await runRound(world, { batchId: null });
    const left = await one(
      world.db,
      sql<{ n: bigint }>`select count(*) as n from payout_attempt where state::text = any(${open}::text[])`,
    );
    if (did === 0 && left?.n === 0n) return;
    machine.clock.ms = Math.max(machine.clock.ms + roundMs, did > 0 ? 0 : await nextDueMs(world));
  }
  throw new Error('does not come to rest');
}
