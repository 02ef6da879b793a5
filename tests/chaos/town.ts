import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Effect, Summary } from '../../src/sandbox/effects.ts';
import { startProcess, type TestProcess } from '../support/processes.ts';
import { seedDataDirectory } from '../support/templates.ts';

/** A seeded source of chance (mulberry32), so that a run's kills and faults can be repeated. */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Everything that goes wrong between Purser and the provider, with how often. */
const createFaults = {
  drop_before: 0.08,
  drop_after: 0.1,
  error_500_before: 0.05,
  error_500_after: 0.08,
  reset_mid_body: 0.06,
  malformed: 0.06,
  rate_limit: 0.08,
};
const faults = [
  ...Object.entries(createFaults).map(([fault, probability], index) => ({
    fault,
    probability,
    seed: index + 1,
    method: 'POST',
    path: '/v1/payments/payouts',
    ...(fault === 'rate_limit' ? { retryAfterSeconds: 1 } : {}),
  })),
  { fault: 'error_500_before', probability: 0.05, seed: 90, method: 'GET', path: '/v1/payments/payouts' },
  { fault: 'malformed', probability: 0.05, seed: 91, method: 'GET', path: '/v1/payments/payouts' },
];

const startedMs = 15_000;

/** The processes of a run: the sandbox on a port of its own, a worker, and commands; each can be killed at any moment. */
export class Town implements AsyncDisposable {
  readonly directory = mkdtempSync(path.join(tmpdir(), 'purser-chaos-'));
  readonly #env: Record<string, string>;
  readonly #random: () => number;
  sandbox: TestProcess | null = null;
  worker: TestProcess | null = null;
  #url = '';
  kills = 0;

  constructor(random: () => number, env: Record<string, string>) {
    this.#random = random;
    seedDataDirectory(path.join(this.directory, 'data'));
    this.#env = {
      PURSER_DATA_DIR: path.join(this.directory, 'data'),
      PAYPAL_CLIENT_ID: 'chaos',
      PAYPAL_CLIENT_SECRET: 'chaos',
      PROVIDER_TIMEOUT_MS: '1500',
      SEND_LEASE_MS: '3000',
      POLL_INTERVAL_MS: '200',
      ...env,
    };
  }

  get url(): string {
    return this.#url;
  }

  /** Starts or restarts the sandbox on the same port and the same file. */
  async startSandbox(): Promise<void> {
    const port = this.#url === '' ? '0' : new URL(this.#url).port;
    this.sandbox = startProcess([
      'src/sandbox/main.ts',
      '--port',
      port,
      '--dir',
      path.join(this.directory, 'sandbox'),
      '--settle-ms',
      '300',
    ]);
    const { url } = await this.sandbox.json((value) => 'url' in value, startedMs);
    this.#url = String(url);
  }

  async misbehave(): Promise<void> {
    await this.#control('POST', '/__sandbox/faults', { rules: faults });
  }

  async behave(): Promise<void> {
    await this.#control('DELETE', '/__sandbox/faults');
  }

  run(args: readonly string[], env: Record<string, string> = {}): TestProcess {
    return startProcess(['src/main/purser.ts', ...args], {
      env: { ...this.#env, PAYPAL_API_BASE: this.#url, ...env },
    });
  }

  startWorker(): void {
    this.worker = this.run(['worker']);
  }

  /** Kills a process by its own pid and counts it; false when it had ended by itself. */
  async kill(victim: TestProcess | null): Promise<boolean> {
    const killed = victim?.kill('SIGKILL') === true;
    if (killed) this.kills += 1;
    await victim?.ended;
    return killed;
  }

  /**
   * Runs a command again and again, killing it, the worker or the sandbox at random moments until `killsMax` are spent;
   * then lets it end. Answers its last JSON line.
   */
  async pay(file: string, cycle: string, killsMax: number): Promise<Record<string, unknown>> {
    for (let spent = 0; ; spent += 1) {
      const command = this.run(['pay', file, '--cycle', cycle, '--yes', '--json']);
      if (spent >= killsMax) {
        const { code } = await command.ended;
        const line = command.stdout.trim().split('\n').at(-1) ?? '';
        if (code === 0) return JSON.parse(line) as Record<string, unknown>;
        if (spent > killsMax + 5) throw new Error(`pay ended with ${code}: ${command.stderr.slice(-2000)}`);
        continue;
      }
      await delay(300 + this.#random() * 1700);
      await this.#killSomebody(command);
      await command.stop('SIGKILL');
    }
  }

  async #killSomebody(command: TestProcess): Promise<void> {
    const dice = this.#random();
    if (dice < 0.5 && (await this.kill(command))) return;
    if (dice < 0.75 || this.worker === null) {
      await this.kill(this.sandbox);
      await this.startSandbox();
    } else {
      await this.kill(this.worker);
      this.startWorker();
    }
  }

  /** The sandbox's own list of money moved. */
  async effects(): Promise<Effect[]> {
    const all: Effect[] = [];
    for (let afterId: string | number = 0; ;) {
      const page = (await this.#control('GET', `/__sandbox/effects?afterId=${afterId}&limit=5000`)) as {
        data: Effect[];
        nextAfterId: string | number | null;
      };
      all.push(...page.data);
      if (page.nextAfterId === null || page.data.length === 0) return all;
      afterId = page.nextAfterId;
    }
  }

  async summary(): Promise<Summary> {
    return (await this.#control('GET', '/__sandbox/effects/summary')) as Summary;
  }

  async #control(method: string, address: string, body?: unknown): Promise<unknown> {
    const response = await fetch(this.#url + address, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (!response.ok) throw new Error(`sandbox answered ${response.status}: ${await response.text()}`);
    return response.json();
  }

  write(name: string, text: string): string {
    const file = path.join(this.directory, name);
    writeFileSync(file, text);
    return file;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const process of [this.worker, this.sandbox]) await process?.stop('SIGKILL');
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** A pay file of `count` people, some with receivers the sandbox treats specially; references start with `prefix`. */
export function payFile(prefix: string, count: number): string {
  const special: Record<number, string> = { 3: '+failed', 7: '+unclaimed', 11: '+blocked' };
  const rows = Array.from({ length: count }, (_, index) => {
    const email = `${prefix}${index}${special[index % 50] ?? ''}@example.com`;
    const currency = index % 3 === 0 ? 'EUR' : 'USD';
    return `${prefix}u${index},Person ${index},${email},${10 + (index % 40)}.${10 + (index % 90)},${currency},paypal,,${prefix}r${index},`;
  });
  return ['payee_id,name,email,amount,currency,method,destination,reference,note', ...rows, ''].join('\n');
}

/** What a file asks for: receiver → value and currency. */
export function asked(file: string): Map<string, string> {
  const rows = file.trim().split('\n').slice(1);
  return new Map(
    rows.map((row) => {
      const [, , email = '', amount = '', currency = ''] = row.split(',');
      return [email, `${amount} ${currency}`];
    }),
  );
}
