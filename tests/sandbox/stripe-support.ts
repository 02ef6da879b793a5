import { Stripe } from 'stripe';
import { onTestFinished } from 'vitest';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/server.ts';
import type { StripeEffect } from '../../src/sandbox/stripe/effects.ts';
import { temporaryDirectory } from './support.ts';

/** Any JSON object of an answer; a test reads the members its answer has. */
export interface StripeBody {
  readonly id: string;
  readonly object: string;
  readonly amount: number;
  readonly amount_reversed: number;
  readonly reversed: boolean;
  readonly error: {
    readonly type: string;
    readonly code?: string;
    readonly message: string;
    readonly param?: string;
  };
  readonly data: readonly StripeBody[];
  readonly has_more: boolean;
  readonly type: string;
  readonly [member: string]: unknown;
}

export interface StripeAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: StripeBody;
}

export interface StripeClient {
  readonly url: string;
  get(path: string): Promise<StripeAnswer>;
  /** A form-encoded POST; `key` is the Idempotency-Key. */
  post(
    path: string,
    form: Record<string, string>,
    key?: string,
    headers?: Record<string, string>,
  ): Promise<StripeAnswer>;
  create(change?: Record<string, string>, key?: string): Promise<StripeAnswer>;
  /** The control API. */
  control(method: string, path: string, body?: unknown): Promise<StripeBody>;
  advance(seconds: number): Promise<void>;
  effects(): Promise<readonly StripeEffect[]>;
}

export const transferForm = {
  amount: '1250',
  currency: 'usd',
  destination: 'acct_1Ada',
  transfer_group: 'royalty-1-2',
};

export async function openStripe(
  options: Partial<SandboxOptions> = {},
): Promise<StripeClient & { sandbox: Sandbox }> {
  const sandbox = await startSandbox({ host: '127.0.0.1', port: 0, dir: temporaryDirectory(), ...options });
  onTestFinished(() => sandbox.close());
  return Object.assign(stripeClient(sandbox.url), { sandbox });
}

export function stripeClient(url: string): StripeClient {
  const standard = { authorization: 'Bearer sk_test_1' };
  const post: StripeClient['post'] = (path, form, key, headers = {}) =>
    request(url + path, {
      method: 'POST',
      headers: { ...standard, ...(key === undefined ? {} : { 'idempotency-key': key }), ...headers },
      body: new URLSearchParams(form),
    });
  const control: StripeClient['control'] = async (method, path, body) => {
    const text = body === undefined ? {} : { body: JSON.stringify(body) };
    return (await request(`${url}/__sandbox/${path}`, { method, ...text })).body;
  };
  return {
    url,
    get: (path) => request(url + path, { headers: standard }),
    post,
    create: (change = {}, key) => post('/v1/transfers', { ...transferForm, ...change }, key),
    control,
    async advance(seconds) {
      await control('POST', 'clock', { advanceSeconds: seconds });
    },
    async effects() {
      const { data } = await control('GET', 'effects?provider=stripe&limit=5000');
      return data as unknown as readonly StripeEffect[];
    },
  };
}

async function request(url: string, init: RequestInit): Promise<StripeAnswer> {
  const response = await fetch(url, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parse(text) };
}

function parse(text: string): StripeBody {
  try {
    return JSON.parse(text) as StripeBody;
  } catch {
    // Unreadable answers are what some tests are about.
    return {} as StripeBody;
  }
}

/** Stripe's own library as a client of a sandbox. */
export function officialClient(url: string): Stripe {
  const { hostname, port } = new URL(url);
  return new Stripe('sk_test_1', {
    host: hostname,
    port,
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
  });
}

/** Waits until a condition holds; it is about something that is under way in another process or server. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('what was waited for did not happen');
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
  }
}
