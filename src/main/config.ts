import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { isZone } from './calendar.ts';
import type { PayoutLimits } from '../core/limits.ts';

/** A provider reached with credentials of one's own. */
interface PaypalSettings {
  readonly apiBase: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly webhookId: string | null;
}

/** A Stripe platform account of one's own. */
interface StripeSettings {
  readonly apiBase: string;
  readonly secretKey: string;
  /** Of the webhook endpoints, new and old during a rotation; none: events are refused and polling does all. */
  readonly webhookSecrets: readonly string[];
}

/** The mail server, and who mails are from. */
interface MailSettings {
  readonly url: string;
  readonly from: string;
}

/** Everything Purser is told from outside; read once at start. */
export interface Config {
  /** Null: the embedded database in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  /** What data keys are wrapped under. Null: a file in `dataDir` holds it. */
  readonly secret: string | null;
  /** The secret that is to follow; it opens the database as well. */
  readonly newSecret: string | null;
  readonly host: string;
  readonly port: number;
  /** Where people open Purser in a browser; cookies, links and passkeys belong to it. */
  readonly publicUrl: string;
  /** IANA name of the zone in which payouts are scheduled. */
  readonly timezone: string;
  readonly logLevel: string;
  /** Null: mails rest in the outbox. */
  readonly mail: MailSettings | null;
  /** Null: not set up. With no provider set up the built-in sandbox stands in for all of them. */
  readonly paypal: PaypalSettings | null;
  readonly stripe: StripeSettings | null;
  readonly providerTimeoutMs: number;
  readonly sendLeaseMs: number;
  readonly pollIntervalMs: number;
  /** What one key or person may ask in a minute, and how many of it may be POSTs. */
  readonly payoutLimits: PayoutLimits;
  readonly requestsPerMinute: number;
  readonly postsPerMinute: number;
  /** Proxies whose X-Forwarded-For is believed; null: nobody's is. */
  readonly trustProxy: readonly string[] | null;
  /** A server to talk to instead of opening a database. */
  readonly serverUrl: string | null;
  readonly serverKey: string | null;
}

/** Shortest secret that is taken, in characters. */
export const secretCharsMin = 32;

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

/** How a secret is made by hand. */
export const howToMakeSecret = 'openssl rand -base64 32';
/** Said after the variable's name. */
export const missingSecret = `is missing: with DATABASE_URL it must be set, at least ${secretCharsMin} characters that nobody can guess. Make one with: ${howToMakeSecret}. Keep a copy apart from the database: without it nobody in it can be paid`;
const sandboxPollIntervalMs = 500;
const pollIntervalMs = 15_000;
/** The one address of Stripe; the key says whether it is for testing. */
const stripeApi = 'https://api.stripe.com';
const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'];
/** A lease must outlive one call by a margin, or two workers would send the same bytes side by side. */
const leaseMarginMs = 5_000;

/** Limits of one payout, in minor units. */
const payoutMinDefault = 100;
const payoutMaxDefault = 2_000_000;
const payoutMaxMost = 100_000_000_000;

function limitsOf(read: Reader): PayoutLimits {
  const min = read.whole('MIN_PAYOUT_AMOUNT_CENTS', payoutMinDefault, 1, payoutMaxMost);
  const max = read.whole('MAX_PAYOUT_AMOUNT_CENTS', payoutMaxDefault, 1, payoutMaxMost);
  if (max < min) read.problem('MAX_PAYOUT_AMOUNT_CENTS', 'must not be less than MIN_PAYOUT_AMOUNT_CENTS');
  return { min: BigInt(min), max: BigInt(max) };
}

