import { administer, createDatabaseOn } from '../tests/support/databases.ts';
import { type PostgresServer, startPostgres } from '../tests/support/postgres-server.ts';
import type { Load, Probe } from './load.ts';
import { probes } from './probes.ts';

/** What a row is compared with: a probe or another row, by its name. */
export interface Bar {
  readonly against: string;
  /** The rate divided by the other's must be at least, or at most, this. */
  readonly atLeast?: number;
  readonly atMost?: number;
}

/**
 * One line of the report: something Purser does, with the bars it is held to. For example
 * ```ts
 * const prepare: Row = {
 *   name: 'prepare a batch',
 *   unit: 'payouts/s',
 *   bars: [{ against: 'TPC-B', atLeast: 8 }],
 *   measure: async ({ url, seconds }) => { …migrate, fill, then time only the work; return payouts / elapsed },
 * };
 * ```
 * `measure` gets a new, empty database each time, prepares it, and returns a rate per second of the timed part alone.
 */
export interface Row extends Probe {
  readonly bars: readonly Bar[];
}

/** Rates of everything measured, by name, one per round. */
export type Samples = ReadonlyMap<string, readonly number[]>;

export interface Plan {
  readonly rows: readonly Row[];
  /** How often everything is measured; the median counts. */
  readonly rounds: number;
  /** How long each single measurement runs. */
  readonly seconds: number;
  /** Told what is measured next and what came out. */
  readonly say: (line: string) => void;
}

/**
 * Measures probes and rows in turns on one PostgreSQL of its own that waits for the disk, so that what slows the machine
 * down for a while slows both sides of a ratio.
 */
export async function runBench({ rows, rounds, seconds, say }: Plan): Promise<Samples> {
  const needed = new Set(rows.flatMap((row) => row.bars.map((bar) => bar.against)));
  const all = [...probes.filter(({ name }) => rows.length === 0 || needed.has(name)), ...rows];
  const samples = new Map<string, number[]>(all.map(({ name }) => [name, []]));
  // More memory and fewer checkpoints than a small default: the same for both sides.
  const settings = { shared_buffers: "'512MB'", max_wal_size: "'4GB'" };
  await using server = await startPostgres({ durable: true, settings });
  for (let round = 1; round <= rounds; round += 1) {
    for (const one of all) {
      const rate = await measureOnce(server, one, seconds);
      samples.get(one.name)?.push(rate);
      say(`round ${round} of ${rounds}: ${one.name} ${Math.round(rate)} ${one.unit}`);
    }
  }
  return samples;
}

async function measureOnce(server: PostgresServer, probe: Probe, seconds: Load['seconds']): Promise<number> {
  await using database = await createDatabaseOn(server.url);
  await administer(server.url, 'checkpoint');
  return await probe.measure({ url: database.url, seconds });
}

/** The middle value; of two in the middle, the lower. NaN when there are none. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}
