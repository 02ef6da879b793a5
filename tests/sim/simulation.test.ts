import { afterAll, beforeAll, expect, it } from 'vitest';
import { SharedDatabase } from '../support/hooked-db.ts';
import { simulate } from './simulation.ts';

let shared: SharedDatabase;
beforeAll(async () => {
  shared = await SharedDatabase.open();
});
afterAll(async () => {
  await shared.close();
});

/** Seeds run with every test; `node tests/sim/run.ts` runs as many as wanted. */
const seedFirst = 1;
const seeds = 60;

it('pays nobody twice and loses nobody, whatever the schedule', async () => {
  let payouts = 0;
  for (let seed = seedFirst; seed < seedFirst + seeds; seed += 1) {
    await shared.reset();
    const result = await simulate(shared, seed);
    const again = `node tests/sim/run.ts --seed ${seed} --trace`;
    expect(result.problems, `${again}\n${result.trace.slice(-40).join('\n')}`).toEqual([]);
    payouts += result.payouts;
  }
  process.stdout.write(`${seeds} schedules, ${payouts} payouts\n`);
  expect(payouts).toBeGreaterThan(seeds * 5);
}, 600_000);

it('does the same again for the same seed', async () => {
  const runs: string[][] = [];
  for (let run = 0; run < 2; run += 1) {
    await shared.reset();
    const { trace, calls, payouts } = await simulate(shared, 4711);
    runs.push([...trace, `${calls} calls, ${payouts} payouts`]);
  }
  expect(runs[1]).toEqual(runs[0]);
});
