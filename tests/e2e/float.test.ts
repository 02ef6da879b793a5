import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestProcess } from '../support/processes.ts';
import { startProcess } from '../support/processes.ts';
import { seedDataDirectory } from '../support/templates.ts';

// The whole program against the sandbox: Friday's run is 1,240.00 short.

const waitMs = 60_000;
let directory = '';
let file = '';
let server: TestProcess;
let key = '';
let url = '';

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'purser-float-'));
  seedDataDirectory(directory);
  file = path.join(directory, 'friday.csv');
  const row = (number: number) =>
    `u${number},U${number},,2500.00,USD,paypal,u${number}@example.com,f${number},`;
  writeFileSync(
    file,
    `payee_id,name,email,amount,currency,method,destination,reference,note\n${row(1)}\n${row(2)}\n`,
  );
  server = startProcess(['src/main/purser.ts', 'serve'], {
    env: { PURSER_DATA_DIR: directory, PORT: '0' },
  });
  key = /pk_\S+/.exec(await server.line(/pk_\S+/, waitMs))?.[0] ?? '';
  url = /http:\S+(?=\/api\/admin)/.exec(await server.line(/API at http/, waitMs))?.[0] ?? '';
}, 2 * waitMs);
afterAll(async () => {
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
});

async function purser(...args: string[]) {
  await using command = startProcess(['src/main/purser.ts', ...args], {
    env: { PURSER_URL: url, PURSER_API_KEY: key, PURSER_DATA_DIR: directory },
  });
  const { code } = await command.ended;
  return { code, stdout: command.stdout.trim(), stderr: command.stderr };
}

async function ask(method: string, address: string, body?: unknown) {
  const answer = await fetch(url + address, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await answer.json()) as Record<string, unknown>;
}

/** Sets what PayPal holds, and waits until the engine has looked: it does not ask twice within five seconds. */
async function fund(amount: number): Promise<void> {
  await ask('POST', '/api/sandbox/balance', { currency: 'USD', amount });
  await ask('POST', '/api/sandbox/clock', { advanceSeconds: 6 });
  const held = async () => {
    const { accounts } = await ask('GET', '/api/admin/float');
    const all = accounts as { provider: string; currency: string; available: number }[];
    return all.find((one) => one.provider === 'paypal' && one.currency === 'USD')?.available;
  };
  await expect.poll(held, { timeout: waitMs }).toBe(amount);
}

it(
  'a file that the account does not cover is refused with the gap, in the dry run too, and paid once it is funded',
  async () => {
    await fund(376_000);
    const looked = await purser('pay', file, '--cycle', 'friday', '--dry-run', '--json');
    expect(looked.code).toBe(0);
    expect(JSON.parse(looked.stdout)).toMatchObject({
      float: {
        USD: { available: 376_000, needed: 500_000, after: -124_000, shortfall: 124_000, short: true },
      },
    });
    const gap = 'is 1,240.00 USD short: it needs 5,000.00 USD, and 3,760.00 USD is there for it.';
    expect(looked.stderr).toContain(`This file ${gap}`);
    const refused = await purser('pay', file, '--cycle', 'friday', '--yes', '--json');
    expect(refused).toMatchObject({ code: 3, stderr: expect.stringContaining(`This run ${gap}`) });
    expect(JSON.parse(refused.stdout)).toMatchObject({ status: 'not_paid', code: 'insufficient_float' });
    expect((await purser('float')).stdout).toContain(`The run of cycle friday ${gap}`);
    await fund(510_000);
    const paid = await purser('pay', file, '--cycle', 'friday', '--yes', '--json');
    expect(paid).toMatchObject({ code: 0 });
    expect(JSON.parse(paid.stdout)).toMatchObject({ status: 'completed', success: 2 });
  },
  2 * waitMs,
);

it(
  '--accept-shortfall pays what may be funded meanwhile; the provider has the last word',
  async () => {
    await fund(376_000);
    const other = path.join(directory, 'other.csv');
    writeFileSync(
      other,
      'payee_id,name,email,amount,currency,method,destination,reference,note\nu9,U9,,5000.00,USD,paypal,u9@example.com,f9,\n',
    );
    const ran = await purser(
      'pay',
      other,
      '--cycle',
      'next',
      '--yes',
      '--accept-shortfall',
      '--no-wait',
      '--json',
    );
    expect(ran.code).toBe(0);
    const { batchId } = JSON.parse(ran.stdout) as { batchId: string };
    const summary = async () => ask('GET', `/api/admin/payout-batches/${batchId}/summary`);
    await expect.poll(summary, { timeout: waitMs }).toMatchObject({
      failed: 1,
      reasons: [{ code: 'insufficient_funds' }],
    });
  },
  2 * waitMs,
);