/** Reads and checks the environment. Throws ConfigError with every problem. */
export function readConfig(env: Env): Config {
  const read = new Reader(env);
  const paypal = paypalOf(read);
  const stripe = stripeOf(read);
  const host = read.text('HOST') ?? '127.0.0.1';
  const port = read.whole('PORT', 3000, 0, 65_535);
  const config = {
    databaseUrl: read.url('DATABASE_URL', ['postgres:', 'postgresql:']),
    dataDir: resolve(read.text('PURSER_DATA_DIR') ?? join('.', 'data')),
    secret: read.secret('PURSER_SECRET'),
    newSecret: read.secret('PURSER_NEW_SECRET'),
    host,
    port,
    publicUrl: read.url('PUBLIC_URL') ?? ownAddress(host, port),
    timezone: zoneOf(read),
    mail: mailOf(read),
    logLevel: read.oneOf('LOG_LEVEL', logLevels, 'info'),
    paypal,
    stripe,
    providerTimeoutMs: read.whole('PROVIDER_TIMEOUT_MS', 30_000, 100, 600_000),
    sendLeaseMs: read.whole('SEND_LEASE_MS', 120_000, 200, 3_600_000),
    pollIntervalMs: read.whole(
      'POLL_INTERVAL_MS',
      (paypal ?? stripe) ? pollIntervalMs : sandboxPollIntervalMs,
      10,
      900_000,
    ),
    payoutLimits: limitsOf(read),
    requestsPerMinute: read.whole('REQUESTS_PER_MINUTE', 6_000, 60, 10_000_000),
    postsPerMinute: read.whole('POSTS_PER_MINUTE', 3_000, 60, 10_000_000),
    trustProxy: read.addresses('TRUST_PROXY'),
    serverUrl: read.url('PURSER_URL'),
    serverKey: read.text('PURSER_API_KEY'),
  };
  if (config.sendLeaseMs < config.providerTimeoutMs + leaseMarginMs && read.text('SEND_LEASE_MS') === null) {
    read.problem('SEND_LEASE_MS', `must be set at least ${leaseMarginMs} ms above PROVIDER_TIMEOUT_MS`);
  }
  if (config.databaseUrl !== null && config.serverUrl === null && read.text('PURSER_SECRET') === null) {
    read.problem('PURSER_SECRET', missingSecret);
  }
  read.finish();
  return config;
}

/** Where this process listens. */
export function addressOf(config: Pick<Config, 'host' | 'port'>): string {
  return `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${config.port}`;
}

function zoneOf(read: Reader): string {
  const zone = read.text('PURSER_TIMEZONE') ?? 'UTC';
  if (!isZone(zone)) read.problem('PURSER_TIMEZONE', 'must be a time zone such as Europe/Paris');
  return zone;
}

function mailOf(read: Reader): MailSettings | null {
  const url = read.url('SMTP_URL', ['smtp:', 'smtps:']);
  const from = read.text('MAIL_FROM');
  // Half a configuration is refused: mails would rest in the outbox while somebody believes that they leave.
  if (url === null && from !== null) read.problem('SMTP_URL', 'is missing beside MAIL_FROM');
  if (url !== null && from === null) read.problem('MAIL_FROM', 'is missing beside SMTP_URL');
  if (from !== null && !/^[^\r\n]*[^\s@<>]+@[^\s@<>]+>?$/.test(from))
    read.problem('MAIL_FROM', 'must be an address such as Purser <payouts@example.com>');
  return url === null || from === null ? null : { url, from };
}

/** The address of this machine; by its name, because passkeys belong to names and not to numbers. */
export function ownAddress(host: string, port: number): string {
  if (host === '127.0.0.1' || host === '::1') return `http://localhost:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
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

function stripeOf(read: Reader): StripeSettings | null {
  const secretKey = read.text('STRIPE_SECRET_KEY');
  const apiBase = read.url('STRIPE_API_BASE');
  const webhookSecrets = read.list('STRIPE_WEBHOOK_SECRET');
  if (secretKey === null) {
    // Half a configuration is refused, as for PayPal.
    if (apiBase !== null || webhookSecrets.length > 0)
      read.problem('STRIPE_SECRET_KEY', 'is missing beside the other STRIPE_ settings');
    return null;
  }
  if (!/^[rs]k_[A-Za-z0-9_]+$/.test(secretKey))
    read.problem('STRIPE_SECRET_KEY', 'must be a secret key (sk_…) or a restricted one (rk_…)');
  if (webhookSecrets.some((secret) => !/^[\x21-\x7e]+$/.test(secret)))
    read.problem('STRIPE_WEBHOOK_SECRET', 'must be signing secrets (whsec_…), separated by commas');
  return { apiBase: apiBase ?? stripeApi, secretKey, webhookSecrets };
}

/** True when no provider is set up: the built-in sandbox stands in for all of them, and no real money moves. */
export function isAllSandbox(config: Pick<Config, 'paypal' | 'stripe'>): boolean {
  return config.paypal === null && config.stripe === null;
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

  secret(name: string): string | null {
    const value = this.text(name);
    if (value === null || value.length >= secretCharsMin) return value;
    this.problem(name, `has fewer than ${secretCharsMin} characters. Make one with: ${howToMakeSecret}`);
    return null;
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

  /** Texts between commas; empty ones count as absent. */
  list(name: string): string[] {
    const parts = this.text(name)?.split(',') ?? [];
    return parts.map((part) => part.trim()).filter(Boolean);
  }

  /** Addresses and networks, such as `10.0.0.5,10.1.0.0/16`. */
  addresses(name: string): string[] | null {
    const list = this.text(name)
      ?.split(',')
      .map((one) => one.trim());
    if (list === undefined) return null;
    if (list.every((one) => isNetwork(one))) return list;
    this.problem(name, 'must be addresses or networks of proxies, such as 10.0.0.5,10.1.0.0/16');
    return null;
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

function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}
