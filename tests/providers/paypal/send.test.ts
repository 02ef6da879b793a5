import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { created, frozen, provider, refusal, scriptedPaypal, sent } from './scripted.ts';
import type { Act, Play } from './scripted.ts';

describe('a batch is accepted', () => {
  test('when PayPal answers 201 with an id; the exact bytes went out under the key', async () => {
    const paypal = await scriptedPaypal(created('BATCH12345'));
    const outcome = await provider(paypal.base).send(frozen);
    expect(outcome).toEqual({ kind: 'accepted', providerBatchId: 'BATCH12345', evidence: 'HTTP 201' });
    const [request] = paypal.received;
    expect(request?.url).toBe('/v1/payments/payouts');
    expect(request?.body.equals(frozen.body)).toBe(true);
    expect(request?.headers['paypal-request-id']).toBe(frozen.providerKey);
    expect(request?.headers['content-type']).toBe('application/json');
  });

  test.each([
    ['a body that is not JSON', { status: 201, body: '<html>' }],
    ['half a body', { status: 201, body: '{"batch_header":{"payout_ba' }],
    ['no id', { status: 201, body: { batch_header: {} } }],
    ['an id that is none', created('../other')],
    ['another key than ours', created('BATCH12345', 'another-key')],
    ['a success nobody documented', { status: 204 }],
  ])('but a 2xx with %s is unknown', async (_, play) => {
    expect((await sent(play)).kind).toBe('unknown');
  });

  test('a key beyond ASCII still makes a header', async () => {
    const paypal = await scriptedPaypal(created('BATCH12345', 'zyklus-ä'));
    const outcome = await provider(paypal.base).send({ ...frozen, providerKey: 'zyklus-ä' });
    expect(outcome.kind).toBe('accepted');
    expect(paypal.received[0]?.headers['paypal-request-id']).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('trap 1, timeout treated as failure: a lost answer is unknown', () => {
  const never: Act = () => undefined;
  const reset: Act = (_, response) => response.socket?.destroy();
  const resetWithin: Act = (_, response) => {
    response.writeHead(201, { 'content-length': '500' });
    response.write('{"batch_header":', () => response.socket?.destroy());
  };
  const endless: Act = (_, response) => {
    response.writeHead(201);
    response.write('{"batch_header":');
  };

  test.each([
    ['no answer', never],
    ['a reset', reset],
    ['a reset within the body', resetWithin],
    ['a body that never ends', endless],
    ['500', refusal(500, 'INTERNAL_ERROR')],
    ['502 by a gateway', { status: 502, body: '<html>Bad gateway</html>' }],
    ['503', refusal(503, 'SERVICE_UNAVAILABLE')],
    ['504 REQUEST_TIMEOUT_EXCEEDED', refusal(504, 'REQUEST_TIMEOUT_EXCEEDED')],
    ['400 REQUEST_TIMEOUT_EXCEEDED', refusal(400, 'REQUEST_TIMEOUT_EXCEEDED')],
    ['400 PREVIOUS_REQUEST_IN_PROGRESS', refusal(400, 'PREVIOUS_REQUEST_IN_PROGRESS')],
    ['408', refusal(408, 'REQUEST_TIMEOUT')],
    ['409', refusal(409, 'RESOURCE_CONFLICT')],
    ['500 that names a refusal', refusal(500, 'VALIDATION_ERROR')],
    ['400 without an error body', { status: 400, body: 'Bad request' }],
    ['403 by a firewall', { status: 403, body: '<html>Forbidden</html>' }],
    ['a redirect', { status: 302, headers: { location: '/v1/payments/payouts/elsewhere' } }],
    ['a redirect that keeps the method', { status: 307, headers: { location: '/elsewhere' } }],
    ['418', refusal(418, 'TEAPOT')],
    ['a business error without a word', refusal(400, 'USER_BUSINESS_ERROR')],
  ] as [string, Play][])('%s', async (_, play) => {
    expect((await sent(play, { timeoutMs: 300 })).kind).toBe('unknown');
  });

  test('a redirect is never followed', async () => {
    const paypal = await scriptedPaypal({ status: 307, headers: { location: '/elsewhere' } }, created());
    await provider(paypal.base).send(frozen);
    expect(paypal.received).toHaveLength(1);
  });

  test('an overlong answer is given up', async () => {
    const flood: Act = (_, response) => {
      response.writeHead(201);
      response.end(Buffer.alloc(17 * 1024 * 1024, 32));
    };
    expect(await sent(flood, { timeoutMs: 20_000 })).toMatchObject({ kind: 'unknown' });
  });

  test('trap 6, cached provider error: each answer is judged anew, with the same bytes under the same key', async () => {
    const paypal = await scriptedPaypal(refusal(500, 'INTERNAL_ERROR'), reset, created('BATCH12345'));
    const provided = provider(paypal.base);
    const kinds = [await provided.send(frozen), await provided.send(frozen), await provided.send(frozen)];
    expect(kinds.map(({ kind }) => kind)).toEqual(['unknown', 'unknown', 'accepted']);
    expect(new Set(paypal.received.map(({ body }) => body.toString())).size).toBe(1);
    expect(new Set(paypal.received.map(({ headers }) => headers['paypal-request-id'])).size).toBe(1);
  });

  test('a wait PayPal asks for is passed on', async () => {
    const outcome = await sent({ ...refusal(503, 'SERVICE_UNAVAILABLE'), headers: { 'retry-after': '7' } });
    expect(outcome).toMatchObject({ kind: 'unknown', retryAfterMs: 7000 });
  });
});

describe('nothing was sent, so it goes again later', () => {
  test('after a 429, with the wait it asks for in seconds or as a date, bounded', async () => {
    const slow = (retryAfter: string) =>
      sent({ ...refusal(429, 'RATE_LIMIT_REACHED'), headers: { 'retry-after': retryAfter } });
    expect(await slow('12')).toMatchObject({ kind: 'deferred', code: 'rate_limited', retryAfterMs: 12_000 });
    expect(await slow('Sun, 01 Mar 2026 12:00:30 GMT')).toMatchObject({ retryAfterMs: 30_000 });
    expect(await slow('Sun, 01 Mar 2026 11:00:00 GMT')).toMatchObject({ retryAfterMs: 0 });
    expect(await slow('99999999')).toMatchObject({ retryAfterMs: 900_000 });
    expect(await slow('soon')).toMatchObject({ retryAfterMs: null });
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

  test('when the configured address is not one of PayPal payouts', async () => {
    expect(await sent({ status: 404, body: '<html>Not found</html>' })).toMatchObject({ kind: 'deferred' });
    expect(await sent(refusal(404, 'RESOURCE_NOT_FOUND'))).toMatchObject({ kind: 'deferred' });
  });

  test.each([
    ['refused', { status: 401, body: { error: 'invalid_client' } }, 'not_authorized'],
    ['broken', { status: 500, body: 'oops' }, 'provider_unreachable'],
    ['unreadable', { status: 200, body: '{"access_tok' }, 'provider_unreachable'],
    ['lost', (_, response) => response.socket?.destroy(), 'provider_unreachable'],
  ] as [string, Play, string][])('when the token request was %s', async (_, play, code) => {
    const paypal = await scriptedPaypal(created());
    paypal.tokens.push(play);
    const outcome = await provider(paypal.base).send(frozen);
    expect(outcome).toMatchObject({ kind: 'deferred', code });
    expect(paypal.received).toHaveLength(0);
    expect(JSON.stringify(outcome)).not.toContain('client-secret-1');
  });
});
