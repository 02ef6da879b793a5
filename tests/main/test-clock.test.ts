import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { advanceClock } from '../../src/actions/sandbox-clock.ts';
import { buildApi } from '../../src/main/api.ts';
import { readConfig } from '../../src/main/config.ts';
import type { AppContext } from '../../src/main/context.ts';
import { openContext } from '../../src/main/context.ts';
import type { Clock } from '../../src/main/test-clock.ts';
import { testClock } from '../../src/main/test-clock.ts';
import { openPostgres } from '../../src/store/db.ts';
import { migratedTemplate } from '../support/databases.ts';
import { createDatabase } from '../support/postgres.ts';
import { makeWorld } from '../support/world.ts';
import { seedDataDirectory } from '../support/templates.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const daySeconds = 86_400;

const aheadSeconds = (clock: Pick<Clock, 'ms'>) => Math.round((clock.ms() - Date.now()) / 1000);

it('is one clock for all processes of a database, and for those that start later', async () => {
  await using database = await createDatabase(migratedTemplate);
  const connections = [openPostgres(database.url), openPostgres(database.url)] as const;
  const world = await makeWorld({ db: connections[0] });
  const clocks = connections.map((db) => testClock(db, silent));
  await Promise.all(clocks.map((clock) => clock.keep()));
  await Promise.all([advanceClock(world, daySeconds), advanceClock(world, 5)]);
  await expect
    .poll(async () => {
      await Promise.all(clocks.map((clock) => clock.keep()));
      return clocks.map((clock) => clock.offsetSeconds());
    })
    .toEqual([daySeconds + 5, daySeconds + 5]);
  const later = testClock(connections[1], silent);
  await later.keep();
  expect(aheadSeconds(later)).toBe(daySeconds + 5);
  await Promise.all(connections.map((db) => db.destroy()));
});

it('goes on as it was while the database is away, and never back', async () => {
  const db = openPostgres('postgres://nobody@127.0.0.1:9/none');
  const clock = testClock(db, silent);
  clock.reach(60);
  await clock.keep();
  clock.reach(30);
  expect(aheadSeconds(clock)).toBe(60);
  await db.destroy();
});

/** One start after the other on one data directory, as a person stops and starts. */
async function withProcess<T>(
  env: Record<string, string>,
  work: (context: AppContext) => Promise<T>,
): Promise<T> {
  const context = await openContext(readConfig(env), silent);
  try {
    return await work(context);
  } finally {
    await context.close();
  }
}

async function advance(context: AppContext): Promise<number> {
  const app = await buildApi(context);
  const answer = await app.inject({
    method: 'POST',
    url: '/api/sandbox/clock',
    headers: { authorization: `Bearer ${context.trustedToken}` },
    payload: { advanceSeconds: daySeconds },
  });
  await app.close();
  return answer.statusCode;
}

it('survives a restart, and is the machine’s clock with real credentials, whatever the database says', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'purser-clock-'));
  seedDataDirectory(dataDir);
  const env = { PURSER_DATA_DIR: dataDir };
  const ms = (context: AppContext) => ({ ms: () => context.now().getTime() });
  await withProcess(env, async (context) => {
    expect(await advance(context)).toBe(200);
    expect(aheadSeconds(ms(context))).toBe(daySeconds);
  });
  await withProcess(env, async (context) => {
    expect(aheadSeconds(ms(context))).toBe(daySeconds);
    expect(await context.testBench?.providerClocks()).toMatchObject([
      { provider: 'paypal', offsetSeconds: daySeconds, inStep: true },
      { provider: 'stripe', offsetSeconds: daySeconds, inStep: true },
    ]);
  });
  const credentials = {
    PAYPAL_API_BASE: 'http://127.0.0.1:9',
    PAYPAL_CLIENT_ID: 'id',
    PAYPAL_CLIENT_SECRET: 'secret',
  };
  await withProcess({ ...env, ...credentials }, async (context) => {
    const { rows } = await sql`select value from setting`.execute(context.db);
    expect(rows).toEqual([{ value: String(daySeconds) }]);
    await context.keepTime?.();
    expect(aheadSeconds(ms(context))).toBe(0);
    expect(context.testBench).toBeNull();
    expect(await advance(context)).toBe(409);
    expect(aheadSeconds(ms(context))).toBe(0);
  });
  rmSync(dataDir, { recursive: true, force: true });
});
