import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allEffects, connect, items, killHard, spawnSandbox, temporaryDirectory } from './support.ts';

test('the program says where it listens, on its output and in its directory', async () => {
  const dir = temporaryDirectory();
  const { url, pid, child } = await spawnSandbox(dir, ['--settle-ms', '5']);
  expect(pid).toBe(child.pid);
  expect(JSON.parse(readFileSync(join(dir, 'sandbox.json'), 'utf8'))).toEqual({ url, pid });
  const client = await connect(url);
  expect((await client.call('GET', '/__sandbox/health')).body).toMatchObject({ ok: true, pid, settleMs: 5 });
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('with --exit-with-parent it ends when the channel to its parent closes', async () => {
  const { child } = await spawnSandbox(temporaryDirectory(), ['--exit-with-parent'], true);
  const exit = once(child, 'exit');
  child.disconnect();
  expect(await exit).toEqual([0, null]);
});

test('killed hard in the middle of creates, it has every batch it answered for, whole, and none in part', async () => {
  const dir = temporaryDirectory();
  const kills = 6;
  const size = 1500;
  const acknowledged = new Map<string, string>();
  let sent = 0;
  for (let round = 0; round < kills; round += 1) {
    const sandbox = await spawnSandbox(dir);
    const client = await connect(sandbox.url);
    // Four callers at once, so that the kill falls among requests in every stage; how far it comes differs by round.
    const killAfter = 1 + round * 2;
    let answered = 0;
    async function caller(): Promise<void> {
      for (;;) {
        sent += 1;
        const key = `batch-${sent}`;
        const created = await client.create(items(size, key), { sender_batch_id: key }).catch(() => null);
        if (created === null) return;
        expect(created.status).toBe(201);
        acknowledged.set(key, client.batchId(created));
        answered += 1;
        if (answered === killAfter) await killHard(sandbox);
      }
    }
    await Promise.all([caller(), caller(), caller(), caller()]);
  }

  const client = await connect((await spawnSandbox(dir)).url);
  const perBatch = Map.groupBy(await allEffects(client), (effect) => effect.senderBatchId ?? '');
  expect(acknowledged.size).toBeGreaterThanOrEqual(kills);
  for (const [key, id] of acknowledged) {
    const effects = perBatch.get(key) ?? [];
    expect(effects).toHaveLength(size);
    expect(effects[0]?.payoutBatchId).toBe(id);
  }
  for (const [, effects] of perBatch) {
    expect(new Set(effects.map((effect) => effect.senderItemId)).size).toBe(size);
  }
  // Whatever was lost can be sent again, and whatever arrived is refused with its batch.
  for (let n = 1; n <= sent; n += 1) {
    const key = `batch-${n}`;
    const again = await client.create(items(size, key), { sender_batch_id: key });
    expect([key, again.status]).toEqual([key, perBatch.has(key) ? 400 : 201]);
  }
  const { body } = await client.call('GET', '/__sandbox/effects/summary');
  expect(body).toMatchObject({ count: sent * size, duplicateCount: 0 });
}, 120_000);
