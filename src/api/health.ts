import { sql } from 'kysely';
import type { FastifyInstance } from 'fastify';
import { no, problemOf, problemType } from '../wire/problem.ts';
import type { ApiDeps } from './deps.ts';
import { adminPrefix } from './route.ts';

/** Seconds between two questions of a probe while the database is away. */
const retryAfterSeconds = 2;

/** `/api`: where to go from here. `/healthz`: the process answers. `/readyz`: the database answers too. Without a key. */
export function addHealth(app: FastifyInstance, deps: ApiDeps): void {
  app.get('/api', async () => ({
    name: 'purser',
    version: deps.version,
    admin: adminPrefix,
    docs: '/docs',
    openapi: '/api/openapi.json',
  }));
  app.get('/healthz', async () => ({ status: 'ok', version: deps.version }));
  app.get('/readyz', async (request, reply) => {
    try {
      await sql`select 1`.execute(deps.db);
      return { status: 'ok' };
    } catch {
      return reply
        .code(503)
        .header('retry-after', retryAfterSeconds)
        .type(problemType)
        .send(JSON.stringify(problemOf(no('unavailable'), request.id)));
    }
  });
}
