import type { Db } from '../../src/store/db.ts';
import { all } from '../../src/store/db.ts';
import { nextDue } from '../../src/store/submissions.ts';
import { runRound } from '../../src/engine/service.ts';
import { requestReconciliation } from '../../src/store/reconciliations.ts';
import { sql } from 'kysely';
import type { SharedDatabase } from '../support/hooked-db.ts';
import type { Call, Fault } from '../support/model-provider.ts';
import { ModelProvider, readFaults, sendFaults } from '../support/model-provider.ts';
import { seedCycle, startOfTime } from '../support/world.ts';
import { brokenAtRest, brokenBooks, overpaid } from '../support/invariants.ts';
import type { Process } from '../support/machine.ts';
import { Machine } from '../support/machine.ts';
import { Random } from './random.ts';
import type { Simulation } from './state.ts';
import { crowd, hourMs, skew } from './state.ts';
import { steps } from './steps.ts';

/** What one seed did, for people who read a failure. */
export interface SimulationResult {
  readonly seed: number;
  readonly problems: string[];
  readonly trace: string[];
  readonly payouts: number;
  readonly calls: number;
}

const stepsPerScheduleMax = 140;
const stepsPerScheduleMin = 60;
const workersMin = 2;
const workersMax = 4;
/** The books are checked every so many steps; the provider's truth after each. */
const stepsPerVerify = 25;
/** Rounds a schedule may need to come to rest when nothing goes wrong any more. */
const restRoundsMax = 250;

/** Runs the schedule of a seed on an empty database; the same seed does the same. */
export async function simulate(shared: SharedDatabase, seed: number): Promise<SimulationResult> {
  const random = new Random(seed);
  const trace: string[] = [];
  const problems: string[] = [];
  const clock = { ms: startOfTime };
  const faultRate = random.pick([0, 0.1, 0.3, 0.5]) ?? 0;
  const faults = { on: true };
  const fault = (call: Call): Fault => {
    if (!faults.on || !random.chance(faultRate)) return 'none';
    return random.pick<Fault>(call === 'send' ? sendFaults : readFaults) ?? 'none';
  };
  const model = new ModelProvider(fault, () => clock.ms);
  model.settleAfterMs = random.pick([0, 20_000, 2 * hourMs]) ?? 0;
  const machine = new Machine(shared, model, clock);
  const sim = await begin(machine, random, trace);
  const count = stepsPerScheduleMin + random.int(stepsPerScheduleMax - stepsPerScheduleMin);
  for (let step = 0; step < count && problems.length === 0; step += 1) {
    await steps(sim);
    await machine.settle();
    problems.push(...overpaid(model), ...failures(machine));
    if (step % stepsPerVerify === 0) problems.push(...(await brokenBooks(shared.connect())));
  }
  faults.on = false;
  if (problems.length === 0) {
    problems.push(...(await comeToRest(sim)), ...failures(machine));
    if (problems.length === 0) {
      problems.push(...(await brokenAtRest(shared.connect(), model, new Date(clock.ms))));
    }
  }
  machine.open = true;
  while (machine.waiting.length > 0) machine.waiting[0]?.drop();
  await machine.settle();
  const payouts = await all(shared.connect(), sql<{ n: bigint }>`select count(*) as n from payout`);
  return { seed, problems, trace, payouts: Number(payouts[0]?.n ?? 0n), calls: model.arrivals.length };
}

function failures(machine: Machine): string[] {
  return machine.failures
    .splice(0)
    .map((error) => (error instanceof Error ? `threw ${error.stack ?? error.message}` : String(error)));
}

async function begin(machine: Machine, random: Random, trace: string[]): Promise<Simulation> {
  const operator = await machine.start();
  const workers: Process[] = [];
  const count = workersMin + random.int(workersMax - workersMin + 1);
  for (let index = 0; index < count; index += 1) workers.push(await machine.start(skew(random)));
  const cycles = ['c1', 'c2'];
  const sim: Simulation = {
    random,
    machine,
    people: 4 + random.int(14),
    cycles,
    workers,
    operator,
    told: [],
    note: (what) => void trace.push(`${trace.length} ${what}`),
  };
  for (const cycle of cycles) await seedCycle(operator.world, cycle, crowd(sim, cycle));
  return sim;
}

/** Faults are over: waiting calls go on, the clock runs, until nothing is due that could change anything. */
async function comeToRest(sim: Simulation): Promise<string[]> {
  const { machine, random } = sim;
  for (const process of sim.workers) process.killIn = null;
  while (machine.waiting.length > 0) {
    random.pick(machine.waiting)?.go();
    await machine.settle();
  }
  machine.open = true;
  await machine.settle();
  const last = await machine.start();
  for (let round = 0; round < restRoundsMax; round += 1) {
    machine.run(last, (world) => runRound(world, { batchId: null }));
    await machine.settle();
    if (machine.failures.length > 0) return [];
    if (await isQuiet(sim)) return finish(sim, last);
    const dues = [
      await nextDue(last.world.db, 'send', null),
      await nextDue(last.world.db, 'poll', null),
      await nextRetry(last.world.db),
    ];
    const next = Math.min(...dues.map((due) => due?.getTime() ?? Infinity));
    machine.clock.ms = Math.max(machine.clock.ms + 1000, Number.isFinite(next) ? next : 0);
  }
  return ['does not come to rest'];
}

/** Nothing is on its way: what is left is finished, unclaimed, held, or has outlived its key and waits for a person. */
async function isQuiet(sim: Simulation): Promise<boolean> {
  const now = new Date(sim.machine.clock.ms);
  const rows = await all(
    sim.operator.world.db,
    sql<{
      n: bigint;
    }>`select count(*) as n from payout_attempt a left join submission s on s.id = a.submission_id
      where a.state = 'pending' and not (s.state in ('sending', 'unknown') and s.key_valid_until - interval '1 hour' <= ${now})`,
  );
  return rows[0]?.n === 0n && (await nextRetry(sim.operator.world.db)) === null;
}

/** When the first payout is tried again by itself; one of a cycle that is being paid waits, perhaps for a person, and is left out. */
async function nextRetry(db: Db): Promise<Date | null> {
  const rows = await all(
    db,
    sql<{ at: Date | null }>`select min(next_retry_at) as at from payout p
    where not exists (select 1 from payout_batch b where b.cycle_id = p.cycle_id and b.state in ('preparing', 'processing'))`,
  );
  return rows[0]?.at ?? null;
}

/** Every batch is reconciled once more, so that what changed after the last look is known. */
async function finish(sim: Simulation, last: Process): Promise<string[]> {
  const { machine } = sim;
  // Beyond every skewed clock that may have written a completion.
  machine.clock.ms += hourMs;
  const batches = await all(last.world.db, sql<{ id: bigint }>`select id from payout_batch`);
  for (const { id } of batches) {
    await requestReconciliation(last.world.db, id, new Date(machine.clock.ms));
  }
  for (let round = 0; round < batches.length + 2; round += 1) {
    machine.run(last, (world) => runRound(world, { batchId: null }));
    await machine.settle();
  }
  return [];
}
