import { verify, X509Certificate } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { openReceiver, type Delivery } from './receiver.ts';
import { firstItem, item, items, openSandbox, temporaryDirectory, type Client } from './support.ts';

const webhookId = '4JH86294D6297924G';
const waiting = { timeout: 10_000, interval: 20 };

async function open(options: { settleMs?: number; dir?: string; itemEventsPerBatchMax?: number } = {}) {
  const { itemEventsPerBatchMax, ...rest } = options;
  const receiver = await openReceiver();
  const limit = itemEventsPerBatchMax === undefined ? {} : { itemEventsPerBatchMax };
  const webhook = { url: receiver.url, id: webhookId, ...limit };
  const client = await openSandbox({ settleMs: 0, ...rest, webhook });
  return { receiver, client, webhook };
}

/** Every event that was written down has been dealt with. */
async function untilQuiet(client: Client): Promise<void> {
  const states = async () => (await client.call('GET', '/__sandbox/webhook')).body.events;
  await expect.poll(async () => (await states()).waiting ?? 0, waiting).toBe(0);
}

async function isGenuine({ headers, raw }: Delivery, origin: string): Promise<boolean> {
  expect(headers['paypal-auth-algo']).toBe('SHA256withRSA');
  expect(headers['paypal-cert-url']?.startsWith(`${origin}/v1/notifications/certs/CERT-`)).toBe(true);
  const certificate = new X509Certificate(await (await fetch(headers['paypal-cert-url'] ?? '')).text());
  expect(certificate.subject).toBe('CN=messageverificationcerts.paypal.com');
  const signed = [
    headers['paypal-transmission-id'],
    headers['paypal-transmission-time'],
    webhookId,
    crc32(Buffer.from(raw)),
  ].join('|');
  const signature = Buffer.from(headers['paypal-transmission-sig'] ?? '', 'base64');
  return verify('sha256', Buffer.from(signed), certificate.publicKey, signature);
}

/** Asks the sandbox whether a delivery is genuine, with its body spliced in as it came. */
async function askVerification(client: Client, { headers, raw }: Delivery, id = webhookId): Promise<unknown> {
  const fields = {
    auth_algo: headers['paypal-auth-algo'],
    cert_url: headers['paypal-cert-url'],
    transmission_id: headers['paypal-transmission-id'],
    transmission_sig: headers['paypal-transmission-sig'],
    transmission_time: headers['paypal-transmission-time'],
    webhook_id: id,
  };
  const text = `${JSON.stringify(fields).slice(0, -1)}, "webhook_event" : ${raw} }`;
  const { body } = await client.call('POST', '/v1/notifications/verify-webhook-signature', text);
  return body.verification_status;
}

