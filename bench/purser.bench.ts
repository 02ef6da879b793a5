import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { balanceReads } from './balance.ts';
import { type Row, runBench } from './harness.ts';
import { payFile } from './pay-file.ts';
import { probes } from './probes.ts';
import { missedBars, renderResults } from './results.ts';
import { costs, stages } from './stages.ts';

/** What Purser is measured at; each row comes from a file of its own beside this one. */
const people = 100_000;
const rows: readonly Row[] = [payFile(people), ...stages, ...costs, ...balanceReads];

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '3' },
    // Only what has this in its name, and what it is compared with; said and not written.
    only: { type: 'string', default: '' },
  },
});

const { only } = values;
const wanted = rows.filter(({ name }) => name.includes(only));
const against = new Set(wanted.flatMap(({ bars }) => bars.map((bar) => bar.against)));
const measured = only === '' ? rows : rows.filter((row) => wanted.includes(row) || against.has(row.name));
const samples = await runBench({
  rows: measured,
  rounds: Number(values.rounds),
  seconds: Number(values.seconds),
  say: (line) => console.error(line),
});
const report = renderResults(samples, probes, measured, new Date());
if (only === '') {
  const file = path.join(import.meta.dirname, 'results.md');
  writeFileSync(file, report);
  console.log(`written: ${file}`);
} else console.log(report);
for (const missed of missedBars(samples, measured)) console.log(`missed: ${missed}`);
