import { parseArgs } from 'node:util';
import { closeIdle } from '../support/embedded-pool.ts';
import { SharedDatabase } from '../support/hooked-db.ts';
import { simulate } from './simulation.ts';

/** `node tests/sim/run.ts --seed N --schedules M [--trace]`: runs M schedules from seed N on; exit 1 names the seed. */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    schedules: { type: 'string', default: '1' },
    trace: { type: 'boolean', default: false },
  },
});
const first = Number(values.seed);
const count = Number(values.schedules);
const shared = await SharedDatabase.open();
const began = performance.now();
let payouts = 0;
for (let seed = first; seed < first + count; seed += 1) {
  await shared.reset();
  const result = await simulate(shared, seed);
  payouts += result.payouts;
  if (values.trace) process.stdout.write(`${result.trace.join('\n')}\n`);
  if (result.problems.length > 0) {
    process.stdout.write(`${result.trace.slice(-60).join('\n')}\n${result.problems.join('\n')}\n`);
    process.stdout.write(
      `seed ${seed} failed; node tests/sim/run.ts --seed ${seed} --trace shows it again\n`,
    );
    process.exitCode = 1;
    break;
  }
}
const seconds = ((performance.now() - began) / 1000).toFixed(1);
if (process.exitCode !== 1) {
  process.stdout.write(
    `${count} schedules from seed ${first}: ${payouts} payouts, nothing broken, ${seconds} s\n`,
  );
}
await shared.close();
await closeIdle();
