import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import {
  created,
  frozen,
  provider,
  providerKey,
  refusal,
  replayed,
  scriptedStripe,
  secretKey,
  sent,
} from './scripted.ts';
import type { Act, Play } from './scripted.ts';

const reset: Act = (_, response) => response.socket?.destroy();

describe('a transfer is accepted, and completed with it', () => {
  test('when Stripe answers 200 with it; the frozen parameters went out under the key', async () => {
    const stripe = await scriptedStripe(created());
    const outcome = await provider(stripe.base).send(frozen);
    expect(outcome).toMatchObject({
      kind: 'accepted',
      providerBatchId: 'tr_1Abc',
      evidence: 'HTTP 200 request req_1',
      items: [
        {
          itemReference: 'royalty-12-34',
          providerItemId: 'tr_1Abc',
          status: 'completed',
          amount: 1250n,
          currency: 'USD',
        },
      ],
    });
    const [request] = stripe.received;
    expect(request?.method).toBe('POST');
    expect(request?.url).toBe('/v1/transfers');
    expect(request?.headers).toMatchObject({
      authorization: `Bearer ${secretKey}`,
      'idempotency-key': providerKey,
      'stripe-version': '2026-10-28.endive',
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(request?.headers['x-stripe-client-telemetry']).toBeUndefined();
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      amount: '1250',
      currency: 'usd',
      destination: 'acct_1Ada',
      transfer_group: 'royalty-12-34',
      description: 'Royalties of May',
      'metadata[purser_key]': providerKey,
      'metadata[purser_item]': 'royalty-12-34',
    });
  });

  test('below a base address with a path', async () => {
    const stripe = await scriptedStripe(created());
    expect((await provider(`${stripe.base}/stripe/`).send(frozen)).kind).toBe('accepted');
    expect(stripe.received[0]?.url).toBe('/stripe/v1/transfers');
  });

  test.each([
    ['a body that is not JSON', { status: 200, body: '<html>' }],
    ['half a body', { status: 200, body: '{"id":"tr_1' }],
    ['no id', created({ id: undefined })],
    ['an id that is none', created({ id: '../other' })],
    ['another object', created({ object: 'payout' })],
    ['an error in it', { status: 200, body: { error: { type: 'api_error', message: 'no' } } }],
    ['no body', { status: 204, body: '' }],
  ] as [string, Play][])('but a 2xx with %s is unknown', async (_, play) => {
    expect((await sent(play)).kind).toBe('unknown');
  });

  test.each([
    ['amount', { amount: 1251 }],
    ['currency', { currency: 'eur' }],
    ['destination', { destination: 'acct_1Eve' }],
    ['transfer_group', { transfer_group: 'royalty-99-99' }],
  ])('a transfer with another %s than ours is compared before it counts', async (_, change) => {
    expect(await sent(created(change))).toMatchObject({ kind: 'duplicate', providerBatchId: 'tr_1Abc' });
  });
});

