import { expect, it } from 'vitest';
import { createDatabase } from '../support/postgres.ts';
import { testSecret } from '../support/vault.ts';
import { asked, chance, payFile, Town } from './town.ts';

const testMs = 600_000;
const killsMin = 20;

/** Everybody of the files was paid at most once at the provider, nobody is missing, and every amount is the one asked for. */
async function expectPaidOnce(town: Town, files: readonly string[]): Promise<void> {
  const effects = await town.effects();
  const byReceiver = Map.groupBy(effects, (effect) => effect.receiver);
  for (const file of files) {
    for (const [receiver, amount] of asked(file)) {
      const mine = byReceiver.get(receiver) ?? [];
      const outstanding = mine.filter((effect) => effect.outstanding);
      expect(outstanding.length, `${receiver} was paid ${outstanding.length} times`).toBeLessThanOrEqual(1);
      expect(mine.length, `${receiver} was lost`).toBeGreaterThanOrEqual(1);
      for (const effect of mine) expect(`${effect.value} ${effect.currency}`).toBe(amount);
    }
  }
  expect(await town.summary()).toMatchObject({ duplicateCount: 0 });
}

async function expectCleanBooks(town: Town): Promise<void> {
  const verify = town.run(['ledger', 'verify', '--json']);
  expect((await verify.ended).code, verify.stdout + verify.stderr).toBe(0);
  expect(JSON.parse(verify.stdout)).toMatchObject({ differences: [] });
}

it(
  'pays 2,000 people once on PostgreSQL while command, worker and sandbox are killed at random and the provider misbehaves',
  async () => {
    await using database = await createDatabase();
    await using town = new Town(chance(20_261_120), {
      DATABASE_URL: database.url,
      PURSER_SECRET: testSecret,
    });
    await town.startSandbox();
    await town.misbehave();
    town.startWorker();
    const files: string[] = [];
    for (let cycle = 1; cycle <= 8; cycle += 1) {
      const text = payFile(`c${cycle}x`, 250);
      files.push(text);
      const file = town.write(`cycle${cycle}.csv`, text);
      const result = await town.pay(
        file,
        String(cycle),
        cycle === 8 ? Math.max(1, killsMin - town.kills) : 3,
      );
      expect(result).toMatchObject({ status: 'completed', totalItems: 250, pending: 0 });
    }
    expect(town.kills).toBeGreaterThanOrEqual(killsMin);
    await town.behave();
    await expectPaidOnce(town, files);
    await expectCleanBooks(town);
  },
  testMs,
);

it(
  'pays 600 people once on the embedded database while it is killed at random',
  async () => {
    await using town = new Town(chance(7), {});
    await town.startSandbox();
    await town.misbehave();
    const text = payFile('emb', 600);
    const file = town.write('winners.csv', text);
    expect(await town.pay(file, '18', 6)).toMatchObject({ status: 'completed', totalItems: 600, pending: 0 });
    await town.behave();
    await expectPaidOnce(town, [text]);
    await expectCleanBooks(town);
  },
  testMs,
);

it(
  'two commands that pay one file at the same moment pay it once',
  async () => {
    await using database = await createDatabase();
    await using town = new Town(chance(3), {
      DATABASE_URL: database.url,
      PURSER_SECRET: testSecret,
    });
    await town.startSandbox();
    const text = payFile('two', 300);
    const file = town.write('winners.csv', text);
    const both = [1, 2].map(() => town.run(['pay', file, '--cycle', '18', '--yes', '--json']));
    for (const command of both) expect((await command.ended).code, command.stderr).toBe(0);
    const results = both.map((command) => JSON.parse(command.stdout.trim().split('\n').at(-1) ?? '{}'));
    expect(results[0]).toMatchObject({ status: 'completed', totalItems: 300 });
    expect(results[1]).toMatchObject({ batchId: results[0].batchId, totalItems: 300 });
    await expectPaidOnce(town, [text]);
    await expectCleanBooks(town);
  },
  testMs,
);
