import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { balanceReads } from './balance.ts';
import { type Row, runBench } from './harness.ts';
import { payFile } from './pay-file.ts';
import { probes } from './probes.ts';
import { missedBars, renderResults } from './results.ts';
import { stages } from './stages.ts';

/** What Purser is measured at; each row comes from a file of its own beside this one. */
const people = 100_000;
const rows: readonly Row[] = [payFile(people), ...stages, ...balanceReads];

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, seconds: { type: 'string', default: '3' } },
});

const samples = await runBench({
  rows,
  rounds: Number(values.rounds),
  seconds: Number(values.seconds),
  say: (line) => console.error(line),
});
const file = path.join(import.meta.dirname, 'results.md');
writeFileSync(file, renderResults(samples, probes, rows, new Date()));
console.log(`written: ${file}`);
for (const missed of missedBars(samples, rows)) console.log(`missed: ${missed}`);
