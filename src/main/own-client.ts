import type { FastifyInstance } from 'fastify';
import type { ApiClient } from '../cli/client.ts';
import { parse } from '../cli/client.ts';
import type { Log } from '../engine/context.ts';
import { runOnce } from '../engine/float.ts';
import { runLoop } from '../engine/service.ts';
import { findBatch } from '../store/batches.ts';
import { buildApi } from './api.ts';
import type { Config } from './config.ts';
import type { AppContext } from './context.ts';
import { openContext } from './context.ts';
import type { DataLock } from './data-lock.ts';

/** This process answers itself, over the database that it opens; `lock` is given back at the end. */
export async function openLocal(config: Config, log: Log, lock: DataLock | null): Promise<ApiClient> {
  const context = await openContext(config, log);
  const app = await buildApi(context);
  return {
    where: config.databaseUrl === null ? config.dataDir : 'DATABASE_URL',
    local: true,
    request: async (method, path, body) => inject(app, context, method, path, body),
    work: (batchId, signal) => workOn(context, batchId, signal),
    readFloat: async () => {
      await runOnce(context);
    },
    close: async () => {
      await app.close();
      await context.close();
      lock?.release();
    },
  };
}

async function inject(
  app: FastifyInstance,
  context: AppContext,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body: unknown,
) {
  const response = await app.inject({
    method,
    url: path,
    headers: {
      authorization: `Bearer ${context.trustedToken}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  });
  return { status: response.statusCode, text: response.body, body: parse(response.body) };
}

async function workOn(context: AppContext, batchPublicId: string, signal: AbortSignal): Promise<void> {
  const batch = await findBatch(context.db, batchPublicId);
  await runLoop(context, { round: { batchId: batch?.id ?? null }, signal });
}
