import { sql } from 'kysely';
import { cancelBatch, processCycle, retryFailed } from '../../src/actions/batches.ts';
import { runRound } from '../../src/engine/service.ts';
import { openAlertsList } from '../../src/store/alerts.ts';
import { all } from '../../src/store/db.ts';
import { storeProviderEvent } from '../../src/store/provider-events.ts';
import { nextDue } from '../../src/store/submissions.ts';
import { verify } from '../../src/store/verify.ts';
import { SharedDatabase } from '../support/hooked-db.ts';
import type { Call, Fault } from '../support/model-provider.ts';
import { ModelProvider } from '../support/model-provider.ts';
import type { World, Winner } from '../support/world.ts';
import { makeWorld, seedCycle, startOfTime } from '../support/world.ts';

export const everything = { batchId: null };
export const leaseMs = 120_001;
const roundsMax = 200;

/** A provider with faults queued per call: `send` first, then whatever comes. */
class Faults {
  private readonly queue: Record<Call, Fault[]> = { send: [], read: [] };
  always: Partial<Record<Call, Fault>> = {};

  next = (call: Call): Fault => this.queue[call].shift() ?? this.always[call] ?? 'none';

  on(call: Call, ...faults: Fault[]): void {
    this.queue[call].push(...faults);
  }
}

export interface Stage {
  readonly world: World;
  readonly model: ModelProvider;
  readonly faults: Faults;
  readonly clock: { ms: number };
}

let database: Promise<SharedDatabase> | undefined;

/** One database per test file, emptied for each test: making one takes seconds. */
async function emptyDatabase(): Promise<SharedDatabase> {
  if (!database) return (database = SharedDatabase.open());
  const shared = await database;
  await shared.reset();
  return shared;
}

/** A world whose provider fails as told, on a clock of its own; `people` are in cycle 18, not paid yet. */
export async function stage(people: readonly Winner[]): Promise<Stage> {
  const clock = { ms: startOfTime };
  const faults = new Faults();
  const model = new ModelProvider(faults.next, () => clock.ms);
  const shared = await emptyDatabase();
  const world = await makeWorld({ db: shared.connect(), provider: model, clock });
  await seedCycle(world, '18', people);
  return { world, model, faults, clock };
}

/** Another process on the same database and provider. */
export async function another(from: Stage, provider: World['provider'] = from.model): Promise<World> {
  return makeWorld({ db: from.world.db, provider, clock: from.clock });
}

export async function pay(world: World, newOnly = false, cyclePublicId = '18') {
  const input = { cyclePublicId, startedBy: 'ann', notes: null, earningIds: null, newOnly };
  return processCycle(world, world.provider, input);
}

/** Pays the cycle and answers the batch's id; fails when it is refused. */
export async function payOk(world: World, cycle = '18'): Promise<string> {
  const outcome = await pay(world, false, cycle);
  if (!outcome.ok) throw new Error(outcome.code);
  return outcome.value.batchId;
}

export async function retry(world: World, batchPublicId: string) {
  return retryFailed(world, world.provider, { batchPublicId, startedBy: 'ann' });
}

export async function cancel(world: World, batchPublicId: string) {
  return cancelBatch(world, { batchPublicId, actor: 'ann' });
}

/** Rounds, with the clock running to whatever is due, until no payout is on its way. */
export async function workUntilRest(world: World): Promise<void> {
  for (let round = 0; round < roundsMax; round += 1) {
    const before = await tally(world);
    await runRound(world, everything);
    // The round after the last one that changed something reconciles.
    if (!isMoving(before)) return;
    const dues = await Promise.all([nextDue(world.db, 'send', null), nextDue(world.db, 'poll', null)]);
    const due = Math.min(...dues.map((at) => at?.getTime() ?? Infinity));
    world.advance(Math.max(Number.isFinite(due) ? due - world.now().getTime() : 0, 1000));
  }
  throw new Error('does not come to rest');
}

function isMoving(counts: Record<string, number>): boolean {
  return ['queued', 'sending', 'sent'].some((state) => (counts[state] ?? 0) > 0);
}

/** States of the payouts in the order they were made. */
export async function states(world: World): Promise<string[]> {
  const rows = await all(world.db, sql<{ state: string }>`select state from payout order by id`);
  return rows.map((row) => row.state);
}

/** How many payouts are in each state. */
export async function tally(world: World): Promise<Record<string, number>> {
  const groups = Map.groupBy(await states(world), (state) => state);
  return Object.fromEntries([...groups].map(([state, list]) => [state, list.length]));
}

export async function submissionStates(world: World): Promise<string[]> {
  const rows = await all(world.db, sql<{ state: string }>`select state from submission order by id`);
  return rows.map((row) => row.state);
}

export async function alertKinds(world: World): Promise<string[]> {
  return (await openAlertsList(world.db, 100)).map((alert) => alert.kind).sort();
}

export async function differences(world: World): Promise<unknown[]> {
  return (await verify(world.db, world.vault)).differences;
}

/** An event as the webhook route stores it once its signature was good. */
export async function tell(
  world: World,
  eventId: string,
  pointer: { providerBatchId: string | null; providerKey?: string | null },
): Promise<boolean> {
  const event = { provider: 'paypal', eventId, type: 'PAYMENT.PAYOUTSBATCH.SUCCESS', body: '{}' };
  return storeProviderEvent(world.db, world.vault, { ...event, providerKey: null, ...pointer }, world.now());
}
