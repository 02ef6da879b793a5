import { afterAll, beforeAll, expect, it } from 'vitest';
import { claimRun, lookForRun, runPage } from '../../src/actions/schedule-runs.ts';
import type { House } from './support.ts';
import { dayMs, differences, ticketHouse } from './tickets.ts';

const weekMs = 7 * dayMs;
let house: House;
beforeAll(async () => {
  house = await ticketHouse();
});
afterAll(async () => house.close());

const made = async (): Promise<string | null> => {
  const { claimable } = await lookForRun(house.deps);
  const dueAt = await claimRun(house.deps);
  expect(claimable).toBe(dueAt !== null);
  while ((await runPage(house.deps, house.deps.providers.all, 100))?.finished === false);
  return dueAt?.toISOString() ?? null;
};

it('makes every due time once when the clock was ahead and came back', async () => {
  await claimRun(house.deps);
  house.clock.ms += weekMs;
  const all = [await made()];
  house.clock.ms += 4 * weekMs;
  all.push(await made());
  const ahead = all.at(-1);
  house.clock.ms -= 4 * weekMs;
  expect(await made()).toBeNull();
  for (let week = 0; week < 6; week += 1) {
    house.clock.ms += weekMs;
    all.push(await made());
  }
  // The fourth week is the one that was made ahead of its time.
  const weeks = all.filter((dueAt) => dueAt !== null);
  expect(weeks).toHaveLength(7);
  expect(all.indexOf(null)).toBe(5);
  expect(new Set(weeks).size).toBe(7);
  expect(weeks).toContain(ahead);
  expect(await differences(house)).toEqual([]);
});
