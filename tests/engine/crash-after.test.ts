import { afterAll, beforeAll, expect, it } from 'vitest';
import { SharedDatabase } from '../support/hooked-db.ts';
import { surviveAll, survive } from './crash.ts';

let shared: SharedDatabase;
beforeAll(async () => {
  shared = await SharedDatabase.open();
});
afterAll(async () => {
  await shared.close();
});

it('survives a death after every commit and after every call to the provider', async () => {
  const { summary, count, broken } = await surviveAll(shared, 'after');
  process.stdout.write(`${summary}\n`);
  expect(broken).toEqual([]);
  expect(count).toBeGreaterThanOrEqual(80);
}, 600_000);

const pairs = 16;

it('survives a second death while it recovers from the first', async () => {
  const { passed } = await survive(shared, []);
  const broken: string[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    // Two strides without a common divisor spread the pairs over the whole run.
    const first = 1 + ((pair * 37) % passed.length);
    const second = 1 + ((pair * 53) % 60);
    const { problems } = await survive(shared, [first, second]);
    broken.push(...problems.map((problem) => `killed at ${first} and ${second}: ${problem}`));
  }
  expect(broken).toEqual([]);
}, 600_000);
