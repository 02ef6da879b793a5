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

async function medianPageMs(client: Client, batchId: string): Promise<number> {
  const times: number[] = [];
  for (let page = 1; page <= 15; page += 1) {
    const before = performance.now();
    const { body } = await client.call('GET', `/v1/payments/payouts/${batchId}?page=${page}&page_size=1000`);
    times.push(performance.now() - before);
    expect(body.items).toHaveLength(1000);
  }
  return times.sort((a, b) => a - b)[7] ?? Infinity;
}

test('180,000 items, a stand-in for a million: pages stay as quick as at first and memory stays bounded', async () => {
  const { url, pid } = await spawnSandbox(temporaryDirectory(), ['--settle-ms', '0']);
  const client = await connect(url);
  const pageMs: number[] = [];
  const createMs: number[] = [];
  const memory: number[] = [];
  for (let n = 0; n < batches; n += 1) {
    const sent = items(itemsPerBatch, `b${n}-`);
    const before = performance.now();
    const created = await client.create(sent, { sender_batch_id: `b${n}` });
    createMs.push(performance.now() - before);
    expect(created.status).toBe(201);
    pageMs.push(await medianPageMs(client, client.batchId(created)));
    memory.push(residentMib(pid) ?? 0);
  }
  const median = (times: number[]) =>
    times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Infinity;
  // The measured cost on two cores is about 60 ms and 9 ms; the bounds leave room for a busy machine.
  expect(median(createMs)).toBeLessThan(600);
  expect(median(pageMs)).toBeLessThan(60);
  expect(median(pageMs.slice(-4))).toBeLessThan(3 * median(pageMs.slice(0, 4)));
  expect(Math.max(...memory)).toBeLessThan(512);
  const growth = Math.max(...memory.slice(-4)) / Math.max(...memory.slice(2, 6), 1);
  expect(growth).toBeLessThan(1.6);
}, 120_000);
