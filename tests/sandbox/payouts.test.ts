import { describe, expect, test } from 'vitest';
import { allEffects, connect, firstItem, item, items, openSandbox, temporaryDirectory } from './support.ts';

const payouts = '/v1/payments/payouts';
const month = 31 * 86_400;

describe('a token', () => {
  test('is given to any client but the one named bad', async () => {
    const { url } = await openSandbox();
    const ask = (client: string, body = 'grant_type=client_credentials') =>
      fetch(`${url}/v1/oauth2/token`, {
        method: 'POST',
        body,
        headers: { authorization: `Basic ${btoa(client)}` },
      });
    const good = await ask('any:secret');
    expect(good.status).toBe(200);
    expect(await good.json()).toMatchObject({ token_type: 'Bearer', expires_in: 28_800 });
    expect((await ask('bad:secret')).status).toBe(401);
    expect((await ask('any:')).status).toBe(401);
    expect((await ask('any:secret', 'grant_type=password')).status).toBe(400);
  });

  test('is required, must be genuine, survives a restart and ends after eight hours', async () => {
    const dir = temporaryDirectory();
    const before = await openSandbox({ dir });
    await before.sandbox.close();
    const client = await openSandbox({ dir });
    const kept = await client.call('POST', payouts, {}, { authorization: `Bearer ${before.token}` });
    expect(kept.status).toBe(400);
    for (const authorization of ['', 'Bearer nonsense', `${client.token.slice(0, -2)}AA`]) {
      const refused = await client.call('GET', `${payouts}/X`, undefined, { authorization });
      expect(refused.status).toBe(401);
      expect(refused.body.name).toBe('AUTHENTICATION_FAILURE');
    }
    await client.advance(28_799);
    expect((await client.create(items(1))).status).toBe(201);
    await client.advance(2);
    expect((await client.create(items(1))).status).toBe(401);
  });
});

