import { createHash, randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { ActionContext } from '../actions/context.ts';
import type { Actor } from '../core/actor.ts';
import { systemActor } from '../core/actor.ts';
import { publicId } from '../core/ids.ts';
import type { EngineContext, Log } from '../engine/context.ts';
import type { TestBench } from '../api/test-bench.ts';
import { createMailer } from '../notify/smtp.ts';
import { endLocks } from '../store/cycle-locks.ts';
import { endLeases, holdLiveness } from '../store/liveness.ts';
import { calendarIn } from './calendar.ts';
import type { Config } from './config.ts';
import { isAllSandbox } from './config.ts';
import type { OpenStore } from './open-store.ts';
import { openStore } from './open-store.ts';
import { connectProviders, sandboxEvents } from './providers.ts';
import type { SandboxProcess } from './sandbox.ts';
import { startSandboxProcess } from './sandbox.ts';
import { createTestBench } from './test-bench.ts';
import type { Clock } from './test-clock.ts';
import { machineClock, testClock } from './test-clock.ts';

/** Everything long-lived of one process. */
export interface AppContext extends EngineContext {
  readonly config: Config;
  /** Acts as owner; known only inside this process and in the private file of the embedded data directory. */
  readonly trustedToken: string;
  readonly sandbox: SandboxProcess | null;
  /** Null when any provider is real. */
  readonly testBench: TestBench | null;
  /** Aborts when this process gives up its database. */
  readonly ended: AbortSignal;
  close(): Promise<void>;
}

const randomIdBytes = 10;
const workerIdBytes = 4;

/** Opens the database, brings its schema up to date, and connects the providers or their sandbox. */
export async function openContext(
  config: Config,
  log: Log,
  options: { webhooksUrl?: string } = {},
): Promise<AppContext> {
  const store = await openStore(config, log);
  const { db } = store;
  try {
    const clock = isAllSandbox(config) ? testClock(db, log) : machineClock();
    await clock.keep?.();
    // The embedded database has one process, this one: whatever is leased or locked was held by one that is gone.
    if (config.databaseUrl === null) {
      await endLeases(db, new Date(clock.ms()));
      await endLocks(db);
    }
    const sandbox = isAllSandbox(config) ? await startSandbox(config, options.webhooksUrl) : null;
    const context = makeContext(config, log, store, sandbox, clock);
    await context.keepTime?.();
    if (config.databaseUrl !== null) await holdLiveness(db, context.worker, context.ended);
    return context;
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** What actions work with in this process, on behalf of `actor`. */
export function actionContext(
  { db, vault }: Pick<OpenStore, 'db' | 'vault'>,
  actor: Actor,
  clock = machineClock(),
  zone = 'UTC',
): ActionContext {
  return {
    db,
    vault,
    actor,
    now: () => new Date(clock.ms()),
    newId: (prefix) => publicId(prefix, clock.ms(), randomBytes(randomIdBytes).toString('hex')),
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    calendar: calendarIn(zone),
  };
}

async function startSandbox(config: Config, webhooksUrl: string | undefined): Promise<SandboxProcess> {
  const events = webhooksUrl === undefined ? {} : sandboxEvents(webhooksUrl);
  return startSandboxProcess(join(config.dataDir, 'sandbox'), events);
}

function makeContext(
  config: Config,
  log: Log,
  store: OpenStore,
  sandbox: SandboxProcess | null,
  clock: Clock,
): AppContext {
  const bench = sandbox === null ? null : createTestBench(sandbox.url, clock, log);
  const end = new AbortController();
  return {
    ...actionContext(store, systemActor, clock, config.timezone),
    payoutLimits: config.payoutLimits,
    config,
    ended: end.signal,
    takesOverDead: config.databaseUrl !== null,
    log,
    sandbox,
    providers: connectProviders(config, sandbox?.url ?? null, clock.ms),
    mailer: config.mail === null ? null : createMailer(config.mail),
    trustedToken: randomBytes(32).toString('base64url'),
    // A process that takes the place of a killed one, in a container with the same number too, must not seem to be it.
    worker: `${hostname()}:${process.pid}:${randomBytes(workerIdBytes).toString('hex')}`,
    sendLeaseMs: config.sendLeaseMs,
    pollIntervalMs: config.pollIntervalMs,
    testBench: bench,
    ...(bench === null ? {} : { keepTime: bench.keepTime }),
    close: async () => {
      end.abort();
      await store.db.destroy();
      await sandbox?.close();
    },
  };
}
