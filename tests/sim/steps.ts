import { sql } from 'kysely';
import { cancelBatch, processCycle, retryFailed } from '../../src/actions/batches.ts';
import type { ItemStatus } from '../../src/core/attempt.ts';
import * as poll from '../../src/engine/poll.ts';
import * as receive from '../../src/engine/receive.ts';
import * as reconcile from '../../src/engine/reconcile.ts';
import * as retrying from '../../src/engine/retry.ts';
import * as send from '../../src/engine/send.ts';
import { runRound } from '../../src/engine/service.ts';
import { all } from '../../src/store/db.ts';
import { storeProviderEvent } from '../../src/store/provider-events.ts';
import { requestReconciliation } from '../../src/store/reconciliations.ts';
import { seedCycle } from '../support/world.ts';
import type { Simulation } from './state.ts';
import { crowd, dayMs, hourMs, skew } from './state.ts';

type Step = (sim: Simulation) => Promise<void>;

/** What can happen next, with how often. */
const choices: readonly [number, Step][] = [
  [30, goOn],
  [22, work],
  [10, tick],
  [5, pay],
  [4, retry],
  [2, cancel],
  [5, kill],
  [6, tell],
  [5, flip],
  [2, importAgain],
  [2, askReconcile],
];
const total = choices.reduce((sum, [weight]) => sum + weight, 0);

/** One step of a schedule, chosen by its seed. */
export async function steps(sim: Simulation): Promise<void> {
  let at = sim.random.int(total);
  for (const [weight, step] of choices) {
    at -= weight;
    if (at < 0) return step(sim);
  }
}

/** A call that waits goes on: its request arrives, or its answer does. A request of a dead process may also be lost. */
async function goOn(sim: Simulation): Promise<void> {
  const call = sim.random.pick(sim.machine.waiting);
  if (!call) return work(sim);
  const lost = call.process.dead && sim.random.chance(0.4);
  sim.note(`${call.process.name} ${call.what} ${call.moment} ${lost ? 'is lost' : 'goes on'}`);
  if (lost) call.drop();
  else call.go();
}

/** An idle worker begins something. */
async function work(sim: Simulation): Promise<void> {
  await Promise.resolve();
  const idle = sim.workers.filter((process) => process.task === null && !process.dead);
  const process = sim.random.pick(idle);
  if (!process) return;
  const all = { batchId: null };
  const [name, run] = sim.random.pick(services) ?? services[0];
  sim.note(`${process.name} begins ${name}`);
  sim.machine.run(process, (world) => run(world, all));
}

type Service = (ctx: Simulation['operator']['world'], round: { batchId: null }) => Promise<unknown>;
const services: readonly [[string, Service], ...[string, Service][]] = [
  ['a round', runRound],
  ['a round', runRound],
  ['send', send.runOnce],
  ['poll', poll.runOnce],
  ['receive', (ctx) => receive.runOnce(ctx)],
  ['reconcile', reconcile.runOnce],
  ['automatic retries', (ctx) => retrying.runOnce(ctx)],
];

/** Time passes: seconds, a lease, hours, rarely more than the life of a key. */
async function tick(sim: Simulation): Promise<void> {
  await Promise.resolve();
  const { random, machine } = sim;
  const far = random.chance(0.04);
  // A request that waited longer than the provider remembers keys is no request any more.
  if (far && machine.waiting.length > 0) return;
  const ms = far
    ? 31 * dayMs
    : (random.pick([
        1000,
        5000,
        20_000,
        20_000,
        60_000,
        130_000,
        130_000,
        900_000,
        6 * hourMs,
        13 * hourMs,
      ]) ?? 0);
  machine.clock.ms += ms;
  sim.note(`${ms / 1000} s pass`);
}

/** An operator pays a cycle; often one that is being paid. */
async function pay(sim: Simulation): Promise<void> {
  const cyclePublicId = sim.random.pick(sim.cycles) ?? '';
  const { world } = sim.operator;
  const input = {
    cyclePublicId,
    startedBy: 'ann',
    notes: null,
    earningIds: null,
    newOnly: sim.random.chance(0.3),
  };
  const outcome = await processCycle(world, world.provider, input);
  sim.note(`pay ${cyclePublicId}: ${outcome.ok ? `${outcome.value.totalItems} items` : outcome.code}`);
}

async function someBatch(sim: Simulation): Promise<{ id: bigint; publicId: string } | undefined> {
  const rows = await all(
    sim.operator.world.db,
    sql<{ id: bigint; publicId: string }>`select id, public_id as "publicId" from payout_batch order by id`,
  );
  return sim.random.pick(rows);
}