describe('webhooks', () => {
  test('tell the life of a batch and of its items, in order, genuinely signed', async () => {
    const { receiver, client } = await open();
    const sent = [item('a@example.com', 'w-1'), item('b+failed@example.com'), item('c+onhold@example.com')];
    const id = client.batchId(await client.create(sent, { sender_batch_id: 'cycle-1' }));
    await untilQuiet(client);
    expect(receiver.types()).toEqual([
      'BATCH.PROCESSING',
      'BATCH.SUCCESS',
      '-ITEM.SUCCEEDED',
      '-ITEM.FAILED',
      '-ITEM.HELD',
    ]);
    const [, batch, first] = receiver.deliveries;
    expect(batch?.event).toMatchObject({
      resource_type: 'payouts',
      resource: {
        batch_header: {
          payout_batch_id: id,
          batch_status: 'SUCCESS',
          sender_batch_header: { sender_batch_id: 'cycle-1' },
          payments: 3,
        },
      },
    });
    expect(first?.event).toMatchObject({
      resource_type: 'payouts_item',
      resource: {
        payout_batch_id: id,
        transaction_status: 'SUCCESS',
        payout_item: { sender_item_id: 'w-1' },
      },
    });
    expect(first?.event.resource).not.toHaveProperty('errors');
    expect(new Set(receiver.deliveries.map(({ event }) => event.id)).size).toBe(5);
    for (const delivery of receiver.deliveries) expect(await isGenuine(delivery, client.url)).toBe(true);
  });

  test('are verified by the API on the bytes that were sent, for the right webhook id only', async () => {
    const { receiver, client } = await open();
    await client.create([item('a@example.com')]);
    await untilQuiet(client);
    const [delivery] = receiver.deliveries;
    if (delivery === undefined) throw new Error('nothing was delivered');
    expect(await askVerification(client, delivery)).toBe('SUCCESS');
    expect(
      await askVerification(client, { ...delivery, raw: delivery.raw.replace('PROCESSING', 'SUCCESS') }),
    ).toBe('FAILURE');
    expect(await askVerification(client, { ...delivery, raw: delivery.raw.replace('{', '{ ') })).toBe(
      'FAILURE',
    );
    expect(await askVerification(client, delivery, 'OTHER')).toBe('FAILURE');
    const incomplete = await client.call('POST', '/v1/notifications/verify-webhook-signature', {
      webhook_event: {},
    });
    expect(incomplete.body.name).toBe('VALIDATION_ERROR');
  });

  test('announce single items of a large batch only when they change after it finished', async () => {
    const { receiver, client } = await open({ itemEventsPerBatchMax: 10 });
    await client.create([...items(10), item('late+returned@example.com')]);
    await expect.poll(() => receiver.types().includes('BATCH.SUCCESS'), waiting).toBe(true);
    expect(receiver.types()).toEqual(['BATCH.PROCESSING', 'BATCH.SUCCESS']);
    await client.advance(60);
    await untilQuiet(client);
    expect(receiver.types().slice(2)).toEqual(['-ITEM.RETURNED']);
  });

  test('come again until they are taken, with the same event id and body', async () => {
    const { receiver, client } = await open();
    receiver.status = 500;
    await client.create([item('a@example.com')]);
    await expect.poll(() => receiver.deliveries.length, waiting).toBeGreaterThan(3);
    receiver.status = 204;
    await client.advance(60);
    await untilQuiet(client);
    const bodies = receiver.deliveries.filter(({ event }) => event.event_type.endsWith('BATCH.SUCCESS'));
    expect(bodies.length).toBeGreaterThan(1);
    expect(new Set(bodies.map(({ raw }) => raw)).size).toBe(1);
  });

  test('wait in the file while the sandbox is down', async () => {
    const dir = temporaryDirectory();
    const { receiver, client } = await open({ dir, settleMs: 3_600_000 });
    await client.create([item('a@example.com')]);
    await client.sandbox.close();
    const after = await openSandbox({ dir });
    await after.advance(3601);
    await untilQuiet(after);
    expect(receiver.types()).toEqual(['BATCH.PROCESSING', 'BATCH.SUCCESS', '-ITEM.SUCCEEDED']);
    for (const delivery of receiver.deliveries) expect(await isGenuine(delivery, after.url)).toBe(true);
  });

  test('announce a cancellation and forget the return that will not happen', async () => {
    const { receiver, client } = await open();
    const id = client.batchId(await client.create([item('a+unclaimed@example.com')]));
    const { body } = await client.call('GET', `/v1/payments/payouts/${id}`);
    await client.call('POST', `/v1/payments/payouts-item/${firstItem(body).payout_item_id}/cancel`, {});
    await untilQuiet(client);
    expect(receiver.types().at(-1)).toBe('-ITEM.CANCELED');
  });
});

describe('a webhook fault', () => {
  async function delivered(fault: string) {
    const opened = await open();
    await opened.client.call('POST', '/__sandbox/faults', { fault, times: 1, delayMs: 100 });
    await opened.client.create([item('a@example.com')]);
    await untilQuiet(opened.client);
    return opened;
  }

  test('webhook_duplicate delivers the same event twice', async () => {
    const { receiver } = await delivered('webhook_duplicate');
    const [first, second] = receiver.deliveries;
    expect(second?.raw).toBe(first?.raw);
    expect(receiver.deliveries).toHaveLength(4);
  });

  test('webhook_reorder lets later events overtake one', async () => {
    const { receiver } = await delivered('webhook_reorder');
    expect(receiver.types()).toEqual(['BATCH.SUCCESS', '-ITEM.SUCCEEDED', 'BATCH.PROCESSING']);
  });

  test('webhook_drop never delivers one', async () => {
    const { receiver } = await delivered('webhook_drop');
    expect(receiver.types()).toEqual(['BATCH.SUCCESS', '-ITEM.SUCCEEDED']);
  });

  test('webhook_forged sends a lie that no verification believes, beside the truth', async () => {
    const { receiver, client } = await delivered('webhook_forged');
    const [lie, ...truth] = receiver.deliveries;
    if (lie === undefined) throw new Error('nothing was delivered');
    expect(lie.event.resource.batch_header?.batch_status).toBe('DENIED');
    expect(await isGenuine(lie, client.url)).toBe(false);
    expect(await askVerification(client, lie)).toBe('FAILURE');
    expect(truth).toHaveLength(3);
    for (const delivery of truth) expect(await isGenuine(delivery, client.url)).toBe(true);
  });
});
