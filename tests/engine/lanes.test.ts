import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { queueMail } from '../../src/actions/mail.ts';
import type { EngineContext } from '../../src/engine/context.ts';
import { runLoop } from '../../src/engine/service.ts';
import { createMailer } from '../../src/notify/smtp.ts';
import { createPaypalProvider } from '../../src/providers/paypal/provider.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { findBatch } from '../../src/store/batches.ts';
import { transaction } from '../../src/store/db.ts';
import { requestReconciliation } from '../../src/store/reconciliations.ts';
import { submissionsOf } from '../../src/store/submissions.ts';
import { SharedDatabase } from '../support/hooked-db.ts';
import type { World } from '../support/world.ts';
import { makeWorld, seedCycle, startOfTime, winners } from '../support/world.ts';
import { everything, payOk, tell, workUntilRest } from './harness.ts';

// A running engine against PayPal's sandbox over HTTP: whoever is silent keeps nobody else waiting.

/** A provider may be silent for this long, as in a real installation. */
const timeoutMs = 30_000;
/** What is not held up is done much sooner. */
const promptMs = 5000;

let paypal: Awaited<ReturnType<typeof openPaypal>>;
let world: World;
beforeAll(async () => {
  const database = await SharedDatabase.open();
  paypal = await openPaypal();
  const clock = runningClock();
  const provider = createPaypalProvider(
    { apiBase: paypal.url, clientId: 'one', clientSecret: 'two', webhookId: null, timeoutMs, sandbox: true },
    { now: () => clock.ms },
  );
  world = { ...(await makeWorld({ db: database.connect(), provider, clock })), pollIntervalMs: 100 };
});
afterAll(() => paypal.close());

/** Goes on as the machine's, and can be set forward. */
function runningClock() {
  let ahead = startOfTime - performance.now();
  return {
    get ms() {
      return ahead + performance.now();
    },
    set ms(to: number) {
      ahead = to - performance.now();
    },
  };
}

