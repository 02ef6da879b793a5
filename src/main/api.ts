import type { FastifyInstance } from 'fastify';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildApp } from '../api/app.ts';
import type { WebPages } from '../api/web.ts';
import { People } from '../auth/people.ts';
import { readPortalSession } from '../auth/portal-session.ts';
import type { AppContext } from './context.ts';
import { version } from './version.ts';

/** Random bytes of a new API key. */
const keyBytes = 32;

/** The HTTP API over this process's database; it can write intentions, never reach a provider to pay. */
export async function buildApi(context: AppContext): Promise<FastifyInstance> {
  const { requestsPerMinute: requests, postsPerMinute: posts, trustProxy, publicUrl } = context.config;
  const people = new People({
    ...context,
    now: () => new Date(),
    publicUrl,
    secret: context.vault.derive('sign-in'),
  });
  const app = buildApp({
    ...context,
    version,
    publicUrl,
    people,
    sessions: [
      (cookie, origin) => people.caller(cookie, origin),
      readPortalSession({ ...context, publicUrl }),
    ],
    newSecret: () => randomBytes(keyBytes),
    limits: { requests, posts },
    ...(trustProxy ? { trustProxy } : {}),
    ...builtPages(),
  });
  await app.ready();
  return app;
}

/** Console and portal of `npm run prepare`; nothing when they were not built. */
function builtPages(): { web?: WebPages } {
  const root = join(import.meta.dirname, '..', '..', 'dist', 'web');
  const pages = { console: join(root, 'console.html'), portal: join(root, 'portal.html') };
  if (!existsSync(pages.console) || !existsSync(pages.portal)) return {};
  return {
    web: { root, console: readFileSync(pages.console, 'utf8'), portal: readFileSync(pages.portal, 'utf8') },
  };
}
