import { describe, expect, it } from 'vitest';
import { ConfigError, isAllSandbox, readConfig } from '../../src/main/config.ts';
import { connectProviders } from '../../src/main/providers.ts';

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('the configuration', () => {
  it('stands in with the sandbox and an embedded database when nothing is said', () => {
    const config = readConfig({});
    expect(config).toMatchObject({ databaseUrl: null, paypal: null, host: '127.0.0.1', port: 3000 });
    expect(config.pollIntervalMs).toBeLessThan(1000);
  });

  it('trap 23: refuses half a PayPal configuration instead of falling back to the sandbox', () => {
    expect(problemsOf({ PAYPAL_CLIENT_ID: 'a', PAYPAL_CLIENT_SECRET: 'b' })).toEqual([
      expect.stringContaining('PAYPAL_API_BASE'),
    ]);
    expect(problemsOf({ PAYPAL_API_BASE: 'https://api-m.paypal.com' })).toEqual([
      expect.stringContaining('PAYPAL_CLIENT_ID'),
      expect.stringContaining('PAYPAL_CLIENT_SECRET'),
    ]);
  });

  it('trap 23: refuses half a Stripe configuration, and knows where Stripe is', () => {
    expect(problemsOf({ STRIPE_WEBHOOK_SECRET: 'whsec_1' })).toEqual([
      expect.stringContaining('STRIPE_SECRET_KEY'),
    ]);
    expect(problemsOf({ STRIPE_API_BASE: 'https://api.stripe.com' })).toEqual([
      expect.stringContaining('STRIPE_SECRET_KEY'),
    ]);
    expect(problemsOf({ STRIPE_SECRET_KEY: 'pk_live_s3cret' }).join()).not.toContain('s3cret');
    expect(problemsOf({ STRIPE_SECRET_KEY: 'pk_live_s3cret' })).toHaveLength(1);
    const set = { STRIPE_SECRET_KEY: 'sk_test_1', STRIPE_WEBHOOK_SECRET: 'whsec_new, whsec_old' };
    expect(readConfig(set)).toMatchObject({
      paypal: null,
      stripe: {
        apiBase: 'https://api.stripe.com',
        secretKey: 'sk_test_1',
        webhookSecrets: ['whsec_new', 'whsec_old'],
      },
    });
  });

  it('has no sandbox stand in for one provider beside a real other one', () => {
    const config = readConfig({ STRIPE_SECRET_KEY: 'sk_test_1' });
    expect(isAllSandbox(config)).toBe(false);
    expect(connectProviders(config, null, Date.now).names).toEqual(['stripe']);
    expect(connectProviders(readConfig({}), 'http://127.0.0.1:1', Date.now).names).toEqual([
      'paypal',
      'stripe',
    ]);
  });

  it('keeps the amount of one payout within limits, by whatever provider', () => {
    const item = {
      itemReference: 'winner-1-1',
      destination: { kind: 'email', value: 'ann@example.com' },
      currency: 'USD',
      note: null,
    } as const;
    const code = (amount: bigint, env = {}) =>
      connectProviders(readConfig(env), 'http://127.0.0.1:1', Date.now)
        .of('paypal')
        .validate({ ...item, amount })?.code;
    expect([99n, 100n, 2_000_000n, 2_000_001n].map((amount) => code(amount))).toEqual([
      'amount_outside_limits',
      undefined,
      undefined,
      'amount_outside_limits',
    ]);
    expect(code(99n, { MIN_PAYOUT_AMOUNT_CENTS: '50' })).toBeUndefined();
    expect(problemsOf({ MIN_PAYOUT_AMOUNT_CENTS: '500', MAX_PAYOUT_AMOUNT_CENTS: '400' })).toEqual([
      expect.stringContaining('MAX_PAYOUT_AMOUNT_CENTS'),
    ]);
  });

  it('reports every problem at once by name, and never a value', () => {
    const problems = problemsOf({
      PORT: 'many',
      LOG_LEVEL: 'loud',
      PAYPAL_API_BASE: 'ftp://s3cret',
      POLL_INTERVAL_MS: '0',
      PURSER_TIMEZONE: 'Mars/Phobos',
    });
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual(
      expect.arrayContaining(['PORT', 'LOG_LEVEL', 'PAYPAL_API_BASE', 'POLL_INTERVAL_MS', 'PURSER_TIMEZONE']),
    );
    expect(problems.join()).not.toContain('s3cret');
  });

  it('wants a lease that outlives a provider call', () => {
    expect(problemsOf({ PROVIDER_TIMEOUT_MS: '200000' })).toEqual([expect.stringContaining('SEND_LEASE_MS')]);
  });

  it('wants a secret of at least 32 characters beside DATABASE_URL, and says how to make one', () => {
    const url = { DATABASE_URL: 'postgres://127.0.0.1/purser' };
    expect(problemsOf(url)).toEqual([expect.stringMatching(/^PURSER_SECRET is missing.*openssl rand/)]);
    const short = problemsOf({ ...url, PURSER_SECRET: 'short secret', PURSER_NEW_SECRET: 'x' });
    expect(short.map((problem) => problem.split(' ')[0])).toEqual(['PURSER_SECRET', 'PURSER_NEW_SECRET']);
    expect(short.join()).not.toContain('short secret');
    expect(problemsOf({ ...url, PURSER_SECRET: 'x'.repeat(32) })).toEqual([]);
    expect(problemsOf({ ...url, PURSER_URL: 'http://127.0.0.1:3000' })).toEqual([]);
  });

  it('believes nobody about the address of a caller unless proxies are named by their addresses', () => {
    expect(readConfig({}).trustProxy).toBeNull();
    expect(readConfig({ TRUST_PROXY: '10.0.0.5, fd00::/8' }).trustProxy).toEqual(['10.0.0.5', 'fd00::/8']);
    for (const wrong of ['true', '1', 'proxy.example', '10.0.0.0/33', '10.0.0.1,']) {
      expect(problemsOf({ TRUST_PROXY: wrong })).toEqual([expect.stringContaining('TRUST_PROXY')]);
    }
  });

  it('treats an empty variable as absent', () => {
    expect(readConfig({ DATABASE_URL: ' ', PAYPAL_CLIENT_ID: '' })).toMatchObject({
      databaseUrl: null,
      paypal: null,
    });
  });

  it('begins links with PUBLIC_URL, or with where it listens', () => {
    expect(readConfig({ PUBLIC_URL: 'https://pay.example.com/' }).publicUrl).toBe('https://pay.example.com');
    expect(readConfig({ HOST: '::1', PORT: '4000' }).publicUrl).toBe('http://localhost:4000');
    expect(readConfig({ HOST: 'fd00::2' }).publicUrl).toBe('http://[fd00::2]:3000');
    expect(problemsOf({ PUBLIC_URL: 'pay.example.com' })).toEqual([expect.stringContaining('PUBLIC_URL')]);
  });

  it('refuses half a mail server, and a sender that is no address', () => {
    const from = 'Purser <payouts@example.com>';
    expect(readConfig({}).mail).toBeNull();
    expect(readConfig({ SMTP_URL: 'smtp://u:s3cret@host:587', MAIL_FROM: from }).mail).toMatchObject({
      from,
    });
    expect(problemsOf({ SMTP_URL: 'smtp://u:s3cret@host:587' })).toEqual([
      'MAIL_FROM is missing beside SMTP_URL',
    ]);
    expect(problemsOf({ MAIL_FROM: from })).toEqual(['SMTP_URL is missing beside MAIL_FROM']);
    expect(problemsOf({ SMTP_URL: 'http://host', MAIL_FROM: 'me' }).join()).toMatch(/SMTP_URL.*MAIL_FROM/);
    expect(problemsOf({ SMTP_URL: 's3cret', MAIL_FROM: from }).join()).not.toContain('s3cret');
  });
});
