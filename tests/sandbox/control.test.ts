import { describe, expect, test } from 'vitest';
import { allEffects, item, items, openSandbox } from './support.ts';

describe('effects', () => {
  test('list every accepted item once, page by page, with where its money is now', async () => {
    const client = await openSandbox({ settleMs: 0 });
    const id = client.batchId(
      await client.create([item('ann@example.com', 'w-1', '12.50')], { sender_batch_id: 'b' }),
    );
    await client.create(items(7));
    const [first, ...rest] = await allEffects(client);
    expect(first).toMatchObject({
      id: 1,
      senderBatchId: 'b',
      senderItemId: 'w-1',
      payoutBatchId: id,
      receiver: 'ann@example.com',
      amountMinor: '1250',
      currency: 'USD',
      value: '12.50',
      status: 'SUCCESS',
      outstanding: true,
    });
    expect(rest).toHaveLength(7);
    const page = await client.call('GET', '/__sandbox/effects?afterId=2&limit=3');
    expect(page.body.data.map((effect: { id: number }) => effect.id)).toEqual([3, 4, 5]);
    expect(page.body.nextAfterId).toBe(5);
    expect((await client.call('GET', '/__sandbox/effects?limit=0')).status).toBe(400);
  });

  test('are summed by status and currency', async () => {
    const client = await openSandbox({ settleMs: 0 });
    await client.create([
      item('a@example.com', 'a', '1.10'),
      item('b@example.com', 'b', '2.20'),
      item('c+failed@example.com'),
    ]);
    await client.create([item('d@example.com', 'd', '500', 'JPY')]);
    const { body } = await client.call('GET', '/__sandbox/effects/summary');
    expect(body).toEqual({
      count: 4,
      totals: [
        { status: 'FAILED', currency: 'USD', count: 1, amountMinor: '1000' },
        { status: 'SUCCESS', currency: 'JPY', count: 1, amountMinor: '500' },
        { status: 'SUCCESS', currency: 'USD', count: 2, amountMinor: '330' },
      ],
      duplicateCount: 0,
      duplicates: [],
    });
  });

  test('name whoever was paid twice for one thing, attempts included, and nobody else', async () => {
    const client = await openSandbox({ settleMs: 0 });
    await client.create([
      item('twice@example.com', 'winner-1-1'),
      item('retried+failed@example.com', 'winner-2-2'),
      item('two-prizes@example.com', 'winner-3-3'),
      item('two-prizes@example.com', 'winner-4-3'),
      item('came-back+returned@example.com', 'winner-5-5'),
    ]);
    await client.advance(60);
    await client.create([
      item('twice@example.com', 'winner-1-1-a2'),
      item('retried+failed@example.com', 'winner-2-2-a2'),
      item('came-back+returned@example.com', 'winner-5-5-a2'),
    ]);
    const { body } = await client.call('GET', '/__sandbox/effects/summary');
    expect(body.duplicateCount).toBe(1);
    expect(body.duplicates).toMatchObject([
      {
        receiver: 'twice@example.com',
        baseReference: 'winner-1-1',
        effects: [{ senderItemId: 'winner-1-1' }, { senderItemId: 'winner-1-1-a2' }],
      },
    ]);
  });
});

describe('the balance', () => {
  test('is unlimited until it is set, must cover amount and fee, and takes back what failed', async () => {
    const client = await openSandbox({ settleMs: 60_000 });
    expect((await client.create([item('rich@example.com', 'x', '1000000000.00')])).status).toBe(201);
    await client.call('POST', '/__sandbox/balance', { currency: 'USD', amountMinor: '2040' });
    const short = await client.create([item('a@example.com', 'a', '20.01')]);
    expect([short.status, short.body.name]).toEqual([422, 'INSUFFICIENT_FUNDS']);
    expect((await client.create([item('a+failed@example.com', 'a', '20.00')])).status).toBe(201);
    expect((await client.create([item('b@example.com', 'b', '20.00')])).status).toBe(422);
    await client.advance(61);
    expect((await client.create([item('b@example.com', 'b', '20.00')])).status).toBe(201);
    const { body } = await client.call('GET', '/__sandbox/balance');
    expect(body.data).toEqual([{ currency: 'USD', availableMinor: '0' }]);
    expect((await client.create([item('c@example.com', 'c', '20.00', 'EUR')])).status).toBe(201);
    await client.call('POST', '/__sandbox/balance', { currency: 'USD', amountMinor: null });
    expect((await client.create([item('b@example.com', 'b2', '20.00')])).status).toBe(201);
  });
});

describe('an item', () => {
  test('becomes what it is told to, at once', async () => {
    const client = await openSandbox({ settleMs: 0 });
    await client.create([item('a@example.com', 'a')]);
    const [effect] = await allEffects(client);
    const path = `/__sandbox/items/${effect?.['payoutItemId']}`;
    const decided = await client.call('POST', path, { status: 'ONHOLD', error: 'REGULATORY_PENDING' });
    expect(decided.body).toMatchObject({
      transaction_status: 'ONHOLD',
      errors: { name: 'REGULATORY_PENDING' },
    });
    await client.call('POST', path, { status: 'REVERSED' });
    const read = await client.call('GET', `/v1/payments/payouts-item/${effect?.['payoutItemId']}`);
    expect(read.body.transaction_status).toBe('REVERSED');
    expect((await client.call('POST', path, { status: 'LOST' })).status).toBe(400);
    expect((await client.call('POST', '/__sandbox/items/NOBODY', { status: 'FAILED' })).status).toBe(404);
  });
});

describe('the control API', () => {
  test('says that it is well, and moves its clock only forward', async () => {
    const client = await openSandbox();
    await client.create(items(2));
    const health = await client.call('GET', '/__sandbox/health');
    expect(health.body).toMatchObject({ ok: true, url: client.url, batches: 1, items: 2 });
    await client.advance(3600);
    expect((await client.call('GET', '/__sandbox/clock')).body.offsetSeconds).toBe(3600);
    expect((await client.call('POST', '/__sandbox/clock', { advanceSeconds: -1 })).status).toBe(400);
    expect((await client.call('POST', '/__sandbox/clock', 'nonsense')).status).toBe(400);
  });
});

describe('an absolute place of the clock', () => {
  test('is the same time when it is told twice, and never goes back', async () => {
    const client = await openSandbox();
    const tell = async (reachOffsetSeconds: unknown) =>
      client.call('POST', '/__sandbox/clock', { reachOffsetSeconds });
    expect((await tell(90)).body.offsetSeconds).toBe(90);
    expect((await tell(90)).body.offsetSeconds).toBe(90);
    expect((await tell(30)).body.offsetSeconds).toBe(90);
    expect((await tell('90')).status).toBe(400);
    expect((await tell(-1)).status).toBe(400);
  });
});
