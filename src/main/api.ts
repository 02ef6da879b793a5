import type { FastifyInstance } from 'fastify';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildApp } from '../api/app.ts';
import type { ApiDeps } from '../api/deps.ts';
import { People } from '../auth/people.ts';
import type { AppContext } from './context.ts';

/** The version of this program. */
export const version = (
  JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')) as {
    version: string;
  }
).version;

/** Random bytes of a new API key. */
const keyBytes = 32;

/**
 * The HTTP API over this process's database; it can write intentions, never reach a provider to pay. `secret` signs the
 * sessions of the team; one that is made here ends them with the process.
 */
export async function buildApi(
  context: AppContext,
  secret = randomBytes(keyBytes).toString('base64url'),
): Promise<FastifyInstance> {
  const people = new People({ ...context, publicUrl: context.config.publicUrl, secret });
  const sessions: ApiDeps['sessions'] = [(cookie, origin) => people.caller(cookie, origin)];
  const app = buildApp({ ...context, version, people, sessions, newSecret: () => randomBytes(keyBytes) });
  await app.ready();
  return app;
}
