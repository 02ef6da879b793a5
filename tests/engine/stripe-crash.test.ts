import { afterAll, beforeAll, expect, it } from 'vitest';
import { retryFailed } from '../../src/actions/batches.ts';
import { listBatches } from '../../src/store/batches.ts';
import type { StripeProvider } from '../../src/providers/stripe/provider.ts';
import { SharedDatabase } from '../support/hooked-db.ts';
import type { Process } from '../support/machine.ts';
import { KilledError, Machine } from '../support/machine.ts';
import { seedCycle, startOfTime } from '../support/world.ts';
import type { StripeSide } from './stripe-stage.ts';
import { brokenWithStripe, creators, openSide, payThrough, workUntilQuiet } from './stripe-stage.ts';

// The engine over the real Stripe provider and Stripe's side of the sandbox, killed around its calls and commits.

/** Deaths a run may need before it is called endless. */
const livesMax = 6;
/** Of all points every so many is tried, and every second call; a run takes a second or two. Which ones moves with the length of the run. */
const stride = 9;
const dayHalfMs = 12 * 3_600_000 + 60_000;

let shared: SharedDatabase;
beforeAll(async () => {
  shared = await SharedDatabase.open();
});
afterAll(() => shared.close());

interface Survived {
  readonly problems: string[];
  readonly passed: readonly string[];
  readonly deaths: number;
}

/** Creators are paid with refusals, lost answers and a reversal; the n-th process dies at its `kills[n]`-th point. */
async function survive(kills: readonly number[]): Promise<Survived> {
  await shared.reset();
  const clock = { ms: startOfTime };
  const side = await openSide(clock);
  try {
    const order = { provider: 'stripe', method: 'POST', path: '/v1/transfers', times: 1 };
    const rules = ['drop_after', 'rate_limit', 'drop_before', 'error_500_before'];
    await side.client.control('POST', 'faults', { rules: rules.map((fault) => ({ ...order, fault })) });
    const machine = new Machine(shared, side.provider, clock);
    machine.open = true;
    let passed: readonly string[] = [];
    for (let life = 0; life < livesMax; life += 1) {
      const process = await machine.start();
      process.killIn = kills[life] ?? null;
      const ended = await live(process, machine, side);
      if (life === 0) passed = process.passed;
      if (ended) return { problems: await brokenWithStripe(shared.connect(), side), passed, deaths: life };
      await pass(clock, side, process.world.sendLeaseMs + 1000);
    }
  } finally {
    await side.close();
  }
  throw new Error('the run does not end');
}

async function pass(clock: { ms: number }, { client }: StripeSide, ms: number): Promise<void> {
  clock.ms += ms;
  await client.advance(Math.ceil(ms / 1000));
}

async function live(process: Process, machine: Machine<StripeProvider>, side: StripeSide): Promise<boolean> {
  try {
    await payEverybody(process, machine, side);
    return true;
  } catch (error) {
    if (!(error instanceof KilledError)) throw error;
    await machine.settle();
    return false;
  }
}

async function payEverybody(
  { world }: Process,
  { clock }: Machine<StripeProvider>,
  side: StripeSide,
): Promise<void> {
  const move = async (ms: number) => pass(clock, side, ms);
  await seedCycle(world, '18', creators(['', 'failed', 'reversed', '', 'insufficient']));
  await payThrough(world, 'stripe');
  await workUntilQuiet(world, move);
  const first = (await listBatches(world.db, null, 10, null)).at(-1);
  const input = { batchPublicId: first?.publicId ?? '', startedBy: 'ann' };
  const retried = await retryFailed(world, world.providers.of('stripe'), input);
  if (!retried.ok && retried.code !== 'batch_already_active') throw new Error(retried.code);
  await workUntilQuiet(world, move);
  await pass(clock, side, dayHalfMs);
  await workUntilQuiet(world, move);
}

it('survives a death around commits and calls: nobody is paid twice, nobody is lost', async () => {
  const whole = await survive([]);
  expect(whole.problems).toEqual([]);
  const kinds = new Set(whole.passed);
  expect([...kinds].sort()).toEqual(
    ['commit', 'read', 'send', 'statement'].flatMap((what) => [`before ${what}`, `after ${what}`]).sort(),
  );
  const calls = [...whole.passed.entries()].filter(([, point]) => point.endsWith('send')).map(([at]) => at);
  const spread = [...whole.passed.keys()].filter((at) => at % stride === 0);
  const points = [...new Set([...calls.filter((_, index) => index % 2 === 0), ...spread])];
  const broken: string[] = [];
  for (const at of points) {
    const { problems, deaths } = await survive([at + 1]);
    const where = `killed ${whole.passed[at] ?? ''}, point ${at + 1}`;
    // Calls travel side by side, so how many points a life has differs by a few.
    if (deaths > 1) broken.push(`${where}: ${deaths} deaths`);
    broken.push(...problems.map((problem) => `${where}: ${problem}`));
  }
  process.stdout.write(`${points.length} of ${whole.passed.length} crash points\n`);
  expect(broken).toEqual([]);
  expect(points.length).toBeGreaterThanOrEqual(20);
}, 600_000);

it('survives a second death while it recovers from the first', async () => {
  const broken: string[] = [];
  for (const [first, second] of [
    [12, 7],
    [20, 16],
    [31, 9],
    [40, 23],
    [52, 11],
    [64, 30],
  ] as const) {
    const { problems } = await survive([first, second]);
    broken.push(...problems.map((problem) => `killed at ${first} and ${second}: ${problem}`));
  }
  expect(broken).toEqual([]);
}, 120_000);
