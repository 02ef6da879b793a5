import { existsSync } from 'node:fs';
import pg from 'pg';
import { expect, it } from 'vitest';
import { createDatabase, dropDatabase, postgresUrl } from './support/postgres.ts';
import { startPostgres } from './support/postgres-server.ts';
import { startProcess } from './support/processes.ts';

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

it('gives tests a real PostgreSQL 18 on the loopback address', async () => {
  expect(new URL(postgresUrl()).hostname).toBe('127.0.0.1');
  const facts = await query(
    postgresUrl(),
    "select current_setting('server_version_num')::int / 10000, current_setting('listen_addresses')",
  );
  expect(facts).toEqual([18, '127.0.0.1']);
});

it('makes databases that see nothing of each other, and copies of a prepared one', async () => {
  await using first = await createDatabase();
  await query(first.url, 'create table winner as select 7 as id');
  await using second = await createDatabase();
  await using copy = await createDatabase(first.name);
  expect(await query(second.url, "select to_regclass('winner')")).toEqual([null]);
  expect(await query(copy.url, 'select id from winner')).toEqual([7]);
});

it('drops a database even while somebody is connected', async () => {
  const database = await createDatabase();
  const client = new pg.Client({ connectionString: database.url });
  const cut = new Promise((resolve) => client.on('error', resolve));
  await client.connect();
  await dropDatabase(database.name);
  expect(await cut).toBeInstanceOf(Error);
  await expect(query(database.url, 'select 1')).rejects.toThrow(/does not exist/);
});

it('keeps what was committed over an immediate restart and cuts who was connected', async () => {
  await using server = await startPostgres();
  await query(server.url, 'create table paid as select 1 as id');
  const client = new pg.Client({ connectionString: server.url });
  const cut = new Promise((resolve) => client.on('error', resolve));
  await client.connect();
  await server.restartImmediate();
  expect(await cut).toBeInstanceOf(Error);
  expect(await query(server.url, 'select id from paid')).toEqual([1]);
});

it('waits for the disk when asked to', async () => {
  await using server = await startPostgres({ durable: true, settings: { max_connections: 20 } });
  const sql = "select current_setting('fsync'), current_setting('full_page_writes')";
  expect(await query(server.url, `${sql}, current_setting('max_connections')`)).toEqual(['on', 'on', '20']);
});

it('leaves neither a server nor a directory behind when the run is killed', async () => {
  const script = `
    import { startPostgres } from './tests/support/postgres-server.ts';
    import pg from 'pg';
    const { url } = await startPostgres();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query('show data_directory');
    console.log(JSON.stringify({ url, data: rows[0].data_directory }));
    setInterval(() => undefined, 1000);`;
  await using child = startProcess(['--input-type=module-typescript', '-e', script]);
  const { url, data } = await child.json();
  expect(existsSync(String(data))).toBe(true);
  child.kill('SIGKILL');
  await expect.poll(() => existsSync(String(data)), { timeout: 15_000 }).toBe(false);
  await expect(query(String(url), 'select 1')).rejects.toThrow(/ECONNREFUSED/);
});