describe('creating a batch', () => {
  test('answers 201 with the batch id and the header as it was sent', async () => {
    const client = await openSandbox();
    const header = { sender_batch_id: 'cycle-1', email_subject: 'You won', email_message: 'Well done' };
    const created = await client.create(items(2), header);
    expect(created.status).toBe(201);
    expect(created.headers.get('paypal-debug-id')).toMatch(/^[0-9a-f]{13}$/);
    const id = client.batchId(created);
    expect(created.body).toEqual({
      batch_header: { payout_batch_id: id, batch_status: 'PENDING', sender_batch_header: header },
      links: [{ href: `${client.url}${payouts}/${id}`, rel: 'self', method: 'GET' }],
    });
  });

  test('refuses a sender_batch_id for 30 days and names the first batch, whatever the items are', async () => {
    const client = await openSandbox();
    const header = { sender_batch_id: 'cycle-2' };
    const first = client.batchId(await client.create(items(2), header));
    const again = await client.create(items(3, 'other'), header);
    expect(again.status).toBe(400);
    expect(again.body.name).toBe('USER_BUSINESS_ERROR');
    expect(again.body.links).toEqual([]);
    expect(again.body.details[0]?.field).toBe('SENDER_BATCH_ID');
    expect(again.body.details[0]?.link[0]?.href).toBe(`${client.url}${payouts}/${first}`);
    await client.call('POST', '/__sandbox/behaviour', { duplicateLink: false });
    const older = await client.create(items(2), header);
    expect(older.body.details).toEqual([{ field: 'SENDER_BATCH_ID', issue: 'Duplicate batch request' }]);
    expect(await allEffects(client)).toHaveLength(2);
  });

  test('takes the same sender_batch_id again after 30 days', async () => {
    const client = await openSandbox();
    await client.create(items(1), { sender_batch_id: 'old' });
    await client.advance(month);
    const later = await connect(client.url);
    expect((await later.create(items(1), { sender_batch_id: 'old' })).status).toBe(201);
    expect(await allEffects(client)).toHaveLength(2);
  });

  test('does not deduplicate by sender_item_id, by PayPal-Request-Id or without a sender_batch_id', async () => {
    const client = await openSandbox();
    const body = { sender_batch_header: {}, items: [item('a@example.com', 'same')] };
    for (let n = 0; n < 2; n += 1) {
      const created = await client.call('POST', payouts, body, { 'paypal-request-id': 'same' });
      expect(created.status).toBe(201);
    }
    expect(await allEffects(client)).toHaveLength(2);
  });

  const good = item('a@example.com', 'x');
  const usd = (value: unknown) => ({ ...good, amount: { currency: 'USD', value } });
  test.each([
    ['receiver missing', [good, { ...good, receiver: undefined }], 'items[1].receiver'],
    ['an address that is none', [good, good, item('nobody')], 'items[2].receiver'],
    ['a receiver over 127 characters', [item(`${'a'.repeat(120)}@example.com`)], 'items[0].receiver'],
    ['an unknown recipient type', [{ ...good, recipient_type: 'PIGEON' }], 'items[0].recipient_type'],
    ['a reference over 63 characters', [item('a@example.com', 'r'.repeat(64))], 'items[0].sender_item_id'],
    ['a note over 4000 characters', [{ ...good, note: 'n'.repeat(4001) }], 'items[0].note'],
    ['a note over 1000 characters beyond ASCII', [{ ...good, note: 'ä'.repeat(1001) }], 'items[0].note'],
    ['an amount missing', [{ ...good, amount: undefined }], 'items[0].amount'],
    ['an amount of zero', [usd('0.00')], 'items[0].amount.value'],
    ['a negative amount', [usd('-1.00')], 'items[0].amount.value'],
    ['three decimals', [usd('1.000')], 'items[0].amount.value'],
    ['a number for a text', [usd(1)], 'items[0].amount.value'],
    ['decimals for JPY', [item('a@example.com', 'x', '10.00', 'JPY')], 'items[0].amount.value'],
    ['decimals for HUF', [item('a@example.com', 'x', '10.5', 'HUF')], 'items[0].amount.value'],
    ['decimals for TWD', [item('a@example.com', 'x', '10.5', 'TWD')], 'items[0].amount.value'],
    [
      'a currency PayPal does not pay',
      [item('a@example.com', 'x', '10.00', 'HTG')],
      'items[0].amount.currency',
    ],
    ['two currencies', [good, item('b@example.com', 'y', '1.00', 'EUR')], 'items[1].amount.currency'],
    ['no item', [], 'items'],
  ])('refuses all of it for %s and says where', async (_, bad, field) => {
    const client = await openSandbox();
    const refused = await client.create(bad, { sender_batch_id: 'bad' });
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({ name: 'VALIDATION_ERROR', details: [{ field, location: 'body' }] });
    expect(refused.body.debug_id).toBe(refused.headers.get('paypal-debug-id'));
    expect(await allEffects(client)).toEqual([]);
    expect((await client.create([good], { sender_batch_id: 'bad' })).status).toBe(201);
  });

  test('takes 15,000 items and refuses 15,001', async () => {
    const client = await openSandbox();
    const refused = await client.create(items(15_001));
    expect(refused.body).toMatchObject({ name: 'VALIDATION_ERROR', details: [{ field: 'items' }] });
    expect((await client.create(items(15_000))).status).toBe(201);
  });

  test('refuses what is not JSON, not called JSON, or synchronous', async () => {
    const client = await openSandbox();
    expect((await client.call('POST', payouts, '{"items":')).body.name).toBe('INVALID_REQUEST');
    expect((await client.call('POST', payouts, 'null')).body.name).toBe('VALIDATION_ERROR');
    const typed = await client.call('POST', payouts, '{}', { 'content-type': 'text/plain' });
    expect(typed.status).toBe(415);
    const synchronous = await client.call('POST', `${payouts}?sync_mode=true`, { items: [good] });
    expect(synchronous.body.name).toBe('SYNC_MODE_NOT_APPLICABLE');
    expect((await client.call('DELETE', payouts)).status).toBe(405);
    expect((await client.call('GET', '/v1/nothing')).status).toBe(404);
  });

  test('answers 429 above the rate limit when one is set', async () => {
    const client = await openSandbox();
    await client.call('POST', '/__sandbox/behaviour', { postsPerMinuteMax: 2 });
    await client.create(items(1));
    await client.create(items(1));
    const limited = await client.create(items(1));
    expect(limited.status).toBe(429);
    expect(limited.body.name).toBe('RATE_LIMIT_REACHED');
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    await client.advance(61);
    expect((await client.create(items(1))).status).toBe(201);
    expect(await allEffects(client)).toHaveLength(3);
  });
});

