import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestProcess } from '../support/processes.ts';
import { startProcess } from '../support/processes.ts';
import { seedDataDirectory } from '../support/templates.ts';

// Royalties of creators through Stripe, as an operator lives it: a file, commands, a server, and the sandbox over HTTP.

const storyMs = 120_000;
const waitMs = 60_000;
let directory = '';
let file = '';
beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'purser-royalties-'));
  seedDataDirectory(path.join(directory, 'data'));
  seedDataDirectory(path.join(directory, 'other'));
  file = path.join(directory, 'royalties.csv');
  const words = ['', '', '', '', 'failed', 'insufficient', 'disabled', 'reversed'];
  const rows = words.map((word, index) => {
    const account = `acct_1Creator${index}${word === '' ? '' : `_${word}`}`;
    return `c${index},Creator ${index},,${10 + index}.50,USD,stripe,${account},st-${index},Royalties of November`;
  });
  const contest = 'w1,Ann,ann@example.com,5.00,USD,paypal,,win-1,';
  writeFileSync(
    file,
    `payee_id,name,email,amount,currency,method,destination,reference,note\n${[...rows, contest].join('\n')}\n`,
  );
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

type Json = Record<string, unknown>;

async function purser(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  await using command = startProcess(['src/main/purser.ts', ...args], {
    env: { PURSER_DATA_DIR: path.join(directory, 'data') },
  });
  const { code } = await command.ended;
  expect(command.stderr).not.toMatch(/ at .*\.ts:\d+/);
  expect(command.stdout + command.stderr).not.toContain('undefined');
  expect(command.stdout + command.stderr).not.toContain('acct_1Creator');
  return { code, stdout: command.stdout, stderr: command.stderr };
}

function lastJson({ stdout }: { stdout: string }): Json {
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as Json;
}

const pay = ['pay', 'FILE', '--cycle', 'nov', '--source', 'statement', '--yes', '--json'];
const payBy = async (...more: string[]) =>
  purser(...pay.map((word) => (word === 'FILE' ? file : word)), ...more);

