import type { TestProject } from 'vitest/node';
import { type PostgresServer, startPostgres } from './postgres-server.ts';
import { makeMigratedTemplate } from './databases.ts';
import './postgres.ts';
import { dropTemplates, makeTemplates } from './templates.ts';

let server: PostgresServer | undefined;
let templates: string | undefined;

/**
 * One PostgreSQL for the whole run. When it cannot start, the run goes on and the tests that need it fail with the
 * reason: they are never skipped.
 */
export async function setup(project: TestProject): Promise<void> {
  templates = await makeTemplates();
  try {
    server = await startPostgres();
    await makeMigratedTemplate(server.url);
    project.provide('postgres', { url: server.url });
  } catch (error) {
    project.provide('postgres', { error: error instanceof Error ? error.message : String(error) });
  }
}

export async function teardown(): Promise<void> {
  await server?.stop();
  if (templates !== undefined) dropTemplates(templates);
}
