import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { openClock } from './clock.ts';
import { closeDatabase, openDatabase, type Database } from './database.ts';
import { refuse } from './errors.ts';
import { exchange } from './exchange.ts';
import { sendReply } from './http.ts';
import { createIds } from './ids.ts';
import { readSetting, writeSetting } from './settings.ts';
import { openSigningKey } from './signing.ts';
import { deliverNextStripe } from './stripe/delivery.ts';
import { writeStripeWebhook, type StripeWebhook } from './stripe/events.ts';
import { createStripeTables } from './stripe/schema.ts';
import { deliverNext } from './webhook-delivery.ts';
import { itemEventsPerBatchMax, writeWebhookTarget } from './webhook-events.ts';
import type { World } from './world.ts';

export interface SandboxOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Kept in `dir/paypal.sqlite`; made when absent. */
  readonly dir: string;
  /** How long an item is PENDING, in milliseconds. */
  readonly settleMs?: number;
  /** Where events go; null: nowhere; absent: where they went before. */
  readonly webhook?: { url: string; id: string; itemEventsPerBatchMax?: number } | null;
  /** Where Stripe's events go, likewise. */
  readonly stripeWebhook?: StripeWebhook | null;
}

export interface Sandbox {
  readonly url: string;
  close(): Promise<void>;
}

const settleMsDefault = 300;
/** Longer than callers keep idle connections, so that none is closed under a request. */
const keepAliveMs = 75_000;
const deliveryIdleMsMax = 1000;

/** Starts a sandbox of PayPal Payouts and Stripe transfers on `dir`. It goes on where the last one stopped, however that one ended. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  mkdirSync(options.dir, { recursive: true });
  const db = openDatabase(join(options.dir, 'paypal.sqlite'));
  createStripeTables(db);
  if (options.webhook !== undefined) {
    const target = options.webhook && { itemEventsPerBatchMax, ...options.webhook };
    writeWebhookTarget(db, target);
  }
  const stop = new AbortController();
  const alarm = createAlarm();
  let url = '';
  const secret = openSecret(db);
  const world: World = {
    db,
    clock: openClock(db, Date.now),
    ids: createIds(secret),
    signing: await openSigningKey(db, Date.now()),
    secret,
    settleMs: options.settleMs ?? settleMsDefault,
    recentPosts: [],
    stripe: { running: new Set() },
    url: () => url,
    random: randomBytes,
    wakeDelivery: () => alarm.ring(),
  };
  if (options.stripeWebhook !== undefined) writeStripeWebhook(world, options.stripeWebhook);
  const server = serve(world, stop.signal);
  try {
    url = await listen(server, options);
  } catch (error) {
    closeDatabase(db);
    throw new Error(`The sandbox cannot listen on ${options.host}:${options.port}.`, { cause: error });
  }
  const delivery = deliverUntilStopped(world, alarm, stop.signal);
  return {
    url,
    async close() {
      if (stop.signal.aborted) return;
      stop.abort();
      alarm.ring();
      await Promise.all([closeServer(server), delivery]);
      closeDatabase(db);
    },
  };
}

function openSecret(db: Database): string {
  let secret = readSetting<string | null>(db, 'secret', null);
  if (secret === null) {
    secret = randomBytes(32).toString('hex');
    writeSetting(db, 'secret', secret);
  }
  return secret;
}

function serve(world: World, stop: AbortSignal): Server {
  const server = createServer((request, response) => {
    exchange(world, request, response, stop).catch((error: unknown) => {
      if (stop.aborted || request.destroyed) {
        response.destroy();
        return;
      }
      process.stderr.write(`sandbox: ${request.method} ${request.url} failed: ${String(error)}\n`);
      if (response.headersSent) response.destroy();
      else sendReply(response, refuse('INTERNAL_SERVER_ERROR'), 'sandbox-bug');
    });
  });
  server.keepAliveTimeout = keepAliveMs;
  return server;
}

async function listen(server: Server, { host, port }: SandboxOptions): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  // A TCP server that listens has an address.
  const bound = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${bound.port}`;
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeAllConnections();
  await closed;
}

interface Alarm {
  ring(): void;
  /** Until it rings, or for this long. */
  wait(ms: number): Promise<void>;
}

function createAlarm(): Alarm {
  let wake: (() => void) | null = null;
  let rung = false;
  return {
    ring() {
      rung = true;
      wake?.();
    },
    async wait(ms) {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      wake = null;
      rung = false;
    },
  };
}

/** One event of each side at a time, side by side. */
async function deliverUntilStopped(world: World, alarm: Alarm, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const waits = await Promise.all([deliverNext(world, stop), deliverNextStripe(world, stop)]);
    const wait = Math.min(...waits.map((ms) => ms ?? deliveryIdleMsMax), deliveryIdleMsMax);
    if (wait !== 0) await alarm.wait(wait);
  }
}
