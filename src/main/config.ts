import { join, resolve } from 'node:path';

/** A provider reached with credentials of one's own. */
interface PaypalSettings {
  readonly apiBase: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly webhookId: string | null;
}

/** Everything Purser is told from outside; read once at start. */
export interface Config {
  /** Null: the embedded database in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  readonly logLevel: string;
  /** Null: the built-in sandbox stands in. */
  readonly paypal: PaypalSettings | null;
  readonly providerTimeoutMs: number;
  readonly sendLeaseMs: number;
  readonly pollIntervalMs: number;
  /** Where people reach it; null: where it listens, see `publicUrlOf`. */
  readonly publicUrl: string | null;
  /** A server to talk to instead of opening a database. */
  readonly serverUrl: string | null;
  readonly serverKey: string | null;
}

/** All problems of the environment at once, each with the variable's name. Values are never repeated. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`Purser cannot start: ${problems.join('; ')}`);
    this.problems = problems;
  }
}

type Env = Readonly<Record<string, string | undefined>>;

const sandboxPollIntervalMs = 500;
const pollIntervalMs = 15_000;
const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'];
/** A lease must outlive one call by a margin, or two workers would send the same bytes side by side. */
const leaseMarginMs = 5_000;

/** Reads and checks the environment. Throws ConfigError with every problem. */
export function readConfig(env: Env): Config {
  const read = new Reader(env);
  const paypal = paypalOf(read);
  const config = {
    databaseUrl: read.url('DATABASE_URL', ['postgres:', 'postgresql:']),
    dataDir: resolve(read.text('PURSER_DATA_DIR') ?? join('.', 'data')),
    host: read.text('HOST') ?? '127.0.0.1',
    port: read.whole('PORT', 3000, 0, 65_535),
    logLevel: read.oneOf('LOG_LEVEL', logLevels, 'info'),
    paypal,
    providerTimeoutMs: read.whole('PROVIDER_TIMEOUT_MS', 30_000, 100, 600_000),
    sendLeaseMs: read.whole('SEND_LEASE_MS', 120_000, 200, 3_600_000),
    pollIntervalMs: read.whole(
      'POLL_INTERVAL_MS',
      paypal ? pollIntervalMs : sandboxPollIntervalMs,
      10,
      900_000,
    ),
    publicUrl: read.url('PUBLIC_URL'),
    serverUrl: read.url('PURSER_URL'),
    serverKey: read.text('PURSER_API_KEY'),
  };
  if (config.sendLeaseMs < config.providerTimeoutMs + leaseMarginMs && read.text('SEND_LEASE_MS') === null) {
    read.problem('SEND_LEASE_MS', `must be set at least ${leaseMarginMs} ms above PROVIDER_TIMEOUT_MS`);
  }
  read.finish();
  return config;
}

/** Where this process listens. */
export function addressOf(config: Pick<Config, 'host' | 'port'>): string {
  return `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${config.port}`;
}

/** What links begin with, without a slash at the end. */
export function publicUrlOf(config: Pick<Config, 'host' | 'port' | 'publicUrl'>): string {
  return config.publicUrl ?? addressOf(config);
}

function paypalOf(read: Reader): PaypalSettings | null {
  const clientId = read.text('PAYPAL_CLIENT_ID');
  const clientSecret = read.text('PAYPAL_CLIENT_SECRET');
  const apiBase = read.url('PAYPAL_API_BASE');
  const webhookId = read.text('PAYPAL_WEBHOOK_ID');
  if (clientId === null && clientSecret === null && apiBase === null) return null;
  // Half a configuration is refused: falling back to the sandbox here would look like paying and pay nobody.
  if (clientId === null) read.problem('PAYPAL_CLIENT_ID', 'is missing beside the other PAYPAL_ settings');
  if (clientSecret === null)
    read.problem('PAYPAL_CLIENT_SECRET', 'is missing beside the other PAYPAL_ settings');
  if (apiBase === null) {
    read.problem(
      'PAYPAL_API_BASE',
      'must say which PayPal: https://api-m.sandbox.paypal.com or https://api-m.paypal.com',
    );
  }
  if (clientId === null || clientSecret === null || apiBase === null) return null;
  return { apiBase, clientId, clientSecret, webhookId };
}

class Reader {
  readonly #env: Env;
  readonly #problems: string[] = [];

  constructor(env: Env) {
    this.#env = env;
  }

  problem(name: string, message: string): void {
    this.#problems.push(`${name} ${message}`);
  }

  finish(): void {
    if (this.#problems.length > 0) throw new ConfigError(this.#problems);
  }

  /** An empty variable counts as absent. */
  text(name: string): string | null {
    const value = this.#env[name]?.trim();
    return value === undefined || value === '' ? null : value;
  }

  whole(name: string, fallback: number, min: number, max: number): number {
    const text = this.text(name);
    if (text === null) return fallback;
    const value = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    this.problem(name, `must be a whole number from ${min} to ${max}`);
    return fallback;
  }

  oneOf(name: string, allowed: readonly string[], fallback: string): string {
    const text = this.text(name);
    if (text === null) return fallback;
    if (!allowed.includes(text)) this.problem(name, `must be one of ${allowed.join(', ')}`);
    return text;
  }

  url(name: string, protocols = ['http:', 'https:']): string | null {
    const text = this.text(name);
    if (text === null) return null;
    const url = URL.parse(text);
    if (url && protocols.includes(url.protocol)) return text.replace(/\/+$/, '');
    this.problem(
      name,
      `must be an address that starts with ${protocols.map((one) => `${one}//`).join(' or ')}`,
    );
    return null;
  }
}
