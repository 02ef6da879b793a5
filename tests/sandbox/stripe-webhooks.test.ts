import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Stripe } from 'stripe';
import { expect, onTestFinished, test } from 'vitest';
import { openStripe, stripeClient, until, type StripeBody } from './stripe-support.ts';
import { killHard, spawnSandbox, temporaryDirectory } from './support.ts';

interface Delivery {
  readonly raw: string;
  readonly signature: string;
  readonly event: StripeBody;
}

async function openEndpoint() {
  const deliveries: Delivery[] = [];
  const state = { status: 200 };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString();
      const signature = String(request.headers['stripe-signature']);
      deliveries.push({ raw, signature, event: JSON.parse(raw) as StripeBody });
      response.writeHead(state.status).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  return { url, deliveries, state, types: () => deliveries.map(({ event }) => event.type) };
}

async function opened(secrets = ['whsec_1']) {
  const endpoint = await openEndpoint();
  const stripe = await openStripe({ settleMs: 0, stripeWebhook: { url: endpoint.url, secrets } });
  return { endpoint, stripe };
}

test('a transfer announces itself, its change, its reversal and the payout of its account, signed as Stripe signs', async () => {
  const { endpoint, stripe } = await opened(['whsec_new', 'whsec_old']);
  const { id } = (await stripe.create({}, 'k1')).body;
  await stripe.post(`/v1/transfers/${id}`, { description: 'New' });
  await stripe.post(`/v1/transfers/${id}/reversals`, { amount: '250' });
  await until(() => endpoint.deliveries.length >= 4);
  expect(endpoint.types().toSorted()).toEqual([
    'payout.paid',
    'transfer.created',
    'transfer.reversed',
    'transfer.updated',
  ]);
  for (const { raw, signature } of endpoint.deliveries) {
    for (const secret of ['whsec_new', 'whsec_old']) {
      expect(Stripe.webhooks.constructEvent(raw, signature, secret).object).toBe('event');
    }
    expect(() => Stripe.webhooks.constructEvent(`${raw} `, signature, 'whsec_new')).toThrow();
  }
  const of = (type: string) => endpoint.deliveries.find(({ event }) => event.type === type)?.event;
  expect(of('transfer.created')).toMatchObject({
    data: { object: { id, amount_reversed: 0 } },
    request: { idempotency_key: 'k1' },
  });
  expect(of('transfer.created')).not.toHaveProperty('account');
  expect(of('transfer.reversed')).toMatchObject({ data: { object: { amount_reversed: 250 } } });
  expect(of('payout.paid')).toMatchObject({ account: 'acct_1Ada', data: { object: { status: 'paid' } } });
});

test('events are read back, filtered, for 30 days', async () => {
  const stripe = await openStripe({ settleMs: 0 });
  await stripe.create({ destination: 'acct_1_bankfailed' });
  const types = async (query: string) =>
    (await stripe.get(`/v1/events?${query}`)).body.data.map(({ type }) => type);
  expect(await types('')).toEqual(['payout.failed', 'transfer.created']);
  expect(await types('type=transfer.created')).toEqual(['transfer.created']);
  expect(await types('types[]=payout.failed&types[]=payout.paid')).toEqual(['payout.failed']);
  const [event] = (await stripe.get('/v1/events')).body.data;
  expect((await stripe.get(`/v1/events/${event?.id}`)).body).toEqual(event);
  await stripe.advance(31 * 86_400);
  expect(await types('')).toEqual([]);
});

test('an account that is decided by hand, and an event of the old kind, are announced', async () => {
  const { endpoint, stripe } = await opened();
  const { id } = (await stripe.create({ destination: 'acct_1_nopayouts' })).body;
  await stripe.control('POST', 'accounts/acct_1Ada', { payoutsEnabled: false });
  await stripe.control('POST', 'events', { type: 'transfer.paid', transfer: id });
  await until(() => endpoint.deliveries.length >= 3);
  expect(endpoint.types()).toEqual(['transfer.created', 'account.updated', 'transfer.paid']);
  expect(endpoint.deliveries[1]?.event).toMatchObject({ account: 'acct_1Ada' });
});

test('a refused delivery is tried again, with the same bytes', async () => {
  const { endpoint, stripe } = await opened();
  endpoint.state.status = 500;
  await stripe.create({ destination: 'acct_1_nopayouts' });
  await until(() => endpoint.deliveries.length >= 1);
  endpoint.state.status = 200;
  await stripe.advance(10);
  await until(() => endpoint.deliveries.length >= 2);
  const [first, second] = endpoint.deliveries;
  expect(second?.raw).toBe(first?.raw);
  await until(async () => {
    const { events } = (await stripe.control('GET', 'webhook?provider=stripe')) as unknown as {
      events: { delivered?: number };
    };
    return events.delivered === 1;
  });
});

test('faults deliver an event twice, never, late, or after a lie that no verification believes', async () => {
  const { endpoint, stripe } = await opened();
  const destination = 'acct_1_nopayouts';
  const fault = (name: string) => stripe.control('POST', 'faults', { fault: name, times: 1, delayMs: 1500 });
  await fault('webhook_duplicate');
  await stripe.create({ destination });
  await until(() => endpoint.deliveries.length === 2);
  expect(endpoint.deliveries[0]?.event.id).toBe(endpoint.deliveries[1]?.event.id);

  await fault('webhook_forged');
  await stripe.create({ destination });
  await until(() => endpoint.deliveries.length === 4);
  const [, , lie, truth] = endpoint.deliveries;
  expect(() => Stripe.webhooks.constructEvent(lie?.raw ?? '', lie?.signature ?? '', 'whsec_1')).toThrow();
  expect(Stripe.webhooks.constructEvent(truth?.raw ?? '', truth?.signature ?? '', 'whsec_1').type).toBe(
    'transfer.created',
  );

  await fault('webhook_reorder');
  const late = (await stripe.create({ destination })).body.id;
  await fault('webhook_drop');
  const soon = (await stripe.create({ destination, transfer_group: 'dropped' })).body.id;
  const last = (await stripe.create({ destination })).body.id;
  await stripe.advance(2);
  await until(() => endpoint.deliveries.length === 6);
  const objectIds = endpoint.deliveries.map(
    ({ event }) => (event['data'] as unknown as { object: StripeBody }).object.id,
  );
  expect(objectIds.slice(4).toSorted()).toEqual([late, last].toSorted());
  expect(objectIds).not.toContain(soon);
});

test('the program takes the address and the secrets, and delivers after a kill what it had not delivered', async () => {
  const endpoint = await openEndpoint();
  endpoint.state.status = 500;
  const dir = temporaryDirectory();
  const target = ['--stripe-webhook-url', endpoint.url, '--stripe-webhook-secret', 'whsec_a'];
  const first = await spawnSandbox(dir, [...target, '--stripe-webhook-secret', 'whsec_b']);
  const { id } = (await stripeClient(first.url).create({ destination: 'acct_1_nopayouts' })).body;
  await until(() => endpoint.deliveries.length >= 1);
  await killHard(first);
  endpoint.state.status = 200;
  const before = endpoint.deliveries.length;
  const second = await spawnSandbox(dir);
  await stripeClient(second.url).advance(60);
  await until(() => endpoint.deliveries.length > before);
  const last = endpoint.deliveries.at(-1);
  const event = Stripe.webhooks.constructEvent(last?.raw ?? '', last?.signature ?? '', 'whsec_b');
  expect(event.data.object).toMatchObject({ id });
});
