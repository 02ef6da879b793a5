import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Effect } from '../../src/sandbox/effects.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/server.ts';

export type Json = Record<string, unknown>;

export interface ItemBody {
  readonly payout_item_id: string;
  readonly transaction_id: string;
  readonly transaction_status: string;
  readonly payout_item: { readonly sender_item_id: string; readonly amount: Json };
  readonly payout_item_fee: Json;
  readonly errors?: { readonly name: string };
}

/** The fields the tests read, of any answer of PayPal or of the control API; a test reads those its answer has. */
export interface AnswerBody extends ItemBody {
  readonly access_token: string;
  readonly name: string;
  readonly debug_id: string;
  readonly details: readonly {
    readonly field: string;
    readonly link: readonly { readonly href: string }[];
  }[];
  readonly links: readonly { readonly rel: string }[];
  readonly batch_header: {
    readonly payout_batch_id: string;
    readonly batch_status: string;
    readonly amount: Json;
  };
  readonly items: readonly ItemBody[];
  readonly verification_status: string;
  readonly data: readonly (Effect & { readonly fault: string; readonly fired: number })[];
  readonly nextAfterId: number | null;
  readonly duplicateCount: number;
  readonly duplicates: unknown;
  readonly offsetSeconds: number;
  readonly events: { readonly waiting?: number };
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: AnswerBody;
}

/** An empty directory that is gone after the test. */
export function temporaryDirectory(): string {
  const dir = mkdtempSync(join(tmpdir(), 'purser-sandbox-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** The first item of an answer that must have one. */
export function firstItem(body: AnswerBody): ItemBody {
  const [first] = body.items;
  if (first === undefined) throw new Error('the answer has no items');
  return first;
}

/** A client of one sandbox, with a token. */
export interface Client {
  readonly url: string;
  readonly token: string;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  create(items: Json[], header?: Json): Promise<Answer>;
  /** Pushes the clock, so that no test has to wait. */
  advance(seconds: number): Promise<void>;
  batchId(answer: Answer): string;
}

export async function openSandbox(
  options: Partial<SandboxOptions> = {},
): Promise<Client & { sandbox: Sandbox }> {
  const sandbox = await startSandbox({ host: '127.0.0.1', port: 0, dir: temporaryDirectory(), ...options });
  onTestFinished(() => sandbox.close());
  return Object.assign(await connect(sandbox.url), { sandbox });
}

export async function connect(url: string): Promise<Client> {
  const answer = await request(`${url}/v1/oauth2/token`, 'POST', 'grant_type=client_credentials', {
    authorization: `Basic ${btoa('client:secret')}`,
    'content-type': 'application/x-www-form-urlencoded',
  });
  const token = answer.body.access_token;
  async function call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const standard = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    return await request(url + path, method, text, { ...standard, ...headers });
  }
  return {
    url,
    token,
    call,
    create: (items, header = {}) =>
      call('POST', '/v1/payments/payouts', { sender_batch_header: header, items }),
    async advance(seconds) {
      await call('POST', '/__sandbox/clock', { advanceSeconds: seconds });
    },
    batchId: (created) => created.body.batch_header.payout_batch_id,
  };
}

async function request(
  url: string,
  method: string,
  body: string | undefined,
  headers: Record<string, string>,
): Promise<Answer> {
  const response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parse(text) };
}

function parse(text: string): AnswerBody {
  try {
    return JSON.parse(text) as AnswerBody;
  } catch {
    // Unreadable answers are what some tests are about.
    return {} as AnswerBody;
  }
}

/** A payable item; `receiver` decides its outcome. */
export function item(receiver: string, reference?: string, value = '10.00', currency = 'USD'): Json {
  const named = reference === undefined ? {} : { sender_item_id: reference };
  return { recipient_type: 'EMAIL', receiver, amount: { currency, value }, note: 'Thank you', ...named };
}

export function items(count: number, prefix = 'payee'): Json[] {
  return Array.from({ length: count }, (_, i) => item(`${prefix}${i}@example.com`, `${prefix}-${i}`));
}

/** Every effect the sandbox knows, page by page. */
export async function allEffects(client: Client): Promise<Effect[]> {
  const effects: Effect[] = [];
  let afterId: number | null = 0;
  while (afterId !== null) {
    const { body } = await client.call('GET', `/__sandbox/effects?afterId=${afterId}&limit=5000`);
    effects.push(...body.data);
    afterId = body.nextAfterId;
  }
  return effects;
}

export interface SandboxProcess {
  readonly child: ChildProcess;
  readonly url: string;
  readonly pid: number;
}

const entry = fileURLToPath(new URL('../../src/sandbox/main.ts', import.meta.url));

/** The real program, in a process of its own. */
export async function spawnSandbox(dir: string, args: string[] = [], ipc = false): Promise<SandboxProcess> {
  const child = spawn(process.execPath, [entry, '--port', '0', '--dir', dir, ...args], {
    stdio: ['ignore', 'pipe', 'inherit', ...(ipc ? (['ipc'] as const) : [])],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  if (child.stdout === null) throw new Error('the sandbox has no output');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, ...(JSON.parse(line) as { url: string; pid: number }) };
}

export async function killHard(sandbox: SandboxProcess): Promise<void> {
  const gone = once(sandbox.child, 'exit');
  process.kill(sandbox.pid, 'SIGKILL');
  await gone;
}

const specsDir =
  process.env['PURSER_SPECS_DIR'] ?? fileURLToPath(new URL('../../../shared/specs', import.meta.url));

/** A published specification, or null on a machine that has none; tests that need it then say they are skipped. */
export function readSpec(path: string): object | null {
  const file = join(specsDir, path);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as object) : null;
}
