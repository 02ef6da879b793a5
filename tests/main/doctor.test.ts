import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readHolder } from '../../src/main/data-lock.ts';
import { startProcess } from '../support/processes.ts';
import { seedDataDirectory } from '../support/templates.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'purser-doctor-'));
  seedDataDirectory(directory);
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const purser = (...args: string[]) =>
  startProcess(['src/main/purser.ts', ...args], { env: { PURSER_DATA_DIR: directory, PORT: '0' } });

interface Check {
  name: string;
  problem: string | null;
  fact: string;
}

/** What the doctor finds, and how it ends. Free disk space is the machine's affair. */
async function doctor(): Promise<{ checks: Check[]; code: number | null }> {
  await using run = purser('doctor', '--json');
  const { code } = await run.ended;
  const { checks } = JSON.parse(run.stdout) as { checks: Check[] };
  return { checks: checks.filter((check) => check.name !== 'disk'), code };
}

const problemsOf = (checks: readonly Check[]) => checks.flatMap((check) => check.problem ?? []);

it('opens the database itself when nobody has it', async () => {
  const { checks } = await doctor();
  expect(problemsOf(checks)).toEqual([]);
  const names = ['node', 'database', 'clock', 'paypal', 'stripe', 'webhooks'];
  expect(checks.map((check) => check.name)).toEqual(names);
});

it('asks the server that holds the database, and does not call it a fault', async () => {
  await using server = purser('serve', '--no-worker');
  await server.line(/^API at http/);
  const { checks } = await doctor();
  expect(problemsOf(checks)).toEqual([]);
  expect(checks).toMatchObject([
    { name: 'node' },
    { name: 'server', fact: expect.stringMatching(`^server running at http.*process ${server.pid}`) },
    { name: 'database', fact: 'the server reaches it' },
    { name: 'paypal', fact: 'built-in sandbox; no real money moves' },
    { name: 'stripe', fact: 'built-in sandbox; no real money moves' },
  ]);
});

it('says that the server does not answer, and which process to look at', async () => {
  await using server = purser('serve', '--no-worker');
  await server.line(/^API at http/);
  const url = readHolder(directory)?.url ?? 'none';
  server.kill('SIGSTOP');
  const { checks, code } = await doctor();
  server.kill('SIGCONT');
  expect(code).toBe(1);
  expect(problemsOf(checks)).toEqual([
    expect.stringMatching(`^${url}/api/admin/status does not answer; see the log of process ${server.pid}`),
    expect.stringMatching(`^${url}/readyz does not answer`),
  ]);
});

it('says at the next start how many keys exist, without making another', async () => {
  for (const [line, stdout] of [
    [/^API at http.*\/api\/admin, described at http.*\/docs$/, /^API key \(owner\), shown this once: pk_/],
    [/^1 API key exists; purser key create makes another\.$/, /^$/],
  ] as const) {
    await using server = purser('serve', '--no-worker');
    await server.line(line);
    await server.line(/^API at http/);
    await server.stop();
    expect(server.stdout).toMatch(stdout);
  }
});
