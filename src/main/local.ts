import type { FastifyInstance } from 'fastify';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from '../cli/client.ts';
import { httpClient, parse } from '../cli/client.ts';
import type { Io } from '../cli/command.ts';
import { runOnce } from '../engine/float.ts';
import { runLoop } from '../engine/service.ts';
import type { Log } from '../engine/context.ts';
import { findBatch } from '../store/batches.ts';
import { buildApi } from './api.ts';
import type { Config } from './config.ts';
import type { AppContext } from './context.ts';
import { openContext } from './context.ts';
import type { DataLock, Holder } from './data-lock.ts';
import { readHolder, tryLock } from './data-lock.ts';

const lockLookMs = 200;
const lockWaitMs = 10_000;
/** `pay` waits for another `pay`: it then finds that everybody has been paid. */
const patientLockWaitMs = 60 * 60_000;
const sayWaitingMs = 5_000;

/** The database is in use and did not become free in time. */
export class DatabaseInUseError extends Error {
  override readonly name = 'DatabaseInUseError';
}

/**
 * Finds who answers the API: the server of PURSER_URL, the process that holds the embedded database and serves it, or this
 * process after it has opened the database itself.
 */
export async function connect(
  config: Config,
  log: Log,
  io: Pick<Io, 'err'>,
  command: string,
  patient: boolean,
): Promise<ApiClient> {
  if (config.serverUrl !== null) return httpClient(config.serverUrl, config.serverKey ?? '');
  if (config.databaseUrl !== null) return openLocal(config, log, null);
  const found = await lockOrServer(config, io, command, patient ? patientLockWaitMs : lockWaitMs);
  if ('request' in found) return found;
  try {
    return await openLocal(config, log, found);
  } catch (error) {
    found.release();
    throw error;
  }
}

async function lockOrServer(
  config: Config,
  io: Pick<Io, 'err'>,
  command: string,
  waitMs: number,
): Promise<DataLock | ApiClient> {
  const until = Date.now() + waitMs;
  let sayAt = Date.now();
  for (;;) {
    const lock = tryLock(config.dataDir, command);
    if (lock) return lock;
    const holder = readHolder(config.dataDir);
    if (holder?.url && holder.token) return httpClient(holder.url, holder.token);
    if (Date.now() >= until) throw new DatabaseInUseError(inUse(config, holder));
    if (Date.now() >= sayAt) {
      io.err(`${inUse(config, holder)} Waiting for it.`);
      sayAt = Date.now() + sayWaitingMs;
    }
    await sleep(lockLookMs);
  }
}

/** Takes the embedded database for this process alone, or throws DatabaseInUseError; null for PostgreSQL, which many share. */
export function lockData(config: Config, command: string): DataLock | null {
  if (config.databaseUrl !== null) return null;
  const lock = tryLock(config.dataDir, command);
  if (lock) return lock;
  throw new DatabaseInUseError(
    `${inUse(config, readHolder(config.dataDir))} Stop it first, or use it: its commands find each other.`,
  );
}

/** Who uses the embedded database, in words. */
export function inUse(config: Config, holder: Holder | null): string {
  const who = holder === null ? 'Another process' : `Process ${holder.pid} (purser ${holder.command})`;
  return `${who} uses the database in ${config.dataDir}.`;
}

async function openLocal(config: Config, log: Log, lock: DataLock | null): Promise<ApiClient> {
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
