import { expect, it } from 'vitest';
import { createPace } from '../../../src/providers/stripe/pace.ts';

it('lets no more calls begin in any second than it is told', async () => {
  const turn = createPace(5, () => performance.now());
  const begun: number[] = [];
  await Promise.all(
    Array.from({ length: 12 }, async () => {
      await turn();
      begun.push(performance.now());
    }),
  );
  begun.sort((a, b) => a - b);
  const apart = begun.slice(5).map((at, index) => at - (begun[index] ?? 0));
  // A call is seen a little after its turn came.
  expect(Math.min(...apart)).toBeGreaterThan(800);
});

it('lets nobody wait for a time that a clock set back has yet to reach again', async () => {
  let ms = 10_000_000;
  const turn = createPace(2, () => ms);
  await turn();
  await turn();
  ms -= 3_600_000;
  const before = performance.now();
  await turn();
  expect(performance.now() - before).toBeLessThan(500);
});

it('lets everybody go at once where no pace is asked for', async () => {
  const turn = createPace(null, () => 0);
  const before = performance.now();
  for (let call = 0; call < 100; call += 1) await turn();
  expect(performance.now() - before).toBeLessThan(500);
});