async function retry(sim: Simulation): Promise<void> {
  const batch = await someBatch(sim);
  if (!batch) return;
  const { world } = sim.operator;
  const outcome = await retryFailed(world, world.provider, {
    batchPublicId: batch.publicId,
    startedBy: 'bob',
  });
  sim.note(`retry batch ${batch.id}: ${outcome.ok ? `${outcome.value.totalItems} items` : outcome.code}`);
}

async function cancel(sim: Simulation): Promise<void> {
  const batch = await someBatch(sim);
  if (!batch) return;
  const outcome = await cancelBatch(sim.operator.world, { batchPublicId: batch.publicId, actor: 'ann' });
  sim.note(`cancel batch ${batch.id}: ${outcome.ok ? `${outcome.value.cancelled} items` : outcome.code}`);
}

/** A worker dies, now or some commits and calls later; another one starts. */
async function kill(sim: Simulation): Promise<void> {
  const { random, machine } = sim;
  const victim = random.pick(sim.workers.filter((process) => !process.dead));
  if (victim && random.chance(0.5)) victim.dead = true;
  else if (victim) victim.killIn = 1 + random.int(8);
  for (const dead of sim.workers.filter((process) => process.dead)) {
    sim.workers = [...sim.workers.filter((process) => process !== dead), await machine.start(skew(random))];
    sim.note(`${dead.name} is dead, ${sim.workers.at(-1)?.name} starts`);
  }
}

/** An event of the provider: new, told again, about somebody else's batch, or about a batch we do not know yet. */
async function tell(sim: Simulation): Promise<void> {
  const { random, machine } = sim;
  const again = random.chance(0.3) ? random.pick(sim.told) : undefined;
  const batch = random.pick(machine.model.batches);
  const stranger = { batchId: `STRANGER${random.int(5)}`, key: `stranger-${random.int(5)}` };
  const about = batch && random.chance(0.8) ? { batchId: batch.id, key: batch.key } : stranger;
  const event = again ?? { eventId: `WH-${sim.told.length}`, ...about };
  if (!again) sim.told.push(event);
  const stored = { provider: 'paypal', type: 'PAYMENT.PAYOUTS-ITEM', body: '{}', eventId: event.eventId };
  const pointer = { providerBatchId: event.batchId, providerKey: random.chance(0.5) ? event.key : null };
  const { db, vault } = sim.operator.world;
  await storeProviderEvent(db, vault, { ...stored, ...pointer }, new Date(machine.clock.ms));
  sim.note(`event ${event.eventId} about ${event.batchId}`);
}

const flips: Readonly<Record<string, readonly ItemStatus[]>> = {
  unclaimed: ['completed', 'returned', 'failed', 'held'],
  completed: ['returned'],
  held: ['completed', 'failed', 'returned', 'unclaimed'],
};

/** The provider changes its mind about an item, as it may. */
async function flip(sim: Simulation): Promise<void> {
  const { random, machine } = sim;
  const batch = random.pick(machine.model.batches);
  const item = random.pick(batch?.items ?? []);
  const to = random.pick(flips[item?.status ?? ''] ?? []);
  if (!batch || !item || !to || (item.status === 'completed' && random.chance(0.6))) return;
  sim.note(`${item.itemReference} turns from ${item.status} to ${to}`);
  machine.model.flip(item.itemReference, to);
  if (!random.chance(0.7)) return;
  const event = { eventId: `WH-${sim.told.length}`, batchId: batch.id, key: batch.key };
  sim.told.push(event);
  const stored = { provider: 'paypal', eventId: event.eventId, type: 'PAYMENT.PAYOUTS-ITEM', body: '{}' };
  const pointer = { providerBatchId: batch.id, providerKey: null };
  const { db, vault } = sim.operator.world;
  await storeProviderEvent(db, vault, { ...stored, ...pointer }, new Date(machine.clock.ms));
}

/** The same file again, sometimes with a corrected address. */
async function importAgain(sim: Simulation): Promise<void> {
  const cycle = sim.random.pick(sim.cycles) ?? '';
  const people = crowd(sim, cycle);
  const mended = people.map((person) =>
    sim.random.chance(0.2) ? { ...person, email: `${person.payee}@example.com` } : person,
  );
  await seedCycle(sim.operator.world, cycle, sim.random.chance(0.5) ? mended : people);
  sim.note(`import ${cycle} again`);
}

async function askReconcile(sim: Simulation): Promise<void> {
  const batch = await someBatch(sim);
  if (!batch) return;
  await requestReconciliation(sim.operator.world.db, batch.id, new Date(sim.machine.clock.ms));
  sim.note(`reconcile batch ${batch.id}`);
}
