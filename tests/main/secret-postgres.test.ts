import { sql } from 'kysely';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { all, openPostgres } from '../../src/store/db.ts';
import { createDatabase } from '../support/postgres.ts';
import type { TestProcess } from '../support/processes.ts';
import { startProcess } from '../support/processes.ts';

// The secret of a database on a server: it comes from the environment of each process.

const old = 'the first secret, of 32 characters and more';
const next = 'the second secret, of 32 characters and more';
/** Each command is a process that starts by itself. */
const testMs = 180_000;
const startMsMax = 60_000;
let directory = '';
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'purser-secret-pg-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function start(url: string, env: Record<string, string>, ...args: string[]): TestProcess {
  return startProcess(['src/main/purser.ts', ...args], {
    env: { DATABASE_URL: url, PURSER_DATA_DIR: directory, PORT: '0', ...env },
  });
}

async function purser(url: string, env: Record<string, string>, ...args: string[]) {
  await using run = start(url, env, ...args);
  const { code } = await run.ended;
  return { code, stdout: run.stdout, stderr: run.stderr };
}

/** All that is in the database: every row of every table, and every table, column, index and constraint. */
async function dump(url: string): Promise<string> {
  const db = openPostgres(url);
  try {
    const tables = await all(
      db,
      sql<{ name: string }>`select relname as name from pg_class where relnamespace = 'public'::regnamespace
        and relkind = 'r' order by 1`,
    );
    const parts = [
      await all(
        db,
        sql`select * from information_schema.columns where table_schema = 'public' order by table_name, column_name`,
      ),
      await all(db, sql`select conname, convalidated from pg_constraint order by 1`),
      await all(db, sql`select indexdef from pg_indexes where schemaname = 'public' order by 1`),
    ];
    for (const { name } of tables) {
      parts.push(await all(db, sql`select xmin::text, t::text from ${sql.table(name)} t order by ctid`));
    }
    return JSON.stringify(parts);
  } finally {
    await db.destroy();
  }
}

it(
  'refuses a wrong secret at every command, says what to do, and changes nothing, not even a migration',
  async () => {
    await using database = await createDatabase();
    expect((await purser(database.url, { PURSER_SECRET: old }, 'migrate')).code).toBe(0);
    const db = openPostgres(database.url);
    // As if a newer version were started with the wrong secret: it has something to bring up to date.
    await sql`delete from migration where name = (select max(name) from migration where name > '0003')`.execute(
      db,
    );
    await db.destroy();
    const before = await dump(database.url);
    for (const command of [
      ['serve'],
      ['worker'],
      ['migrate'],
      ['cycles'],
      ['ledger', 'verify'],
      ['secret', 'reseal'],
    ]) {
      const ran = await purser(database.url, { PURSER_SECRET: next }, ...command);
      expect(ran.code, command.join(' ')).toBe(1);
      expect(ran.stderr).toMatch(
        /PURSER_SECRET is not the secret .*Nothing was changed.*Set the secret that was used before/,
      );
      expect(ran.stderr).not.toContain(next);
    }
    const doctor = await purser(database.url, { PURSER_SECRET: next }, 'doctor');
    expect(doctor.stdout).toContain('MEND database: PURSER_SECRET is not the secret');
    expect(await dump(database.url)).toBe(before);
  },
  testMs,
);

it(
  'needs a secret, and says how to make one',
  async () => {
    await using database = await createDatabase();
    const ran = await purser(database.url, {}, 'cycles');
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(/PURSER_SECRET is missing.*openssl rand -base64 32/);
  },
  testMs,
);

it(
  'lets two processes start at once on an empty database',
  async () => {
    await using database = await createDatabase();
    const env = { PURSER_SECRET: old };
    const both = await Promise.all([1, 2].map(async () => purser(database.url, env, 'cycles')));
    expect(both.map(({ code, stderr }) => `${code} ${stderr}`)).toEqual(['0 ', '0 ']);
    const db = openPostgres(database.url);
    expect(await all(db, sql`select id from data_key`)).toHaveLength(4);
    await db.destroy();
  },
  testMs,
);

it(
  'rotates only with a new secret and nobody beside it, unless they are said to know both',
  async () => {
    await using database = await createDatabase();
    const { url } = database;
    const rotate = async (env: Record<string, string>, ...more: string[]) =>
      purser(url, env, 'secret', 'rotate', ...more);
    expect(await rotate({ PURSER_SECRET: old })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('PURSER_NEW_SECRET is missing'),
    });
    const both = { PURSER_SECRET: old, PURSER_NEW_SECRET: next };
    {
      await using server = start(url, both, 'serve', '--no-worker');
      await server.line(/^API at http/, startMsMax);
      expect(await rotate(both)).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/^1 other process uses/),
      });
      expect(await rotate(both, '--while-running')).toMatchObject({ code: 0 });
      await server.stop();
    }
    expect((await purser(url, { PURSER_SECRET: old }, 'cycles')).code).toBe(1);
    expect((await purser(url, { PURSER_SECRET: next }, 'cycles')).code).toBe(0);
  },
  testMs,
);
