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
const peakMiB = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(JSON.stringify({ goodRows, peakMiB, kept: kept.length }));
