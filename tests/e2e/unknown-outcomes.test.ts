import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestProcess } from '../support/processes.ts';
import { startProcess } from '../support/processes.ts';
import { seedDataDirectory } from '../support/templates.ts';

// The whole program against the PayPal sandbox: answers are lost until PayPal has forgotten the key, then a person decides.

const waitMs = 60_000;
const month = 31 * 86_400;
const evidence = 'Activity report of the last month: no batch under this key.';
let directory = '';
let server: TestProcess;
let key = '';
let url = '';

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'purser-unknown-'));
  seedDataDirectory(directory);
  server = startProcess(['src/main/purser.ts', 'serve'], {
    env: { PURSER_DATA_DIR: directory, PORT: '0', PROVIDER_TIMEOUT_MS: '2000' },
  });
  key = /pk_\S+/.exec(await server.line(/pk_\S+/, waitMs))?.[0] ?? '';
  url = /http:\S+(?=\/api\/admin)/.exec(await server.line(/API at http/, waitMs))?.[0] ?? '';
}, 2 * waitMs);
afterAll(async () => {
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
});

type Json = Record<string, unknown>;

async function ask<T = Json>(method: string, address: string, body?: unknown): Promise<T> {
  const answer = await fetch(url + address, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return (text === '' ? {} : JSON.parse(text)) as T;
}

async function purser(...args: string[]): Promise<{ code: number | null; said: string }> {
  await using command = startProcess(['src/main/purser.ts', ...args], {
    env: { PURSER_URL: url, PURSER_API_KEY: key, PURSER_DATA_DIR: directory },
  });
  const { code } = await command.ended;
  return { code, said: command.stdout + command.stderr };
}

/** A cycle with one winner whose answer is lost each time, a month later; its submission and batch. */
async function stuck(cycle: string, fault: string): Promise<{ id: string; batchId: string }> {
  await ask('POST', '/api/admin/cycles', { id: cycle });
  const payee = { name: cycle, payoutMethod: { type: 'paypal', destination: `${cycle}@example.com` } };
  const earning = { sourceType: 'winner', externalId: cycle, payeeExternalId: cycle, cycleId: cycle };
  await ask('POST', '/api/admin/earnings', {
    earnings: [{ ...earning, amount: 2500, currency: 'USD', payee }],
  });
  const order = { fault, times: null, method: 'POST', path: '/v1/payments/payouts' };
  await ask('POST', '/api/sandbox/faults', order);
  const { batchId } = await ask<{ batchId: string }>('POST', '/api/admin/payout-batches/process', {
    cycleId: cycle,
  });
  await expect
    .poll(() => labelOf(cycle), { timeout: waitMs })
    .toBe('Outcome unknown, checking; do not resend');
  await ask('POST', '/api/sandbox/clock', { advanceSeconds: month });
  await expect.poll(() => labelOf(cycle), { timeout: waitMs }).toBe('Outcome unknown; do not resend');
  await ask('DELETE', '/api/sandbox/faults');
  const { unknownSubmissions } = await ask<{ unknownSubmissions: { id: string; batchId: string }[] }>(
    'GET',
    '/api/admin/status',
  );
  return { id: unknownSubmissions.find((row) => row.batchId === batchId)?.id ?? '', batchId };
}

const payoutOf = async (cycle: string) =>
  ask<{ label: string; status: string; waitingOn: string }>('GET', `/api/admin/payouts/${cycle}`);
const labelOf = async (cycle: string) => (await payoutOf(cycle)).label;
const statusOf = async (cycle: string) => (await payoutOf(cycle)).status;

async function effectsOf(cycle: string): Promise<Json[]> {
  const { data } = await ask<{ data: Json[] }>(
    'GET',
    `/api/sandbox/effects?reference=winner-${cycle}-${cycle}`,
  );
  return data.filter((effect) => effect['outstanding'] === true);
}

describe('an outcome that PayPal no longer tells', () => {
  it(
    'was not sent, a person finds: it is paid once, by a retry under a new key',
    async () => {
      const { id, batchId } = await stuck('never', 'drop_before');
      expect(await payoutOf('never')).toMatchObject({ waitingOn: 'you' });
      const ran = await purser('resolve', id, '--not-sent', '--evidence', evidence);
      expect(ran.said).toMatch(/^It counts as not sent/);
      expect(ran.code).toBe(0);
      expect(await statusOf('never')).toBe('failed');
      expect(await effectsOf('never')).toEqual([]);
      await ask('POST', `/api/admin/payout-batches/${batchId}/retry-failed`);
      await expect.poll(() => statusOf('never'), { timeout: waitMs }).toBe('completed');
      expect(await effectsOf('never')).toHaveLength(1);
    },
    2 * waitMs,
  );

  it(
    'was sent, a person finds: the batch is compared and followed, and nothing is sent again',
    async () => {
      // Events would tell by themselves what only a person shall find out here.
      await ask('POST', '/api/sandbox/faults', { fault: 'webhook_drop', times: null });
      const { id } = await stuck('there', 'drop_after');
      const [effect] = await effectsOf('there');
      const [other] = await effectsOf('never');
      const wrong = await purser('resolve', id, '--sent', String(other?.['providerBatchId']));
      expect(wrong.said).toMatch(/^The provider says otherwise \(batch \S+ has another key\)/);
      expect(wrong.code).toBe(3);
      expect(await statusOf('there')).toBe('sending');
      const ran = await purser('resolve', id, '--sent', String(effect?.['providerBatchId']));
      expect(ran.said).toMatch(/^It was sent: every item and amount is the same/);
      expect(ran.code).toBe(0);
      await expect.poll(() => statusOf('there'), { timeout: waitMs }).toBe('completed');
      expect(await effectsOf('there')).toHaveLength(1);
    },
    4 * waitMs,
  );

  it('leaves clean books and a history that names who decided', async () => {
    expect(await ask('GET', '/api/admin/ledger/verify')).toMatchObject({ clean: true });
    const { timeline } = await ask<{ timeline: Json[] }>('GET', '/api/admin/payouts/never');
    expect(timeline.map((entry) => entry['event'])).toEqual(
      expect.arrayContaining(['resolve_asked', 'resolve', 'reject', 'complete']),
    );
  });
});
