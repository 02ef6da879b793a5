import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { connect, items, spawnSandbox, temporaryDirectory, type Client } from './support.ts';

const batches = 12;
const itemsPerBatch = 15_000;

/** Resident memory of a process in MiB, or null where the system does not say. */
function residentMib(pid: number): number | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
  } catch {
    // Only Linux has /proc; elsewhere the bound is not measured.
    return null;
  }
}

async function readMs(client: Client, batchId: string, page: number): Promise<number> {
  const before = performance.now();
  const { body } = await client.call('GET', `/v1/payments/payouts/${batchId}?page=${page}&page_size=1000`);
  expect(body.items).toHaveLength(1000);
  return performance.now() - before;
}

async function createMs(client: Client, name: string): Promise<{ ms: number; batchId: string }> {
  const sent = items(itemsPerBatch, `${name}-`);
  const before = performance.now();
  const created = await client.create(sent, { sender_batch_id: name });
  expect(created.status).toBe(201);
  return { ms: performance.now() - before, batchId: client.batchId(created) };
}

const median = (times: readonly number[]) =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Infinity;

test('180,000 items, a stand-in for a million: pages stay as quick as in a small sandbox and memory stays bounded', async () => {
  const { url, pid } = await spawnSandbox(temporaryDirectory(), ['--settle-ms', '0']);
  const full = await connect(url);
  const fresh = await connect((await spawnSandbox(temporaryDirectory(), ['--settle-ms', '0'])).url);
  const memory: number[] = [];
  const ids: string[] = [];
  for (let n = 0; n < batches; n += 1) {
    ids.push((await createMs(full, `b${n}`)).batchId);
    for (let page = 1; page <= 15; page += 1) await readMs(full, ids.at(-1) ?? '', page);
    memory.push(residentMib(pid) ?? 0);
  }
  // By turns, so that whatever else the machine does slows both down: what is compared is their ratio.
  const times = { full: { create: [], read: [] }, fresh: { create: [], read: [] } } as Record<
    'full' | 'fresh',
    { create: number[]; read: number[] }
  >;
  for (let n = 0; n < 3; n += 1) {
    for (const [name, client] of Object.entries({ fresh, full })) {
      const of = times[name as 'full' | 'fresh'];
      const { ms, batchId } = await createMs(client, `turn${n}`);
      of.create.push(ms);
      ids.push(batchId);
    }
  }
  const [inFresh = '', inFull = ''] = ids.slice(-2);
  for (let page = 1; page <= 15; page += 1) {
    times.fresh.read.push(await readMs(fresh, inFresh, page));
    times.full.read.push(await readMs(full, inFull, page));
  }
  expect(median(times.full.create)).toBeLessThan(4 * median(times.fresh.create));
  expect(median(times.full.read)).toBeLessThan(4 * median(times.fresh.read));
  expect(Math.max(...memory)).toBeLessThan(512);
  const growth = Math.max(...memory.slice(-4)) / Math.max(...memory.slice(2, 6), 1);
  expect(growth).toBeLessThan(1.6);
}, 240_000);
