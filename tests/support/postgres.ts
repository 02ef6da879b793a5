import { inject } from 'vitest';
import { createDatabaseOn, dropDatabaseOn, type TestDatabase } from './databases.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of this run: its address, or why there is none. */
    postgres: { url: string } | { error: string };
  }
}

/** Address of the server of this run. A test that needs it fails with the reason when it could not be started. */
export function postgresUrl(): string {
  const server = inject('postgres');
  if ('error' in server) throw new Error(`no PostgreSQL for this test: ${server.error}`);
  return server.url;
}

/** A new database on the server of this run, or a copy of the database `template`. */
export async function createDatabase(template?: string): Promise<TestDatabase> {
  return await createDatabaseOn(postgresUrl(), template);
}

/** Drops a database of the server of this run; whoever is still connected is cut off. */
export async function dropDatabase(name: string): Promise<void> {
  await dropDatabaseOn(postgresUrl(), name);
}
