import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProcess } from '../support/processes.ts';

// The story of the contest winners as an operator lives it: commands, the embedded database, and the sandbox over HTTP.

const storyMs = 120_000;
const winners = 'examples/contest-winners/winners.csv';
let directory = '';
beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'purser-story-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

async function purser(...args: string[]): Promise<Ran> {
  await using command = startProcess(['src/main/purser.ts', ...args], {
    env: { PURSER_DATA_DIR: path.join(directory, 'data') },
  });
  const { code } = await command.ended;
  expect(command.stderr).not.toMatch(/ at .*\.ts:\d+/);
  expect(command.stdout + command.stderr).not.toContain('undefined');
  return { code, stdout: command.stdout, stderr: command.stderr };
}

function lastJson({ stdout }: Ran): Record<string, never> {
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as Record<string, never>;
}

function write(name: string, text: string): string {
  const file = path.join(directory, name);
  writeFileSync(file, text);
  return file;
}

const header = 'payee_id,name,email,amount,currency,method,destination,reference,note';

describe('contest winners through PayPal', () => {
  let batchId = '';

  it('shows what would be paid and writes nothing (dry run)', async () => {
    const ran = await purser('pay', winners, '--cycle', '18', '--dry-run', '--json');
    expect(ran.code).toBe(0);
    expect(lastJson(ran)).toMatchObject({ status: 'dry_run', rows: 1000 });
    expect((await purser('batches', '--json')).stdout.trim()).toBe('[]');
  });

  it('pays nobody when nobody is there to confirm', async () => {
    const ran = await purser('pay', winners, '--cycle', '18');
    expect(ran.code).toBe(3);
    expect(ran.stderr).toContain('Nothing was paid');
  });

  it(
    'pays the cycle once, with a progress bar and a summary whose counts add up',
    async () => {
      const ran = await purser('pay', winners, '--cycle', '18', '--yes', '--json');
      expect(ran.code, ran.stderr).toBe(0);
      expect(ran.stderr).toMatch(/Paying \[#+\] 1000\/1000 100%/);
      const summary = lastJson(ran);
      batchId = summary['batchId'] ?? '';
      expect(summary).toMatchObject({ cycleId: '18', status: 'completed', totalItems: 1000, pending: 0 });
      const { success, failed, unclaimed, returned } = summary as unknown as Record<string, number>;
      expect((success ?? 0) + (failed ?? 0) + (unclaimed ?? 0) + (returned ?? 0)).toBe(1000);
      expect(failed).toBeGreaterThan(0);
      expect(unclaimed).toBeGreaterThan(0);
    },
    storyMs,
  );

  it('run again pays nobody: the same batch, and it says that nothing is left', async () => {
    const ran = await purser('pay', winners, '--cycle', '18', '--yes', '--json');
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain('Nothing is left to pay');
    expect(lastJson(ran)).toMatchObject({ batchId });
  });

  it('answers what was paid, what failed, what is next', async () => {
    const shown = await purser('batch', batchId);
    expect(shown.stdout).toMatch(/Arrived +\d+/);
    expect(shown.stdout).toMatch(/Failed +\d+/);
    expect(shown.stdout).toContain(`retry-failed ${batchId}`);
  });

  it('exports the failed ones with as many rows as the summary says', async () => {
    const summary = lastJson(await purser('batch', batchId, '--json')) as unknown as Record<string, number>;
    const csv = (await purser('export', batchId, '--status', 'failed')).stdout.trim().split('\n');
    expect(csv).toHaveLength((summary['failed'] ?? 0) + 1);
  });

  it(
    'retries only what failed as a new batch, and asked twice it is the same one',
    async () => {
      const before = lastJson(await purser('batch', batchId, '--json')) as unknown as Record<string, number>;
      const first = await purser('retry-failed', batchId, '--yes', '--json');
      const again = await purser('retry-failed', batchId, '--yes', '--json');
      expect(lastJson(first)).toMatchObject({ totalItems: before['failed'] });
      expect(lastJson(again)['batchId']).toBe(lastJson(first)['batchId']);
      expect(lastJson(await purser('batch', batchId, '--json'))).toMatchObject(before);
    },
    storyMs,
  );

  it('explains one payout by the reference of the file', async () => {
    const [, row = ''] = readFileSync(winners, 'utf8').split('\n');
    const reference = row.split(',')[7] ?? '';
    const ran = await purser('why', reference);
    expect(ran.stdout).toContain('Next: ');
    expect(ran.stdout).toContain('Waiting on: ');
    expect((await purser('why', 'nobody-knows-this')).code).toBe(1);
  });

  it('keeps the books clean', async () => {
    const ran = await purser('ledger', 'verify', '--json');
    expect(ran.code).toBe(0);
    expect(lastJson(ran)).toMatchObject({ differences: [] });
  });
});

describe('a file with mistakes', () => {
  it('pays nobody, and comes back with the error and how to fix it', async () => {
    const file = write(
      'bad.csv',
      `${header}\nu1,Ana,ana@example.com,10.00,USD,paypal,,b1,\nu2,Ben,ben@example.com,-5,USD,paypal,,b2,\n`,
    );
    const ran = await purser('pay', file, '--cycle', 'bad', '--yes', '--json');
    expect(ran.code).toBe(3);
    expect(ran.stderr).toContain('Nothing was paid');
    const errors = readFileSync(`${file}.errors.csv`, 'utf8');
    expect(errors.split('\n')[0]).toBe(`${header},line,error,how_to_fix`);
    expect(errors).toMatch(/b2,.*,3,/);
    expect((await purser('batches', '--json')).stdout).not.toContain('"bad"');
  });

  it('pays the others when the choice is made', async () => {
    const file = path.join(directory, 'bad.csv');
    const ran = await purser('pay', file, '--cycle', 'bad', '--yes', '--skip-invalid', '--json');
    expect(ran.code, ran.stderr).toBe(0);
    expect(lastJson(ran)).toMatchObject({ totalItems: 1, success: 1 });
  });

  it('refuses a reference that was recorded with another amount, and pays nobody', async () => {
    const file = write(
      'other.csv',
      `${header}\nu1,Ana,ana@example.com,99.00,USD,paypal,,b1,\nu9,Zoe,zoe@example.com,5.00,USD,paypal,,b9,\n`,
    );
    const ran = await purser('pay', file, '--cycle', 'bad', '--yes');
    expect(ran.code).toBe(3);
    expect(readFileSync(`${file}.errors.csv`, 'utf8')).toContain('recorded');
  });

  it('says so when a payee without a payout method would be left out', async () => {
    const file = write('nomethod.csv', `payee_id,amount,currency,reference\nghost,5.00,USD,g1\n`);
    const ran = await purser('pay', file, '--cycle', 'ghosts', '--yes');
    expect(ran.code).toBe(3);
    expect(ran.stderr).toMatch(/payout method/);
  });

  it('pays nobody when a row breaks a rule of the provider, such as its maximum per item', async () => {
    const file = write(
      'toomuch.csv',
      `${header}\nm1,Ana,ana@example.com,10.00,USD,paypal,,m1,\nm2,Ben,ben@example.com,25000.00,USD,paypal,,m2,\n`,
    );
    const ran = await purser('pay', file, '--cycle', 'maximum', '--yes');
    expect(ran.code).toBe(3);
    expect(ran.stderr).toMatch(/m2: /);
    expect((await purser('batches', '--json')).stdout).not.toContain('maximum');
  });

  it('refuses a named pipe at once instead of waiting for it', async () => {
    const pipe = path.join(directory, 'pipe.csv');
    execFileSync('mkfifo', [pipe]);
    expect((await purser('pay', pipe, '--cycle', 'bad', '--yes')).code).toBe(3);
  });

  it('pays a corrected row of a file without references once, whichever file it is corrected in', async () => {
    const wrong = write('mass.csv', 'ann@mp.example,10.00,USD\nbob@mp.example,20.005,USD\n');
    await purser('pay', wrong, '--cycle', 'jan', '--yes', '--skip-invalid');
    const corrected = readFileSync(`${wrong}.errors.csv`, 'utf8').replace('20.005', '20.00');
    await purser('pay', write('corrected.csv', corrected), '--cycle', 'jan', '--yes');
    const again = write('mass.csv', 'ann@mp.example,10.00,USD\nbob@mp.example,20.00,USD\n');
    const last = await purser('pay', again, '--cycle', 'jan', '--yes', '--json');
    expect(last.stderr).toContain('Nothing is left to pay');
    const all = await purser('batches', '--cycle', 'jan', '--json');
    const batches = JSON.parse(all.stdout) as { totalItems: number }[];
    expect(batches.reduce((sum, { totalItems }) => sum + totalItems, 0)).toBe(2);
  });
});