describe('reading a batch', () => {
  test('pages through every item once, in order, with totals only when asked', async () => {
    const client = await openSandbox();
    const id = client.batchId(await client.create(items(250)));
    const seen: string[] = [];
    for (const page of [1, 2, 3]) {
      const answer = await client.call(
        'GET',
        `${payouts}/${id}?page=${page}&page_size=100&total_required=true`,
      );
      expect(answer.body).toMatchObject({ total_items: 250, total_pages: 3 });
      seen.push(...answer.body.items.map((entry) => entry.payout_item.sender_item_id));
      const rels = answer.body.links.map((entry) => entry.rel);
      expect(rels.includes('next')).toBe(page < 3);
    }
    expect(seen).toEqual(items(250).map((entry) => entry['sender_item_id']));
    const beyond = await client.call('GET', `${payouts}/${id}?page=4&page_size=100`);
    expect(beyond.body.items).toEqual([]);
    expect(beyond.body).not.toHaveProperty('total_items');
    const header = await client.call('GET', `${payouts}/${id}?fields=batch_header`);
    expect(header.body).not.toHaveProperty('items');
    expect(header.body.batch_header.amount).toEqual({ currency: 'USD', value: '2500.00' });
  });

  test('refuses a page of more than 1000 items and an id it never gave', async () => {
    const client = await openSandbox();
    const id = client.batchId(await client.create(items(1)));
    for (const query of ['page_size=1001', 'page_size=0', 'page=0', 'page=1001', 'page=x']) {
      expect((await client.call('GET', `${payouts}/${id}?${query}`)).body.name).toBe('VALIDATION_ERROR');
    }
    for (const unknown of ['AAAAAAAAAAAAA', `${id}A`, id.toLowerCase(), '%00']) {
      const answer = await client.call('GET', `${payouts}/${unknown}`);
      expect(answer.status).toBe(404);
      expect(answer.body.name).toBe('INVALID_RESOURCE_ID');
    }
  });

  test('goes PENDING, PROCESSING, SUCCESS, and shows fees once it is processed', async () => {
    const client = await openSandbox({ settleMs: 3_000_000 });
    const id = client.batchId(await client.create([item('a@example.com', 'a', '100.00')]));
    const read = async () => (await client.call('GET', `${payouts}/${id}`)).body;
    expect(await read()).toMatchObject({
      batch_header: { batch_status: 'PENDING', fees: { value: '0.00' } },
    });
    await client.advance(1001);
    expect(await read()).toMatchObject({
      batch_header: { batch_status: 'PROCESSING', fees: { value: '1.00' } },
      items: [{ transaction_status: 'PENDING', payout_item_fee: { value: '0.00' } }],
    });
    await client.advance(2000);
    const done = await read();
    expect(done).toMatchObject({
      batch_header: { batch_status: 'SUCCESS', funding_source: 'BALANCE' },
      items: [{ transaction_status: 'SUCCESS', payout_item_fee: { value: '1.00' }, payout_batch_id: id }],
    });
    expect(done.batch_header).toHaveProperty('time_completed');
    expect(firstItem(done).transaction_id).toMatch(/^[A-Z2-9]{17}$/);
  });

  test('keeps amounts of currencies without decimals whole', async () => {
    const client = await openSandbox({ settleMs: 0 });
    const id = client.batchId(await client.create([item('a@example.com', 'a', '1234', 'JPY')]));
    const { body } = await client.call('GET', `${payouts}/${id}`);
    expect(firstItem(body).payout_item.amount).toEqual({ currency: 'JPY', value: '1234' });
    expect(firstItem(body).payout_item_fee).toEqual({ currency: 'JPY', value: '25' });
  });
});

describe('cancelling an item', () => {
  test('brings an unclaimed one back once, and refuses every other', async () => {
    const client = await openSandbox({ settleMs: 60_000 });
    const id = client.batchId(await client.create([item('a+unclaimed@example.com'), item('b@example.com')]));
    const { body } = await client.call('GET', `${payouts}/${id}`);
    const [unclaimed = '', paid = ''] = body.items.map((entry) => entry.payout_item_id);
    const cancel = (itemId: string) => client.call('POST', `/v1/payments/payouts-item/${itemId}/cancel`, {});
    expect((await cancel(unclaimed)).body.name).toBe('BATCH_NOT_COMPLETED');
    await client.advance(61);
    const cancelled = await cancel(unclaimed);
    expect(cancelled.status).toBe(200);
    expect(cancelled.body).toMatchObject({
      transaction_status: 'RETURNED',
      errors: { name: 'RECEIVER_UNREGISTERED' },
    });
    const again = await cancel(unclaimed);
    expect([again.status, again.body.name]).toEqual([400, 'ITEM_ALREADY_CANCELLED']);
    expect((await cancel(paid)).body.name).toBe('ITEM_INCORRECT_STATUS');
    expect((await cancel('AAAAAAAAAAAAA')).status).toBe(404);
    const read = await client.call('GET', `/v1/payments/payouts-item/${unclaimed}`);
    expect(read.body.transaction_status).toBe('RETURNED');
  });
});
