import type { FastifyInstance } from 'fastify';
import type { ApiClient } from '../cli/client.ts';
import { httpClient } from '../cli/client.ts';
import type { Io } from '../cli/command.ts';
import { runLoop } from '../engine/service.ts';
import type { Log } from '../engine/context.ts';
import { buildApi } from './api.ts';
import type { Config } from './config.ts';
import type { AppContext } from './context.ts';
import { DatabaseInUseError } from './local.ts';
import { openExclusive } from './serve.ts';

const loopback = '127.0.0.1';
const everything = { batchId: null };

/** A server with workers to tell the demo to: one of this process on a free port, or whoever has the database already. */
export async function demoServer(config: Config, log: Log, io: Io): Promise<ApiClient> {
  if (config.serverUrl !== null) return io.connect();
  try {
    return await ownServer(config, log, io);
  } catch (error) {
    if (!(error instanceof DatabaseInUseError)) throw error;
    return io.connect();
  }
}

async function ownServer(config: Config, log: Log, io: Io): Promise<ApiClient> {
  const { context, lock } = await openExclusive(config, log, 'demo');
  const app = await buildApi(context);
  const stop = new AbortController();
  const working = runLoop(context, {
    round: everything,
    signal: AbortSignal.any([stop.signal, io.signal]),
  });
  const close = async () => {
    stop.abort();
    await working;
    await app.close();
    await context.close();
    lock?.release();
  };
  try {
    return { ...(await listening(app, context)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function listening(app: FastifyInstance, context: AppContext): Promise<ApiClient> {
  return httpClient(await app.listen({ host: loopback, port: 0 }), context.trustedToken);
}
