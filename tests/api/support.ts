import { createHash, randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { recordItems } from '../../src/actions/outcomes.ts';
import type { Report } from '../../src/actions/outcomes.ts';
import { beginSend, recordCall } from '../../src/actions/submissions.ts';
import type { CallOutcome } from '../../src/actions/submissions.ts';
import { createKey } from '../../src/actions/keys.ts';
import { Providers } from '../../src/actions/providers.ts';
import { buildApp } from '../../src/api/app.ts';
import type { ApiDeps, ApiProvider } from '../../src/api/deps.ts';
import { readPortalSession } from '../../src/auth/portal-session.ts';
import { People } from '../../src/auth/people.ts';
import { systemActor } from '../../src/core/actor.ts';
import { publicId } from '../../src/core/ids.ts';
import { calendarIn } from '../../src/main/calendar.ts';
import type { Role } from '../../src/core/roles.ts';
import { itemsOf } from '../../src/store/attempts.ts';
import type { Db } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrate.ts';
import { claimSubmissions } from '../../src/store/submissions.ts';
import { testVault } from '../support/vault.ts';
import { undocumented } from './documented.ts';
import { openMemory } from '../support/templates.ts';

const dayMs = 24 * 60 * 60 * 1000;
const trusted = 'trusted-token-of-the-command-line';
const publicUrl = 'http://127.0.0.1:3000';
const startOfTime = Date.UTC(2026, 10, 20, 12, 0, 0);

/** A provider's rules without a provider: what the API may know of one. */
const rules: ApiProvider = {
  name: 'paypal',
  sandbox: true,
  capabilities: {
    itemsPerSubmissionMax: 15_000,
    itemReferenceMax: 63,
    providerKeyMax: 256,
    unclaimedDays: 30,
  },
  validate: (item) =>
    item.destination.value.includes('@')
      ? null
      : { code: 'receiver_invalid', message: 'not an e-mail address' },
  async verifyEvent(raw) {
    const { headers, body } = raw;
    if (headers['x-signature'] === 'unreachable') {
      throw Object.assign(new Error('no answer'), { name: 'LookupFailedError' });
    }
    if (headers['x-signature'] !== sha256(Buffer.from(body).toString('latin1'))) return null;
    const event = JSON.parse(Buffer.from(body).toString('utf8')) as { id: string };
    return { eventId: event.id, type: 'PAYMENT', providerBatchId: 'PB1', providerKey: null };
  },
};

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** An answer, read to its end. */
interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown> & { data: Record<string, unknown>[] };
}

export interface House {
  readonly deps: ApiDeps;
  readonly db: Db;
  readonly url: string;
  readonly logged: { level: string; event: string; fields: Record<string, unknown> }[];
  clock: { ms: number };
  keys: Record<Role, string>;
  /** A request as the trusted owner; `key` null sends none, a text another one. A string body goes as it is. */
  ask(
    method: string,
    path: string,
    body?: unknown,
    more?: { key?: string | null; headers?: Record<string, string> },
  ): Promise<Got>;
  close(): Promise<void>;
}

/** A real server on a real socket, over an embedded database in memory unless another one is handed in. */
export async function openHouse(more: Partial<ApiDeps> = {}): Promise<House> {
  const db = more.db ?? (await openMemory());
  await migrate(db);
  const clock = { ms: startOfTime };
  const logged: House['logged'] = [];
  const log =
    (level: string) =>
    (event: string, fields: Record<string, unknown> = {}) =>
      void logged.push({ level, event, fields });
  let count = 0;
  const now = () => new Date(clock.ms);
  const newId = (prefix: string) => publicId(prefix, clock.ms, sha256(`${(count += 1)}`));
  const deps: ApiDeps = {
    db,
    hash: sha256,
    calendar: calendarIn('UTC'),
    vault: await testVault(db),
    now,
    actor: systemActor,
    newId,
    people: new People({ db, now, newId, secret: trusted, publicUrl: 'http://localhost:3000' }),
    newSecret: () => randomBytes(32),
    providers: new Providers([rules]),
    trustedToken: trusted,
    sessions: [
      readPortalSession({
        db,
        hash: sha256,
        now: () => new Date(clock.ms),
        publicUrl: more.publicUrl ?? publicUrl,
      }),
    ],
    publicUrl,
    testBench: null,
    log: { info: log('info'), warn: log('warn'), error: log('error') },
    version: '0.0.0-test',
    ...more,
  };
  const app = buildApp(deps);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  return {
    deps,
    db,
    url,
    logged,
    clock,
    keys: await keysOf(deps),
    ask: (method, path, body, options = {}) => ask(url, method, path, body, options),
    async close() {
      await app.close();
      await db.destroy().catch(() => undefined);
    },
  };
}

