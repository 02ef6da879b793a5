import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Stripe } from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needsSpecs, readSpec, specsAbsent } from '../providers/stripe/specs.ts';
import type { TestProcess } from '../support/processes.ts';
import { startProcess } from '../support/processes.ts';
import type { Shapes } from '../support/stripe-double.ts';
import { StripeDouble } from '../support/stripe-double.ts';
import { seedDataDirectory } from '../support/templates.ts';

// The whole program, configured as for real, against a double that answers with Stripe's own published objects.

const waitMs = 90_000;
const storyMs = 180_000;
type Json = Record<string, unknown>;

describe.skipIf(specsAbsent)(needsSpecs('a server that is set up for Stripe'), () => {
  let directory = '';
  let double: StripeDouble;
  let base = '';
  let server: TestProcess;
  let url = '';
  let key = '';

  async function start(): Promise<void> {
    server = startProcess(['src/main/purser.ts', 'serve'], {
      env: {
        PURSER_DATA_DIR: directory,
        PORT: '0',
        PROVIDER_TIMEOUT_MS: '2000',
        STRIPE_SECRET_KEY: 'sk_test_double',
        STRIPE_API_BASE: base,
        STRIPE_WEBHOOK_SECRET: 'whsec_new,whsec_old',
      },
    });
    url = /http:\S+(?=\/api\/admin)/.exec(await server.line(/API at http/, waitMs))?.[0] ?? '';
  }

  beforeAll(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'purser-double-'));
    seedDataDirectory(directory);
    const fixtures = readSpec('fixtures/fixtures3.payouts-subset.json') as { resources: Json };
    double = new StripeDouble(fixtures.resources as unknown as Shapes);
    base = await double.listen();
    await start();
    key = /pk_\S+/.exec(await server.line(/pk_\S+/, waitMs))?.[0] ?? '';
  }, 2 * waitMs);
  afterAll(async () => {
    await server.stop();
    await double.close();
    rmSync(directory, { recursive: true, force: true });
  });

  async function ask<T = Json>(method: string, address: string, body?: unknown): Promise<T> {
    const answer = await fetch(url + address, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return (text === '' ? {} : JSON.parse(text)) as T;
  }
  const statusOf = async (reference: string) =>
    (await ask<{ status: string }>('GET', `/api/admin/payouts/${reference}`)).status;

  const words = ['fine', 'lost', 'busy', 'slow', 'broken', 'poor'] as const;

  it(
    'pays everybody once, through lost answers, keys in use, replayed failures, pauses and its own death',
    async () => {
      await ask('POST', '/api/admin/cycles', { id: 'nov' });
      const earnings = words.map((word, index) => ({
        sourceType: 'statement',
        externalId: `st-${word}`,
        payeeExternalId: word,
        cycleId: 'nov',
        amount: 1000 + index,
        currency: 'USD',
        payee: { name: word, payoutMethod: { type: 'stripe', destination: `acct_1D${index}_${word}` } },
      }));
      await ask('POST', '/api/admin/earnings', { earnings });
      const run = { cycleId: 'nov', provider: 'stripe' };
      const started = await ask('POST', '/api/admin/payout-batches/process', run);
      expect(started).toMatchObject({ totalItems: words.length });
      await expect.poll(() => double.calls.size, { timeout: waitMs, interval: 5 }).toBeGreaterThan(2);
      // In the middle of it: whatever was on its way, only the database knows.
      process.kill(server.pid, 'SIGKILL');
      await server.ended;
      await start();
      for (const word of words) {
        const expected = word === 'poor' ? 'failed' : 'completed';
        await expect.poll(() => statusOf(`st-${word}`), { timeout: waitMs }).toBe(expected);
      }
      expect(Object.values(double.effects())).toEqual([1, 1, 1, 1, 1]);
      expect(double.transfers.map(({ amount }) => Number(amount)).sort((a, b) => a - b)).toEqual([
        1000, 1001, 1002, 1003, 1004,
      ]);
      for (const [destination, calls] of double.calls) {
        if (/lost|busy|slow|poor/.test(destination))
          expect([destination, calls > 1]).toEqual([destination, true]);
      }
      const checked = await ask<{ differences: unknown[] }>('GET', '/api/admin/ledger/verify');
      expect(checked.differences).toEqual([]);
    },
    storyMs,
  );

  it('believes events under the old and the new secret, and no others', async () => {
    const [made] = double.transfers;
    const deliver = async (secret: string, ageSeconds: number) => {
      const timestamp = Math.floor(Date.now() / 1000) - ageSeconds;
      const payload = JSON.stringify({
        id: `evt_${secret}${ageSeconds}`,
        object: 'event',
        type: 'transfer.reversed',
        created: timestamp,
        data: { object: made },
      });
      const header = Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
      const headers = { 'stripe-signature': header, 'content-type': 'application/json' };
      return (await fetch(`${url}/api/webhooks/stripe`, { method: 'POST', headers, body: payload })).status;
    };
    const known = double.reads.length;
    expect(await deliver('whsec_other', 0)).toBe(400);
    expect(await deliver('whsec_new', 400)).toBe(400);
    expect(await deliver('whsec_old', 0)).toBe(200);
    expect(await deliver('whsec_new', 10)).toBe(200);
    // The events said "reversed"; the transfer itself is not, so nothing came back.
    await expect.poll(() => double.reads.length > known, { timeout: waitMs }).toBe(true);
    const references = words.map((word) => `st-${word}`);
    for (const reference of references) expect(await statusOf(reference)).not.toBe('returned');
    const transfer = made ?? {};
    Object.assign(transfer, { amount_reversed: transfer['amount'], reversed: true });
    expect(await deliver('whsec_new', 20)).toBe(200);
    const came = async () =>
      (await Promise.all(references.map(statusOf))).filter((status) => status === 'returned').length;
    await expect.poll(came, { timeout: waitMs }).toBe(1);
  }, 120_000);
});
