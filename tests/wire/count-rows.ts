import { existsSync, readFileSync } from 'node:fs';
import { readPayFile } from '../../src/wire/pay-file.ts';
import type { PayRow } from '../../src/wire/pay-row.ts';

/** Run on its own with a small heap: reads the file named first, and with `keep` holds all its rows. */
const [path = '', keep] = process.argv.slice(2);
const kept: PayRow[] = [];
const result = await readPayFile(path, {
  onBatch({ rows }) {
    if (keep === 'keep') kept.push(...rows);
  },
});
const goodRows = result.ok ? result.summary.goodRows : 0;
// Of this program alone: on Linux the other figure begins with the peak of whoever started it.
const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
const peakKiB = Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS);
const peakMiB = Math.round(peakKiB / 1024);
process.stdout.write(JSON.stringify({ goodRows, peakMiB, kept: kept.length }));
