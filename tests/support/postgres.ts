import pg from 'pg';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of this run: its address, or why there is none. */
    postgres: { url: string } | { error: string };
  }
}

/** A database of its own on the server of this run; `await using` drops it. */
export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
  readonly name: string;
}

let created = 0;

/** Address of the server of this run. A test that needs it fails with the reason when it could not be started. */
export function postgresUrl(): string {
  const server = inject('postgres');
  if ('error' in server) throw new Error(`no PostgreSQL for this test: ${server.error}`);
  return server.url;
}

/**
 * A new database; with `template`, a copy of that one (nobody may be connected to it), which is much quicker than
 * migrating again. `serverUrl` for a server of one's own.
 */
export async function createDatabase(template?: string, serverUrl = postgresUrl()): Promise<TestDatabase> {
  created += 1;
  const name = `test_${process.pid}_${created}`;
  const from = template === undefined ? '' : ` template ${pg.escapeIdentifier(template)}`;
  await administer(serverUrl, `create database ${pg.escapeIdentifier(name)}${from}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    name,
    [Symbol.asyncDispose]: async () => await dropDatabase(name, serverUrl),
  };
}

/** Drops a database; whoever is still connected is cut off. */
export async function dropDatabase(name: string, serverUrl = postgresUrl()): Promise<void> {
  await administer(serverUrl, `drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
