import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startProcess } from '../tests/support/processes.ts';
import type { Row } from './harness.ts';

/**
 * A file of people, from CSV to reconciled, as a user does it: the command, PostgreSQL and the sandbox are processes of
 * their own, everything over HTTP. The rate counts people over the whole life of the command, start-up included.
 */
export function payFile(people: number): Row {
  return {
    name: `pay a file of ${people.toLocaleString('en')} people, CSV to reconciled`,
    unit: 'people/s',
    bars: [
      { against: 'TPC-B', atLeast: 1 },
      { against: 'naive loop', atLeast: 20 },
    ],
    measure: async ({ url }) => {
      const directory = mkdtempSync(path.join(tmpdir(), 'purser-bench-'));
      try {
        const file = path.join(directory, 'people.csv');
        writeFileSync(file, csv(people));
        const start = performance.now();
        await pay(url, directory, file, people);
        return people / ((performance.now() - start) / 1000);
      } finally {
        rmSync(directory, { recursive: true, force: true });
      }
    },
  };
}

async function pay(url: string, directory: string, file: string, people: number): Promise<void> {
  await using command = startProcess(['src/main/purser.ts', 'pay', file, '--cycle', '1', '--yes', '--json'], {
    env: {
      DATABASE_URL: url,
      PURSER_DATA_DIR: path.join(directory, 'data'),
      PURSER_SECRET: 'the secret of the benchmark, 32 characters',
    },
  });
  const { code } = await command.ended;
  const result = JSON.parse(command.stdout.trim().split('\n').at(-1) ?? '{}') as { success?: number };
  if (code !== 0 || result.success !== people)
    throw new Error(`paid ${result.success ?? 0}: ${command.stderr.slice(-2000)}`);
}

function csv(people: number): string {
  const rows = Array.from(
    { length: people },
    (_, n) =>
      `u${n},Person ${n},person${n}@example.com,${10 + (n % 90)}.${10 + (n % 90)},${n % 2 ? 'USD' : 'EUR'},paypal,,r${n},`,
  );
  return ['payee_id,name,email,amount,currency,method,destination,reference,note', ...rows, ''].join('\n');
}