describe('trap 1, timeout treated as failure: a lost answer is unknown', () => {
  const never: Act = () => undefined;
  const resetWithin: Act = (_, response) => {
    response.writeHead(200, { 'content-length': '500' });
    response.write('{"id":', () => response.socket?.destroy());
  };

  test.each([
    ['no answer', never],
    ['a reset', reset],
    ['a reset within the body', resetWithin],
    ['500', refusal(500, null, { type: 'api_error' })],
    ['502 by a gateway', { status: 502, body: '<html>Bad gateway</html>' }],
    ['503', { status: 503 }],
    ['408', { status: 408 }],
    ['500 that names a refusal', refusal(500, 'balance_insufficient')],
    ['400 that is an error of the API', refusal(400, null, { type: 'api_error' })],
    ['400 without an error body', { status: 400, body: 'Bad request' }],
    ['403 by a firewall', { status: 403, body: '<html>Forbidden</html>' }],
    ['a redirect', { status: 302, headers: { location: '/elsewhere' } }],
    ['a redirect that keeps the method', { status: 307, headers: { location: '/elsewhere' } }],
    ['418', refusal(418, 'teapot')],
    [
      '409 while the first request runs',
      refusal(409, 'idempotency_key_in_use', { type: 'idempotency_error' }),
    ],
  ] as [string, Play][])('%s', async (_, play) => {
    expect((await sent(play)).kind).toBe('unknown');
  });

  test('a closed connection is not sent again behind our back', async () => {
    const stripe = await scriptedStripe(reset, created());
    expect((await provider(stripe.base).send(frozen)).kind).toBe('unknown');
    expect(stripe.received).toHaveLength(1);
  });

  test('nor is anything that Stripe asks to be retried', async () => {
    const play = refusal(500, null, { type: 'api_error' }, { 'stripe-should-retry': 'true' });
    const stripe = await scriptedStripe(play, created());
    expect((await provider(stripe.base).send(frozen)).kind).toBe('unknown');
    expect(stripe.received).toHaveLength(1);
  });

  test('a running first request has its outcome to come: wait and send the same again', async () => {
    const play = refusal(409, 'idempotency_key_in_use', { type: 'idempotency_error' });
    expect(await sent(play)).toMatchObject({ kind: 'unknown', retryAfterMs: 2000 });
    expect(await sent({ ...play, headers: { 'retry-after': '7' } })).toMatchObject({ retryAfterMs: 7000 });
  });

  test('trap 6, cached provider error: each answer is judged anew, same parameters under the same key', async () => {
    const stripe = await scriptedStripe(refusal(500, null, { type: 'api_error' }), reset, created());
    const provided = provider(stripe.base);
    const kinds = [await provided.send(frozen), await provided.send(frozen), await provided.send(frozen)];
    expect(kinds.map(({ kind }) => kind)).toEqual(['unknown', 'unknown', 'accepted']);
    expect(new Set(stripe.received.map(({ body }) => body)).size).toBe(1);
    expect(new Set(stripe.received.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  });

  test('frozen bytes that are no transfer of ours are never sent', async () => {
    const stripe = await scriptedStripe(created());
    for (const body of ['{', '{}', '{"transfer_group":"x","destination":"nobody"}']) {
      const outcome = await provider(stripe.base).send({ providerKey, body: new TextEncoder().encode(body) });
      expect(outcome).toMatchObject({ kind: 'unknown' });
    }
    expect(stripe.received).toHaveLength(0);
  });
});

describe('nothing was carried out, so it goes again later under the same key', () => {
  test('after a 429, with the wait it asks for', async () => {
    const play = refusal(429, 'rate_limit', {}, { 'retry-after': '12' });
    expect(await sent(play)).toMatchObject({ kind: 'deferred', code: 'rate_limited', retryAfterMs: 12_000 });
    expect(await sent(refusal(429, 'lock_timeout'))).toMatchObject({ kind: 'deferred', retryAfterMs: null });
    expect(await sent({ status: 429, body: 'slow down' })).toMatchObject({ kind: 'deferred' });
    expect(await sent(refusal(400, 'rate_limit'))).toMatchObject({ kind: 'deferred' });
  });

  test('when the key is refused or may not, without repeating it', async () => {
    for (const play of [
      refusal(401, null, { message: `Invalid API Key: ${secretKey}` }),
      refusal(403, null),
    ]) {
      const outcome = await sent(play);
      expect(outcome).toMatchObject({ kind: 'deferred', code: 'not_authorized' });
      expect(JSON.stringify(outcome)).not.toContain(secretKey);
    }
  });

  test('when the connection was refused', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => {
      taken.listen(0, '127.0.0.1', resolve);
    });
    const { port } = taken.address() as AddressInfo;
    await new Promise((resolve) => {
      taken.close(resolve);
    });
    const outcome = await provider(`http://127.0.0.1:${port}`).send(frozen);
    expect(outcome).toMatchObject({ kind: 'deferred', code: 'provider_unreachable' });
  });

  test('when the configured address takes no transfers', async () => {
    expect(await sent({ status: 404, body: '<html>' })).toMatchObject({ kind: 'deferred' });
    expect(await sent(refusal(404, null))).toMatchObject({ kind: 'deferred', code: 'provider_unreachable' });
  });
});

test('a replayed answer is worth what it was worth the first time', async () => {
  const outcome = await sent({ ...created(), headers: { ...replayed, 'request-id': 'req_9' } });
  expect(outcome).toMatchObject({ kind: 'accepted', evidence: 'HTTP 200 replayed request req_9' });
});