/** The sandbox behind a door that keeps requests waiting for ever while `isSilent` says so. */
async function openPaypal() {
  const dir = mkdtempSync(path.join(tmpdir(), 'purser-lanes-'));
  const sandbox = await startSandbox({ host: '127.0.0.1', port: 0, dir, settleMs: 0 });
  const door = {
    isSilent: (_asked: IncomingMessage) => false,
    waiting: new Set<() => void>(),
    open() {
      door.isSilent = () => false;
      for (const goOn of door.waiting) goOn();
      door.waiting.clear();
    },
  };
  const server = createHttpServer((asked, answer) => {
    const pass = async () => {
      if (door.isSilent(asked)) await new Promise<void>((resolve) => void door.waiting.add(resolve));
      const { method = 'GET', url = '', headers } = asked;
      const { host: _host, connection: _connection, ...passed } = headers;
      const body = method === 'POST' ? await buffer(asked) : null;
      const got = await fetch(`${sandbox.url}${url}`, {
        method,
        headers: passed as Record<string, string>,
        body,
      });
      answer.writeHead(got.status, { 'content-type': 'application/json' }).end(await got.text());
    };
    void pass().catch(() => answer.destroy());
  });
  const url = await listening(server);
  return {
    url: `http://${url}`,
    door,
    async close() {
      door.open();
      server.closeAllConnections();
      server.close();
      await sandbox.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A running engine; `ended` resolves when its last lane has ended. */
function running(ctx: EngineContext = world) {
  world.logged.length = 0;
  const stop = new AbortController();
  const ended = runLoop(ctx, { round: everything, signal: stop.signal });
  onTestFinished(async () => {
    stop.abort();
    paypal.door.open();
    await ended;
  });
  return { stop: () => stop.abort(), ended };
}

/** Begins to pay two people of a new cycle; answers what says where their submission is. */
async function pays(cycle: string): Promise<{ batchId: bigint; state: () => Promise<string | undefined> }> {
  await seedCycle(
    world,
    cycle,
    winners(2, (index) => ({ reference: `${cycle}-${index}` })),
  );
  const batch = await findBatch(world.db, await payOk(world, cycle));
  const batchId = batch?.id ?? 0n;
  return { batchId, state: async () => (await submissionsOf(world.db, batchId))[0]?.state };
}

const soon = { timeout: promptMs, interval: 20 };
const isLook = ({ method, url = '' }: IncomingMessage) =>
  method === 'GET' && url.startsWith('/v1/payments/payouts/');
const logged = (event: string) => world.logged.filter((line) => line.event === event);

describe('a silence', () => {
  it.each(['compared', 'followed'])(
    'of a provider about a batch that is %s does not delay the sending of another',
    async (what) => {
      const old = await pays(`old-${what}`);
      if (what === 'compared') {
        await workUntilRest(world);
        await requestReconciliation(world.db, old.batchId, world.now());
      }
      paypal.door.isSilent = isLook;
      running();
      await vi.waitFor(() => expect(paypal.door.waiting.size).toBe(1), soon);
      const { state } = await pays(`new-${what}`);
      await vi.waitFor(async () => expect(await state()).toBe('accepted'), soon);
      paypal.door.open();
      await vi.waitFor(() => expect(logged('batch_reconciled').length).toBeGreaterThan(1), soon);
    },
  );

  it('of one call to send holds its own slot alone, and of all of them lets no further one begin', async () => {
    const atOnceMax = world.provider.capabilities.callsAtOnceMax;
    let silent = 1;
    paypal.door.isSilent = ({ method, url }) =>
      method === 'POST' && url === '/v1/payments/payouts' && (silent -= 1) >= 0;
    const { state: first } = await pays('silent-first');
    running();
    await vi.waitFor(() => expect(paypal.door.waiting.size).toBe(1), soon);
    const { state: second } = await pays('beside-a-silent-call');
    await vi.waitFor(async () => expect(await second()).toBe('accepted'), soon);
    expect(await first()).toBe('sending');
    silent = Infinity;
    const others = [];
    for (let n = 0; n < atOnceMax; n += 1) others.push(await pays(`silent-${n}`));
    await vi.waitFor(() => expect(paypal.door.waiting.size).toBe(atOnceMax), soon);
    // Whatever is done elsewhere rings the bell: a slot too many would be taken now.
    await vi.waitFor(() => expect(logged('batch_reconciled')).toHaveLength(1), soon);
    expect(paypal.door.waiting.size).toBe(atOnceMax);
    const states = await Promise.all(others.map(async ({ state }) => state()));
    expect(states.filter((state) => state === 'planned')).toHaveLength(1);
    paypal.door.open();
    for (const { state } of others)
      await vi.waitFor(async () => expect(await state()).toBe('accepted'), soon);
  });

  it('of the mail server delays no payout', async () => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => void sockets.add(socket.on('error', () => undefined)));
    const url = `smtp://${await listening(server)}`;
    const to = 'ana@example.com';
    const mail = { to, kind: 'portal_link', subject: 'a', text: 'b', html: 'c', expiresAt: null };
    await transaction(world.db, async (tx) => queueMail(tx, world, mail));
    running({ ...world, mailer: createMailer({ url, from: 'payouts@pay.example.com' }) });
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    await vi.waitFor(() => expect(sockets.size).toBe(1), soon);
    const { state } = await pays('beside-mail');
    await vi.waitFor(async () => expect(await state()).toBe('accepted'), soon);
    expect(logged('mail_failed'), 'the server is waited for still').toEqual([]);
  });
});

it('what fails every time keeps nothing else from being done, and is tried less and less', async () => {
  // A stored event that nobody can file: by one round it is looked at between sending and following.
  await tell(world, 'WH-1', { providerBatchId: null });
  await sql`create function refuse() returns trigger language plpgsql as 'begin raise ''no''; end'`.execute(
    world.db,
  );
  await sql`create trigger refuse before update on provider_event execute function refuse()`.execute(
    world.db,
  );
  await pays('beside-a-failure');
  running();
  await vi.waitFor(() => expect(logged('batch_reconciled')).toHaveLength(1), soon);
  await vi.waitFor(() => expect(logged('round_failed').length).toBeGreaterThan(1), soon);
  expect(logged('round_failed').map(({ fields }) => [fields['lane'], fields['failures']])).toEqual([
    ['house', 1],
    ['house', 2],
  ]);
  await sql`drop trigger refuse on provider_event`.execute(world.db);
});

it('a stop waits for what is under way, and writes down what it hears', async () => {
  paypal.door.isSilent = ({ method, url }) => method === 'POST' && url === '/v1/payments/payouts';
  const { state } = await pays('at-the-end');
  const { stop, ended } = running();
  await vi.waitFor(() => expect(paypal.door.waiting.size).toBe(1), soon);
  stop();
  const first = await Promise.race([ended.then(() => 'ended'), state()]);
  expect(first).toBe('sending');
  paypal.door.open();
  await ended;
  expect(await state()).toBe('accepted');
});
