import { describe, expect, test } from 'vitest';
import { openStripe, stripeClient, transferForm, until } from './stripe-support.ts';

const hour = 3600;

describe('an idempotency key', () => {
  test('replays the first answer, body and status, and says so', async () => {
    const stripe = await openStripe();
    const first = await stripe.create({}, 'k1');
    const again = await stripe.create({}, 'k1');
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.headers.get('original-request')).toBe(first.headers.get('request-id'));
    expect(again.headers.get('idempotency-key')).toBe('k1');
    expect(again.body).toEqual(first.body);
    expect(await stripe.effects()).toHaveLength(1);
  });

  test('is compared by parameters, not by their order', async () => {
    const stripe = await openStripe();
    const first = await stripe.create({}, 'k1');
    const turned = Object.fromEntries(Object.entries(transferForm).reverse());
    expect((await stripe.post('/v1/transfers', turned, 'k1')).body).toEqual(first.body);
    const other = await stripe.create({ amount: '1251' }, 'k1');
    expect([other.status, other.body.error.type]).toEqual([400, 'idempotency_error']);
    const elsewhere = await stripe.post(`/v1/transfers/${first.body.id}/reversals`, {}, 'k1');
    expect(elsewhere.body.error.type).toBe('idempotency_error');
    expect(await stripe.effects()).toHaveLength(1);
  });

  test('is forgotten after 24 hours: the same request is then a second transfer', async () => {
    const stripe = await openStripe();
    await stripe.create({}, 'k1');
    await stripe.advance(24 * hour - 60);
    await stripe.create({}, 'k1');
    expect(await stripe.effects()).toHaveLength(1);
    await stripe.advance(120);
    await stripe.create({}, 'k1');
    expect(await stripe.effects()).toHaveLength(2);
  });

  test('keeps a refusal that came of carrying the request out, even when its cause is gone', async () => {
    const stripe = await openStripe();
    await stripe.control('POST', 'balance?provider=stripe', { currency: 'usd', amountMinor: 0 });
    expect((await stripe.create({}, 'k1')).body.error.code).toBe('balance_insufficient');
    await stripe.control('POST', 'balance?provider=stripe', { currency: 'usd', amountMinor: 5000 });
    const again = await stripe.create({}, 'k1');
    expect(again.body.error.code).toBe('balance_insufficient');
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect((await stripe.create({}, 'k2')).status).toBe(200);
  });

  test('keeps a 500 that came of carrying it out, whether or not money moved', async () => {
    const stripe = await openStripe();
    expect((await stripe.create({ destination: 'acct_1_error' }, 'k1')).status).toBe(500);
    const again = await stripe.create({ destination: 'acct_1_error' }, 'k1');
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([500, 'true']);
    await stripe.control('POST', 'faults', { fault: 'error_500_after', path: '/v1/transfers', times: 1 });
    expect((await stripe.create({}, 'k2')).status).toBe(500);
    expect((await stripe.create({}, 'k2')).status).toBe(500);
    expect(await stripe.effects()).toHaveLength(1);
  });

  test.each([
    ['parameters that are not right', { surprise: '1' }, 400],
    ['a lock', { destination: 'acct_1_locked' }, 429],
  ])('keeps nothing of %s', async (_, change, status) => {
    const stripe = await openStripe();
    for (let n = 0; n < 2; n += 1) {
      const answer = await stripe.create(change, 'k1');
      expect([answer.status, answer.headers.get('idempotent-replayed')]).toEqual([status, null]);
    }
    expect((await stripe.create({}, 'k1')).status).toBe(200);
  });

  test('keeps nothing of a wrong API key or a rate limit', async () => {
    const stripe = await openStripe();
    const wrong = await stripe.post('/v1/transfers', transferForm, 'k1', {
      authorization: 'Bearer sk_test_bad',
    });
    expect(wrong.status).toBe(401);
    await stripe.control('POST', 'faults', { fault: 'rate_limit', times: 1, retryAfterSeconds: 3 });
    const limited = await stripe.create({}, 'k1');
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '3']);
    const answer = await stripe.create({}, 'k1');
    expect([answer.status, answer.headers.get('idempotent-replayed')]).toEqual([200, null]);
  });

  test('is in use while its first request runs, and replays it afterwards', async () => {
    const stripe = await openStripe({ settleMs: 40 });
    const slow = stripe.create({ destination: 'acct_1_slow' }, 'k1');
    const other = stripeClient(stripe.url);
    await until(async () => (await other.create({ destination: 'acct_1_slow' }, 'k1')).status === 409);
    const first = await slow;
    expect(first.status).toBe(200);
    const again = await stripe.create({ destination: 'acct_1_slow' }, 'k1');
    expect(again.body).toEqual(first.body);
    expect(await stripe.effects()).toHaveLength(1);
  });

  test('of parallel requests pays once', async () => {
    const stripe = await openStripe();
    const answers = await Promise.all(Array.from({ length: 20 }, () => stripe.create({}, 'k1')));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await stripe.effects()).toHaveLength(1);
  });

  test('has at most 255 characters', async () => {
    const stripe = await openStripe();
    expect((await stripe.create({}, 'k'.repeat(255))).status).toBe(200);
    expect((await stripe.create({}, 'k'.repeat(256))).status).toBe(400);
  });

  test('without one every request is a transfer', async () => {
    const stripe = await openStripe();
    await stripe.create();
    await stripe.create();
    expect(await stripe.effects()).toHaveLength(2);
  });
});

describe('a fault', () => {
  test.each([
    ['drop_before', 0],
    ['error_500_before', 0],
    ['drop_after', 1],
    ['error_500_after', 1],
    ['reset_mid_body', 1],
    ['malformed', 1],
  ])('%s leaves %i transfers, and the same request again never makes a second one', async (fault, moved) => {
    const stripe = await openStripe();
    await stripe.control('POST', 'faults', { fault, method: 'POST', path: '/v1/transfers', times: 1 });
    const answer = await stripe.create({}, 'k1').catch(() => null);
    expect(answer === null || answer.status !== 200 || answer.body.id === undefined).toBe(true);
    expect(await stripe.effects()).toHaveLength(moved);
    await stripe.create({}, 'k1');
    expect(await stripe.effects()).toHaveLength(1);
  });

  test('slow and timeout pay a caller that has given up', async () => {
    const stripe = await openStripe();
    for (const [fault, key] of [
      ['slow', 'k1'],
      ['timeout', 'k2'],
    ] as const) {
      await stripe.control('POST', 'faults', { fault, path: '/v1/transfers', times: 1, delayMs: 200 });
      const gone = fetch(`${stripe.url}/v1/transfers`, {
        method: 'POST',
        headers: { authorization: 'Bearer sk_test_1', 'idempotency-key': key },
        body: new URLSearchParams({ ...transferForm, transfer_group: key }),
        signal: AbortSignal.timeout(60),
      });
      await expect(gone).rejects.toThrow();
      await until(async () => (await stripe.effects()).some(({ idempotencyKey }) => idempotencyKey === key));
    }
  });

  test('insufficient_funds refuses, and its refusal sticks to the key', async () => {
    const stripe = await openStripe();
    await stripe.control('POST', 'faults', { fault: 'insufficient_funds', times: 1 });
    expect((await stripe.get('/v1/balance')).status).toBe(200);
    expect((await stripe.create({}, 'k1')).body.error.code).toBe('balance_insufficient');
    expect((await stripe.create({}, 'k1')).body.error.code).toBe('balance_insufficient');
    expect((await stripe.create({}, 'k2')).status).toBe(200);
  });
});
