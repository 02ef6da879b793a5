import pg from 'pg';
import { openPostgres } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrate.ts';

/** A database of its own; `await using` drops it. */
export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
  readonly name: string;
}

/** A database with the schema of now, which is there to be copied. */
export const migratedTemplate = 'purser_migrated';

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

/** Makes the database that migrated ones are copied from. */
export async function makeMigratedTemplate(serverUrl: string): Promise<void> {
  await administer(serverUrl, `create database ${migratedTemplate}`);
  const url = new URL(serverUrl);
  url.pathname = `/${migratedTemplate}`;
  const db = openPostgres(url.href);
  await migrate(db);
  await db.destroy();
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
