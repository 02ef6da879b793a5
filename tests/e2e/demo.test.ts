import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startProcess } from '../support/processes.ts';
import { seedDataDirectory } from '../support/templates.ts';

const demoMs = 180_000;
let directory = '';
beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'purser-demo-'));
  seedDataDirectory(directory);
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function purser(args: readonly string[], env: Record<string, string> = {}) {
  await using command = startProcess(['src/main/purser.ts', ...args], {
    env: { PURSER_DATA_DIR: directory, ...env },
  });
  const { code } = await command.ended;
  expect(command.stdout + command.stderr).not.toMatch(/undefined| at .*\.ts:\d+/);
  return { code, stdout: command.stdout, stderr: command.stderr };
}

it(
  'the demo tells all three stories, and told again it changes nothing twice and says so',
  async () => {
    const first = await purser(['demo', '--once']);
    expect(first.code, first.stderr).toBe(0);
    expect(first.stderr).toMatch(/Paying \[#+\] 1000\/1000 100%/);
    expect(first.stderr).toMatch(/Paying \[#+\] 30\/30 100%/);
    expect(first.stderr).toContain('Recorded 149 tickets; 4 organizers asked for a payout.');
    for (const words of ['Needs approval', 'Approved, to be paid by hand', 'HTG pending', 'USD available'])
      expect(first.stdout).toContain(words);
    expect(first.stdout).toMatch(
      /purser approve po_\w+\n.*purser pay-approved --yes\n.*purser mark-paid po_\w+ --reference/,
    );

    const again = await purser(['demo', '--once']);
    expect(again.code, again.stderr).toBe(0);
    expect(again.stderr.match(/Nothing is left to pay/g)).toHaveLength(2);
    expect(again.stderr).toContain('All of it was loaded before: nothing was changed.');
    const organizersOf = ({ stdout }: { stdout: string }) => stdout.slice(stdout.indexOf('Kreyòl Jazz'));
    expect(organizersOf(again)).toBe(organizersOf(first));
    expect((await purser(['ledger', 'verify'])).code).toBe(0);
  },
  demoMs,
);

it('the demo refuses real credentials, and pays nobody', async () => {
  const ran = await purser(['demo', '--once'], { STRIPE_SECRET_KEY: 'sk_live_1' });
  expect(ran.code).toBe(2);
  expect(ran.stderr).toContain('Nothing was paid.');
});
