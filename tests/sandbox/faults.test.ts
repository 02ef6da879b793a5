import { describe, expect, test } from 'vitest';
import {
  allEffects,
  item,
  items,
  openSandbox,
  temporaryDirectory,
  type Answer,
  type Client,
} from './support.ts';

const payouts = '/v1/payments/payouts';

async function withFault(client: Client, rule: Record<string, unknown>): Promise<void> {
  const answer = await client.call('POST', '/__sandbox/faults', {
    path: payouts,
    method: 'POST',
    times: 1,
    ...rule,
  });
  expect(answer.status).toBe(200);
}

/** The answer, or null when there was none that could be read whole. */
async function tryCreate(client: Client, key = 'k'): Promise<Answer | null> {
  return await client.create(items(3), { sender_batch_id: key }).catch(() => null);
}

async function timesFired(client: Client, fault: string): Promise<number> {
  const { body } = await client.call('GET', '/__sandbox/faults');
  return body.data.find((rule) => rule.fault === fault)?.fired ?? 0;
}

describe('a fault', () => {
  test.each([
    ['drop_before', 'no answer', 0],
    ['drop_after', 'no answer', 3],
    ['reset_mid_body', 'no answer', 3],
    ['error_500_before', '500 INTERNAL_SERVER_ERROR', 0],
    ['error_500_after', '500 INTERNAL_SERVER_ERROR', 3],
    ['malformed', '201 undefined', 3],
    ['rate_limit', '429 RATE_LIMIT_REACHED', 0],
    ['insufficient_funds', '422 INSUFFICIENT_FUNDS', 0],
    ['denied', '201 undefined', 3],
    ['slow', '201 undefined', 3],
    ['timeout', '201 undefined', 3],
  ])(
    '%s answers %s and leaves %i effects; the same request afterwards tells the truth',
    async (fault, said, effects) => {
      const client = await openSandbox({ settleMs: 0 });
      await withFault(client, { fault, delayMs: 1 });
      const answer = await tryCreate(client);
      const heard = answer === null ? 'no answer' : `${answer.status} ${answer.body.name}`;
      expect(heard).toBe(said);
      expect(await allEffects(client)).toHaveLength(effects);
      const again = await tryCreate(client);
      expect(again?.status).toBe(effects === 0 ? 201 : 400);
      expect(await allEffects(client)).toHaveLength(3);
    },
  );

  test('malformed sends JSON that does not parse', async () => {
    const client = await openSandbox();
    await withFault(client, { fault: 'malformed' });
    const answer = await tryCreate(client);
    expect(answer?.text.length).toBeGreaterThan(10);
    expect(() => JSON.parse(answer?.text ?? '') as unknown).toThrow(SyntaxError);
  });

  test('rate_limit says how long to wait', async () => {
    const client = await openSandbox();
    await withFault(client, { fault: 'rate_limit', retryAfterSeconds: 7 });
    expect((await tryCreate(client))?.headers.get('retry-after')).toBe('7');
  });

  test('denied ends in a denied batch whose items failed and moved nothing', async () => {
    const client = await openSandbox({ settleMs: 0 });
    await withFault(client, { fault: 'denied' });
    const created = await client.create(items(1));
    const { body } = await client.call('GET', `${payouts}/${client.batchId(created)}`);
    expect(body).toMatchObject({
      batch_header: { batch_status: 'DENIED', fees: { value: '0.00' } },
      items: [{ transaction_status: 'FAILED', errors: { name: 'INSUFFICIENT_FUNDS' } }],
    });
    expect((await allEffects(client))[0]).toMatchObject({ status: 'FAILED', outstanding: false });
  });

  test('timeout has its effect at once, slow only after its delay', async () => {
    const client = await openSandbox();
    const pending: Promise<Answer | null>[] = [];
    for (const fault of ['timeout', 'slow']) {
      await withFault(client, { fault, delayMs: 60_000 });
      pending.push(tryCreate(client, fault));
      await expect.poll(async () => await timesFired(client, fault)).toBe(1);
    }
    const effects = await allEffects(client);
    expect(effects.map((effect) => effect.senderBatchId)).toEqual(['timeout', 'timeout', 'timeout']);
    await client.sandbox.close();
    expect(await Promise.all(pending)).toEqual([null, null]);
  });

  test('meets only the requests it names, and only as often as it may', async () => {
    const client = await openSandbox({ settleMs: 0 });
    const id = client.batchId(await client.create(items(1)));
    await withFault(client, { fault: 'error_500_before', method: 'GET', path: `${payouts}/`, times: 2 });
    const statuses: number[] = [];
    for (let n = 0; n < 4; n += 1) statuses.push((await client.call('GET', `${payouts}/${id}`)).status);
    expect(statuses).toEqual([500, 500, 200, 200]);
    expect((await client.create(items(1))).status).toBe(201);
  });

  test('that is a matter of chance falls the same way for the same seed', async () => {
    async function course(seed: number): Promise<string> {
      const client = await openSandbox();
      const rule = { fault: 'error_500_before', probability: 0.5, seed, times: undefined };
      await withFault(client, rule);
      let heard = '';
      for (let n = 0; n < 24; n += 1)
        heard += (await client.create([item('a@example.com')])).status === 500 ? 'x' : '.';
      return heard;
    }
    const first = await course(7);
    expect(await course(7)).toBe(first);
    expect(await course(8)).not.toBe(first);
    expect(first).toContain('x');
    expect(first).toContain('.');
  });

  test('is kept over a restart, listed and cleared', async () => {
    const dir = temporaryDirectory();
    const before = await openSandbox({ dir });
    await withFault(before, { fault: 'error_500_before', times: 2 });
    await tryCreate(before);
    await before.sandbox.close();
    const after = await openSandbox({ dir });
    const listed = await after.call('GET', '/__sandbox/faults');
    expect(listed.body.data).toMatchObject([{ fault: 'error_500_before', times: 2, seen: 1, fired: 1 }]);
    expect((await tryCreate(after))?.status).toBe(500);
    expect((await tryCreate(after))?.status).toBe(201);
    expect((await after.call('DELETE', '/__sandbox/faults')).body.data).toEqual([]);
  });

  test.each([{ fault: 'earthquake' }, {}, { fault: 'slow', probability: 2 }, { fault: 'slow', times: -1 }])(
    'that makes no sense is refused whole: %j',
    async (rule) => {
      const client = await openSandbox();
      const answer = await client.call('POST', '/__sandbox/faults', { rules: [{ fault: 'slow' }, rule] });
      expect(answer.status).toBe(400);
      expect((await client.call('GET', '/__sandbox/faults')).body.data).toEqual([]);
    },
  );
});
