import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { startProcess } from '../support/processes.ts';
import { seedDataDirectory } from '../support/templates.ts';

const waitMs = 60_000;
const storyMs = 180_000;

it(
  'shows what becomes of an unclaimed payment without waiting for it: after 31 days it has come back',
  async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'purser-clock-'));
    seedDataDirectory(directory);
    await using server = startProcess(['src/main/purser.ts', 'serve'], {
      env: { PURSER_DATA_DIR: directory, PORT: '0', LOG_LEVEL: 'info' },
    });
    const key = /pk_\S+/.exec(await server.line(/pk_\S+/, waitMs))?.[0] ?? '';
    const url =
      /http:\S+(?=\/api\/webhooks|\/api\/admin)/.exec(await server.line(/API at http/, waitMs))?.[0] ?? '';
    const ask = async (method: string, address: string, body?: unknown) => {
      const answer = await fetch(url + address, {
        method,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return (await answer.json()) as Record<string, unknown>;
    };
    const statusOf = async (reference: string) =>
      (await ask('GET', `/api/admin/payouts/${reference}`))['status'];

    await ask('POST', '/api/admin/cycles', { id: '18' });
    const person = (name: string) => ({
      sourceType: 'winner',
      externalId: name,
      payeeExternalId: name,
      cycleId: '18',
      amount: 2500,
      currency: 'USD',
      payee: { name, payoutMethod: { type: 'paypal', destination: `${name}@example.com` } },
    });
    await ask('POST', '/api/admin/earnings', { earnings: [person('ann'), person('ben+unclaimed')] });
    await ask('POST', '/api/admin/payout-batches/process', { cycleId: '18' });
    await expect.poll(() => statusOf('ben%2Bunclaimed'), { timeout: waitMs }).toBe('unclaimed');

    const moved = await ask('POST', '/api/sandbox/clock', { advanceSeconds: 31 * 86_400 });
    const inStep = [
      { provider: 'paypal', inStep: true },
      { provider: 'stripe', inStep: true },
    ];
    expect(moved).toMatchObject({ offsetSeconds: 31 * 86_400, providers: inStep });
    await expect.poll(() => statusOf('ben%2Bunclaimed'), { timeout: waitMs }).toBe('returned');
    expect(await statusOf('ann')).toBe('completed');
    const { data } = (await ask('GET', '/api/sandbox/effects')) as { data: Record<string, unknown>[] };
    expect(data.map(({ status, outstanding }) => [status, outstanding])).toEqual([
      ['SUCCESS', true],
      ['RETURNED', false],
    ]);
    expect(await ask('GET', '/api/admin/ledger/verify')).toMatchObject({ clean: true });
    rmSync(directory, { recursive: true, force: true });
  },
  storyMs,
);
