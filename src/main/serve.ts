import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createKey } from '../actions/keys.ts';
import { oneTimePassword } from '../core/one-time-password.ts';
import { adminPrefix } from '../api/route.ts';
import type { Io } from '../cli/command.ts';
import { exitCodes } from '../cli/command.ts';
import { counted } from '../core/words.ts';
import { runLoop } from '../engine/service.ts';
import type { Log } from '../engine/context.ts';
import { listKeys } from '../store/key-makers.ts';
import { buildApi } from './api.ts';
import { makeFirstOwner } from './first-owner.ts';
import type { Config } from './config.ts';
import { addressOf } from './config.ts';
import type { AppContext } from './context.ts';
import { openContext } from './context.ts';
import type { DataLock } from './data-lock.ts';
import { lockData } from './local.ts';
import { withOwnPort } from './own-port.ts';

const keyBytes = 32;
const everything = { batchId: null };
const shutdownMaxMs = 10_000;
/** Keys that are looked at to say how many are alive. */
const keysCountedMax = 1000;

/** Opens the database, taking the embedded one for this process; refuses when another process has it. */
export async function openExclusive(
  config: Config,
  log: Log,
  command: string,
  webhooksUrl?: string,
): Promise<{ context: AppContext; lock: DataLock | null }> {
  const lock = lockData(config, command);
  try {
    return {
      context: await openContext(config, log, webhooksUrl === undefined ? {} : { webhooksUrl }),
      lock,
    };
  } catch (error) {
    lock?.release();
    throw error;
  }
}

/** `purser serve`: API and workers in one process, until a signal. */
export async function serve(asked: Config, log: Log, io: Io, worker: boolean): Promise<number> {
  const config = await withOwnPort(asked);
  const webhooks = `${addressOf(config)}/api/webhooks`;
  const { context, lock } = await openExclusive(config, log, 'serve', webhooks);
  const app = await buildApi(context);
  let working = Promise.resolve();
  try {
    await firstKey(context, io);
    await firstOwner(context, io);
    const url = await app.listen({ host: config.host, port: config.port });
    lock?.announce(url, context.trustedToken);
    banner(config, context, io, url);
    if (worker) working = runLoop(context, { round: everything, signal: io.signal });
    await aborted(io.signal);
  } finally {
    io.err('Stopping. Nothing is lost; what is on its way is followed at the next start.');
    await Promise.race([Promise.all([app.close(), working]), shutdown()]);
    await context.close();
    lock?.release();
  }
  return exitCodes.ok;
}

/** `purser worker`: sends, polls and reconciles beside others on one PostgreSQL. */
export async function work(config: Config, log: Log, io: Io): Promise<number> {
  const { context, lock } = await openExclusive(config, log, 'worker');
  try {
    io.err(`Working as ${context.worker}. Ctrl-C stops; nothing is lost.`);
    const working = runLoop(context, { round: everything, signal: io.signal });
    await Promise.race([working, aborted(io.signal).then(shutdown)]);
  } finally {
    await context.close();
    lock?.release();
  }
  return exitCodes.ok;
}

/** At the first start there is no key, and nobody could get in: one is made and shown this once. Later it says how many. */
async function firstKey(context: AppContext, io: Io): Promise<void> {
  const keys = await listKeys(context.db, { limit: keysCountedMax, before: null }, null);
  if (keys.length > 0) {
    const now = context.now();
    const alive = keys.filter((key) => !key.revokedAt && (!key.expiresAt || key.expiresAt > now));
    const exist = counted(alive.length, 'API key exists', 'API keys exist');
    return io.err(`${exist}; purser key create makes another.`);
  }
  const made = await createKey(context, { name: 'first key', role: 'owner', random: randomBytes(keyBytes) });
  io.out(`API key (owner), shown this once: ${made.key}`);
}

/** The first person, at the first start; whoever signs in with the password chooses another one. */
async function firstOwner(context: AppContext, io: Io): Promise<void> {
  const password = oneTimePassword(randomBytes(keyBytes));
  const owner = await makeFirstOwner(context, password);
  if (owner === null) return;
  io.out(`Owner ${owner.email}, one-time password, shown this once and good for 24 hours: ${password}`);
}

function banner(config: Config, context: AppContext, io: Io, url: string): void {
  io.err(`Console at ${config.publicUrl}/, portal of payees at ${config.publicUrl}/portal`);
  io.err(`API at ${url}${adminPrefix}, described at ${url}/docs`);
  if (config.databaseUrl === null) {
    io.err(
      `Embedded database in ${config.dataDir}: for trying out and small installs; power loss can lose the last writes. Set DATABASE_URL for PostgreSQL.`,
    );
  }
  if (config.mail === null)
    io.err('No mail server is set: mails rest in the outbox, purser outbox shows them.');
  if (context.sandbox)
    io.err(
      `Sandbox: no real money moves. The sandbox of PayPal and Stripe answers at ${context.sandbox.url}`,
    );
}

/**
 * What a provider answers in this time is still written down. Without a reference the timer does not keep a process alive that
 * has closed everything.
 */
async function shutdown(): Promise<void> {
  await sleep(shutdownMaxMs, undefined, { ref: false });
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((done) => signal.addEventListener('abort', () => done(), { once: true }));
}
