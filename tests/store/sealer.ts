import { setTimeout as pause } from 'node:timers/promises';
import { sealPage } from '../../src/actions/audit-seal.ts';
import { openPostgres } from '../../src/store/db.ts';
import { scribe, write } from './audit-stage.ts';

// A process that seals, and writes when told how often, until it is killed. One JSON line per page.

const [url = '', name = '', writes = '0'] = process.argv.slice(2);
const db = openPostgres(url);
const ctx = await scribe(db, name);

async function writeAll(): Promise<void> {
  for (let round = 0; round < Number(writes); round += 1) await write(ctx, 20, `${name}-${round}`);
  process.stdout.write(`${JSON.stringify({ written: Number(writes) * 20 })}\n`);
}

async function sealForEver(): Promise<void> {
  for (;;) {
    const page = await sealPage(ctx);
    if (page) process.stdout.write(`${JSON.stringify({ sealed: page.events, seq: page.seq.toString() })}\n`);
    else await pause(1);
  }
}

await Promise.all([writeAll(), sealForEver()]);