describe('royalties through Stripe', () => {
  let batchId = '';

  it('says first that some of the file are paid by another provider, and pays nobody', async () => {
    const ran = await payBy('--provider', 'stripe');
    expect(ran.code).toBe(3);
    expect(ran.stderr).toContain('Through the Stripe sandbox: no real money moves.');
    expect(ran.stderr).toMatch(/1 of the file cannot be paid: a payout method of another provider/);
    expect(ran.stderr).toContain('Nothing was paid.');
  });

  it(
    'pays each creator by one transfer, and says who could not be paid',
    async () => {
      const ran = await payBy('--provider', 'stripe', '--skip-invalid');
      expect(ran.code, ran.stderr).toBe(0);
      const summary = lastJson(ran);
      batchId = String(summary['batchId']);
      expect(summary).toMatchObject({ status: 'completed', totalItems: 8, failed: 3, pending: 0 });
      // The reversal comes a second later: before or after the last look of this command.
      const { success, returned } = summary as Record<string, number>;
      expect((success ?? 0) + (returned ?? 0)).toBe(5);
    },
    storyMs,
  );

  it('run again pays nobody, and the others of the file are paid through their own provider', async () => {
    const again = await payBy('--provider', 'stripe', '--skip-invalid');
    expect(again.code).toBe(0);
    expect(again.stderr).toContain('Nothing is left to pay');
    const other = await payBy();
    expect(other.code, other.stderr).toBe(0);
    expect(lastJson(other)).toMatchObject({ totalItems: 1, success: 1 });
  }, 120_000);

  it('explains what failed and what to do', async () => {
    expect((await purser('why', 'st-5')).stdout).toContain('Add funds at the provider');
    expect((await purser('why', 'st-6')).stdout).toContain('complete what the provider asks for');
  });

  it('is checked by the doctor, and keeps the books', async () => {
    const doctor = await purser('doctor');
    expect(doctor.stdout).toMatch(/ok {3}paypal: built-in sandbox/);
    expect(doctor.stdout).toMatch(/ok {3}stripe: built-in sandbox/);
    expect(lastJson(await purser('ledger', 'verify', '--json'))).toMatchObject({ differences: [] });
  });

  it('refuses half a configuration', async () => {
    await using command = startProcess(['src/main/purser.ts', 'status'], {
      env: { PURSER_DATA_DIR: path.join(directory, 'other'), STRIPE_WEBHOOK_SECRET: 'whsec_1' },
    });
    expect((await command.ended).code).toBe(2);
    expect(command.stderr).toContain('STRIPE_SECRET_KEY is missing');
  });

  describe('while the server runs', () => {
    let server: TestProcess;
    let url = '';
    let key = '';

    const ask = async <T = Json>(method: string, address: string, body?: unknown): Promise<T> => {
      const answer = await fetch(url + address, {
        method,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      return (text === '' ? {} : JSON.parse(text)) as T;
    };
    const statusOf = async (reference: string) =>
      (await ask<{ status: string }>('GET', `/api/admin/payouts/${reference}`)).status;

    beforeAll(async () => {
      server = startProcess(['src/main/purser.ts', 'serve'], {
        env: {
          PURSER_DATA_DIR: path.join(directory, 'data'),
          PORT: String(await freePort()),
          PROVIDER_TIMEOUT_MS: '2000',
        },
      });
      key = /pk_\S+/.exec(await server.line(/pk_\S+/, waitMs))?.[0] ?? '';
      url = /http:\S+(?=\/api\/admin)/.exec(await server.line(/API at http/, waitMs))?.[0] ?? '';
    }, 2 * waitMs);
    afterAll(async () => void (await server.stop()));

    it(
      'hears of a reversal by an event long before it would have looked',
      async () => {
        await expect.poll(() => statusOf('st-7'), { timeout: waitMs }).toBe('returned');
        const { data } = await ask<{ data: Json[] }>('GET', '/api/sandbox/effects?provider=stripe&limit=100');
        expect(data).toHaveLength(5);
        expect(JSON.stringify(data)).not.toContain('acct_1Creator');
        // Paid and reconciled long ago; the next look would be in hours.
        const known = data.find(({ amount }) => amount === 1050);
        const sandbox = readFileSync(path.join(directory, 'data', 'sandbox', 'sandbox.json'), 'utf8');
        const { url: stripe } = JSON.parse(sandbox) as { url: string };
        const transfer = `${stripe}/v1/transfers/${String(known?.['providerBatchId'])}/reversals`;
        const headers = { authorization: 'Bearer sk_test_1' };
        expect((await fetch(transfer, { method: 'POST', headers })).status).toBe(200);
        await expect.poll(() => statusOf('st-0'), { timeout: waitMs }).toBe('returned');
      },
      storyMs,
    );

    it('refuses an event whose signature does not fit', async () => {
      const answer = await fetch(`${url}/api/webhooks/stripe`, {
        method: 'POST',
        headers: { 'stripe-signature': `t=${Math.floor(Date.now() / 1000)},v1=${'0'.repeat(64)}` },
        body: JSON.stringify({ id: 'evt_1', type: 'transfer.reversed' }),
      });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ code: 'event_not_verified' });
    });

    it(
      'after a lost answer and the life of the key it looks the transfer up instead of sending again',
      async () => {
        await ask('POST', '/api/admin/cycles', { id: 'lost' });
        const payoutMethod = { type: 'stripe', destination: 'acct_1Lost' };
        const earning = { sourceType: 'statement', externalId: 'lost-1', payeeExternalId: 'lost' };
        const paid = { cycleId: 'lost', amount: 700, currency: 'USD', payee: { name: 'L', payoutMethod } };
        await ask('POST', '/api/admin/earnings', { earnings: [{ ...earning, ...paid }] });
        const order = { provider: 'stripe', fault: 'drop_after', times: null };
        await ask('POST', '/api/sandbox/faults', { ...order, method: 'POST', path: '/v1/transfers' });
        await ask('POST', '/api/admin/payout-batches/process', { cycleId: 'lost', provider: 'stripe' });
        await expect
          .poll(async () => (await ask('GET', '/api/admin/payouts/lost-1'))['label'], {
            timeout: waitMs,
          })
          .toBe('Outcome unknown, checking; do not resend');
        await ask('POST', '/api/sandbox/clock', { advanceSeconds: 2 * 86_400 });
        await ask('DELETE', '/api/sandbox/faults');
        await expect.poll(() => statusOf('lost-1'), { timeout: waitMs }).toBe('completed');
        const effects = await ask<{ data: Json[] }>('GET', '/api/sandbox/effects?provider=stripe&limit=100');
        expect(effects.data.filter(({ amount }) => amount === 700)).toHaveLength(1);
        expect(batchId).not.toBe('');
      },
      storyMs,
    );
  });
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const { port } = probe.address() as AddressInfo;
  await new Promise((done) => probe.close(done));
  return port;
}
