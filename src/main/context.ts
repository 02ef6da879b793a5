import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { systemActor } from '../core/actor.ts';
import { publicId } from '../core/ids.ts';
import type { EngineContext, Log } from '../engine/context.ts';
import type { TestBench } from '../api/test-bench.ts';
import { createPaypalProvider } from '../providers/paypal/provider.ts';
import type { PayoutProvider } from '../providers/provider.ts';
import type { Db } from '../store/db.ts';
import { openEmbedded, openPostgres } from '../store/db.ts';
import { holdLiveness } from '../store/liveness.ts';
import { migrate } from '../store/migrate.ts';
import { endLeases } from '../store/submissions.ts';
import type { Config } from './config.ts';
import type { SandboxProcess } from './sandbox.ts';
import { startSandboxProcess } from './sandbox.ts';
import { createTestBench } from './test-bench.ts';
import type { Clock } from './test-clock.ts';
import { machineClock, testClock } from './test-clock.ts';

/** Everything long-lived of one process. */
export interface AppContext extends EngineContext {
  readonly config: Config;
  readonly provider: PayoutProvider;
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
/** The webhook id the built-in sandbox signs for. */
const sandboxWebhookId = 'SANDBOX-WEBHOOK';

/** Opens the database, brings its schema up to date, and connects the provider or its sandbox. */
export async function openContext(
  config: Config,
  log: Log,
  options: { webhookUrl?: string } = {},
): Promise<AppContext> {
  const db = await openDatabase(config);
  try {
    const applied = await migrate(db);
    if (applied.length > 0) log.info('migrated', { migrations: applied });
    const clock = config.paypal === null ? testClock(db, log) : machineClock();
    await clock.keep?.();
    // The embedded database has one process, this one: whatever is leased was held by one that is gone.
    if (config.databaseUrl === null) await endLeases(db, new Date(clock.ms()));
    const sandbox = config.paypal === null ? await startSandbox(config, options.webhookUrl) : null;
    const context = makeContext(config, log, db, sandbox, clock);
    await context.keepTime?.();
    if (config.databaseUrl !== null) await holdLiveness(db, context.worker, context.ended);
    return context;
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

async function openDatabase(config: Config): Promise<Db> {
  if (config.databaseUrl !== null) return openPostgres(config.databaseUrl);
  const directory = join(config.dataDir, 'db');
  mkdirSync(directory, { recursive: true });
  return openEmbedded(directory);
}

async function startSandbox(config: Config, webhookUrl: string | undefined): Promise<SandboxProcess> {
  const webhook = webhookUrl === undefined ? null : { url: webhookUrl, id: sandboxWebhookId };
  return startSandboxProcess(join(config.dataDir, 'sandbox'), { webhook });
}

function makeContext(
  config: Config,
  log: Log,
  db: Db,
  sandbox: SandboxProcess | null,
  clock: Clock,
): AppContext {
  const provider = createPaypalProvider(
    {
      apiBase: config.paypal?.apiBase ?? sandbox?.url ?? '',
      clientId: config.paypal?.clientId ?? 'sandbox',
      clientSecret: config.paypal?.clientSecret ?? 'sandbox',
      webhookId: config.paypal ? config.paypal.webhookId : sandboxWebhookId,
      timeoutMs: config.providerTimeoutMs,
      sandbox: sandbox !== null,
    },
    { now: clock.ms },
  );
  const bench = sandbox === null ? null : createTestBench(sandbox.url, clock, log);
  const end = new AbortController();
  return {
    config,
    ended: end.signal,
    takesOverDead: config.databaseUrl !== null,
    log,
    db,
    sandbox,
    provider,
    trustedToken: randomBytes(32).toString('base64url'),
    worker: `${hostname()}:${process.pid}`,
    sendLeaseMs: config.sendLeaseMs,
    pollIntervalMs: config.pollIntervalMs,
    testBench: bench,
    ...(bench === null ? {} : { keepTime: bench.keepTime }),
    now: () => new Date(clock.ms()),
    actor: systemActor,
    newId: (prefix) => publicId(prefix, clock.ms(), randomBytes(randomIdBytes).toString('hex')),
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    close: async () => {
      end.abort();
      await db.destroy();
      await sandbox?.close();
    },
  };
}
