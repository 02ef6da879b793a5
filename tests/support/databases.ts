import pg from 'pg';

/** A database of its own; `await using` drops it. */
export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
  readonly name: string;
}

let created = 0;

/**
 * A new database on the server; with `template`, a copy of that one (nobody may be connected to it), which is much
 * quicker than migrating again.
 */
export async function createDatabaseOn(serverUrl: string, template?: string): Promise<TestDatabase> {
  created += 1;
  const name = `test_${process.pid}_${created}`;
  const from = template === undefined ? '' : ` template ${pg.escapeIdentifier(template)}`;
  await administer(serverUrl, `create database ${pg.escapeIdentifier(name)}${from}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    name,
    [Symbol.asyncDispose]: async () => await dropDatabaseOn(serverUrl, name),
  };
}

/** Drops a database; whoever is still connected is cut off. */
export async function dropDatabaseOn(serverUrl: string, name: string): Promise<void> {
  await administer(serverUrl, `drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
}

/** Runs one statement on a connection of its own. */
export async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
