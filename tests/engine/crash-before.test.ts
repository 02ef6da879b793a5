import { afterAll, beforeAll, expect, it } from 'vitest';
import { SharedDatabase } from '../support/hooked-db.ts';
import { surviveAll } from './crash.ts';

let shared: SharedDatabase;
beforeAll(async () => {
  shared = await SharedDatabase.open();
});
afterAll(async () => {
  await shared.close();
});

it('survives a death before every commit and before every call to the provider', async () => {
  const { summary, count, broken } = await surviveAll(shared, 'before');
  process.stdout.write(`${summary}\n`);
  expect(broken).toEqual([]);
  expect(count).toBeGreaterThanOrEqual(80);
}, 600_000);
