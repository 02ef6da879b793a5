import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../src/main/config.ts';

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

  it('reports every problem at once by name, and never a value', () => {
    const problems = problemsOf({
      PORT: 'many',
      LOG_LEVEL: 'loud',
      PAYPAL_API_BASE: 'ftp://s3cret',
      POLL_INTERVAL_MS: '0',
    });
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual(
      expect.arrayContaining(['PORT', 'LOG_LEVEL', 'PAYPAL_API_BASE', 'POLL_INTERVAL_MS']),
    );
    expect(problems.join()).not.toContain('s3cret');
  });

  it('wants a lease that outlives a provider call', () => {
    expect(problemsOf({ PROVIDER_TIMEOUT_MS: '200000' })).toEqual([expect.stringContaining('SEND_LEASE_MS')]);
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
});
