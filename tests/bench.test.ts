import { describe, expect, it } from 'vitest';
import { median, type Row, type Samples } from '../bench/harness.ts';
import { measureProbe, probes } from '../bench/probes.ts';
import { missedBars, renderResults } from '../bench/results.ts';
import { fromNode } from '../bench/tpcb.ts';
import { createDatabase } from './support/postgres.ts';

/** Long enough to run, too short to mean anything. */
const seconds = 0.2;

describe('base probes', () => {
  it.each(probes.map((probe) => [probe.name, probe] as const))('%s gives a rate', async (name, probe) => {
    await using database = await createDatabase();
    const result = await measureProbe(probe, { url: database.url, seconds });
    expect(result.name).toBe(name);
    expect(result.ratePerSecond).toBeGreaterThan(10);
  });

  it('TPC-B runs from Node where pgbench is not installed', async () => {
    await using database = await createDatabase();
    expect(await fromNode({ url: database.url, seconds })).toBeGreaterThan(10);
  });
});

describe('the report', () => {
  const row: Row = {
    name: 'prepare a batch',
    unit: 'payouts/s',
    bars: [{ against: 'TPC-B', atLeast: 8 }],
    measure: async () => await Promise.resolve(0),
  };
  const samples = (rate: number): Samples =>
    new Map([
      ['TPC-B', [900, 1000, 5000]],
      [row.name, [rate, 1, 99_999]],
    ]);
  const when = new Date('2026-03-04T05:06:07Z');

  it('sets the ratio of the medians beside the bar', () => {
    const text = renderResults(samples(8000), probes, [row], when);
    expect(text).toContain('- date: 2026-03-04\n');
    expect(text).toContain('| TPC-B | 1,000 transactions/s | (900–5,000) |');
    expect(text).toContain('| prepare a batch | 8,000 payouts/s | (1–99,999) | 8.00 | ≥ 8 × TPC-B | met |');
    expect(missedBars(samples(8000), [row])).toEqual([]);
  });

  it('says which bar was missed', () => {
    expect(renderResults(samples(7990), probes, [row], when)).toContain('**missed**');
    expect(missedBars(samples(7990), [row])).toEqual(['prepare a batch: 7.99, the bar is ≥ 8 × TPC-B']);
  });

  it('counts a bar against something that was not measured as missed', () => {
    const lost = { ...row, bars: [{ against: 'nothing', atMost: 1 }] };
    expect(missedBars(samples(1), [lost])).toHaveLength(1);
    expect(median([])).toBeNaN();
  });
});