async function keysOf(deps: ApiDeps): Promise<Record<Role, string>> {
  const make = async (role: Role) =>
    (await createKey(deps, { name: `${role} key`, role, random: deps.newSecret() })).key;
  return {
    owner: await make('owner'),
    operator: await make('operator'),
    approver: await make('approver'),
    viewer: await make('viewer'),
  };
}

async function ask(
  url: string,
  method: string,
  path: string,
  body: unknown,
  { key = trusted, headers = {} }: { key?: string | null; headers?: Record<string, string> },
): Promise<Got> {
  const answer = await fetch(url + path, {
    method,
    headers: {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      // As a browser says of a page of our own; requests with the cookie of a session need it.
      'sec-fetch-site': 'same-origin',
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await textOf(answer);
  const wrong = undocumented(method, path, { status: answer.status, headers: answer.headers, text });
  if (wrong !== '') throw new Error(wrong);
  const isJson = answer.headers.get('content-type')?.includes('json') === true;
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    body: (isJson ? JSON.parse(text) : {}) as Got['body'],
  };
}

/** All of an answer; of a stream that lasts as long as somebody reads, what it begins with. */
async function textOf(answer: Response): Promise<string> {
  if (answer.headers.get('content-type')?.startsWith('text/event-stream') !== true || !answer.body)
    return answer.text();
  const reader = answer.body.getReader();
  const { value } = await reader.read();
  await reader.cancel();
  return Buffer.from(value ?? []).toString();
}

/** An earning of a winner with its payee; `more` replaces what is given. */
export function winner(cycle: string, number: number, more: Record<string, unknown> = {}) {
  const email = `user${number}@example.com`;
  return {
    sourceType: 'winner',
    externalId: `${cycle}-sel${number}`,
    payeeExternalId: `${cycle}-user${number}`,
    cycleId: cycle,
    amount: 1000,
    currency: 'USD',
    payee: { name: `User ${number}`, email, payoutMethod: { type: 'paypal', destination: email } },
    ...more,
  };
}

/** A cycle with these earnings. */
export async function seed(house: House, cycle: string, earnings: Record<string, unknown>[]): Promise<void> {
  await house.ask('POST', '/api/admin/cycles', { id: cycle });
  const got = await house.ask('POST', '/api/admin/earnings', { earnings });
  const { created } = got.body['counts'] as { created: number };
  if (created !== earnings.length) throw new Error(`seeded ${created} of ${earnings.length}: ${got.text}`);
}

/** Starts a run of the cycle and answers its batch id. */
export async function start(house: House, cycle: string): Promise<string> {
  const got = await house.ask('POST', '/api/admin/payout-batches/process', { cycleId: cycle });
  if (got.status !== 202) throw new Error(`not started: ${got.text}`);
  return got.body['batchId'] as string;
}

type Fate = 'completed' | 'failed' | 'unclaimed' | 'returned' | 'held' | 'pending';

/** What the engine does with everything that is due: sends it, and records the fate of every item. */
export async function settle(
  house: House,
  fateOf: (destination: string) => Fate = () => 'completed',
  answer?: CallOutcome,
  partlyReturned?: bigint,
): Promise<void> {
  const { deps, db } = house;
  const claim = { owner: 'test', leaseMs: dayMs, limit: 100, batchId: null };
  for (const submission of await claimSubmissions(db, 'send', claim, deps.now())) {
    await beginSend(deps, submission, () => new TextEncoder().encode(submission.providerKey), 30 * dayMs);
    const accepted = { kind: 'accepted', providerBatchId: `PB-${submission.id}`, evidence: '201' } as const;
    await recordCall(deps, submission, answer ?? accepted, 15_000);
    if (answer) continue;
    const items = await itemsOf(db, deps.vault, submission.id);
    await recordItems(
      deps,
      submission,
      items.map((item) => ({
        ...report(item, fateOf(item.destination)),
        ...(partlyReturned === undefined ? {} : { partlyReturned }),
      })),
      'paypal',
    );
  }
}

function report(
  item: { itemReference: string; attemptId: bigint; amount: bigint; currency: string },
  status: Fate,
): Report {
  return {
    ...item,
    providerItemId: `PI${item.attemptId}`,
    status,
    raw: status.toUpperCase(),
    fee: status === 'completed' ? 25n : null,
    reason: status === 'failed' ? { code: 'receiver_locked', message: 'account locked' } : null,
    transactionId: null,
  };
}
