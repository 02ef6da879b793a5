import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from '../cli/client.ts';
import { httpClient } from '../cli/client.ts';
import type { Io } from '../cli/command.ts';
import type { Log } from '../engine/context.ts';
import type { Config } from './config.ts';
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
  // Loaded when it is needed: a command that asks a server starts in half the time without it.
  const openLocal = async (lock: DataLock | null) =>
    (await import('./own-client.ts')).openLocal(config, log, lock);
  if (config.databaseUrl !== null) return openLocal(null);
  const found = await lockOrServer(config, io, command, patient ? patientLockWaitMs : lockWaitMs);
  if ('request' in found) return found;
  try {
    return await openLocal(found);
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
