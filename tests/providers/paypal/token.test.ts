import { describe, expect, test } from 'vitest';
import { created, frozen, nowMs, provider, refusal, scriptedPaypal } from './scripted.ts';
import type { Act } from './scripted.ts';

describe('access tokens', () => {
  test('are asked for once by many calls at once, with the credentials, and kept', async () => {
    const paypal = await scriptedPaypal(...Array.from({ length: 6 }, () => created()));
    const provided = provider(paypal.base);
    await Promise.all([1, 2, 3, 4, 5].map(() => provided.send(frozen)));
    await provided.send(frozen);
    expect(paypal.tokenRequests).toHaveLength(1);
    const [request] = paypal.tokenRequests;
    expect(request?.body.toString()).toBe('grant_type=client_credentials');
    expect(request?.headers.authorization).toBe(`Basic ${btoa('client-id-1:client-secret-1')}`);
    expect(paypal.received.every(({ headers }) => headers.authorization === 'Bearer token-1')).toBe(true);
  });

  test('are renewed shortly before their end', async () => {
    let now = nowMs;
    const paypal = await scriptedPaypal(created(), created(), created());
    const provided = provider(paypal.base, {}, () => now);
    await provided.send(frozen);
    now += 28_739_000;
    await provided.send(frozen);
    expect(paypal.tokenRequests).toHaveLength(1);
    now += 2000;
    await provided.send(frozen);
    expect(paypal.tokenRequests).toHaveLength(2);
  });

  test('a 401 costs one new token and one repetition of the same bytes', async () => {
    const paypal = await scriptedPaypal(refusal(401, 'AUTHENTICATION_FAILURE'), created());
    paypal.tokens.push({ status: 200, body: { access_token: 'old' } });
    expect((await provider(paypal.base).send(frozen)).kind).toBe('accepted');
    expect(paypal.received.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer old',
      'Bearer token-1',
    ]);
    expect(paypal.received.every(({ body }) => body.equals(frozen.body))).toBe(true);
  });

  test('many calls refused at once share one new token', async () => {
    const held: (() => void)[] = [];
    const hold: Act = (_, response) => {
      held.push(() => response.writeHead(401).end('{}'));
    };
    const release: Act = (_, response) => {
      response.writeHead(201).end(JSON.stringify(created().body));
      for (const answer of held.splice(0)) answer();
    };
    const paypal = await scriptedPaypal({ status: 401 }, hold, release, created(), created());
    paypal.tokens.push({ status: 200, body: { access_token: 'old' } });
    const provided = provider(paypal.base);
    const outcomes = await Promise.all([provided.send(frozen), provided.send(frozen)]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'accepted']);
    await provided.send(frozen);
    expect(paypal.tokenRequests).toHaveLength(2);
  });

  test('a second 401 is the end of it: deferred, and the next call starts afresh', async () => {
    const paypal = await scriptedPaypal(
      refusal(401, 'AUTHENTICATION_FAILURE'),
      refusal(401, 'AUTHENTICATION_FAILURE'),
      created(),
    );
    const provided = provider(paypal.base);
    expect(await provided.send(frozen)).toMatchObject({ kind: 'deferred', code: 'not_authorized' });
    expect(paypal.received).toHaveLength(2);
    expect((await provided.send(frozen)).kind).toBe('accepted');
  });

  test('the doctor is told what is wrong with them, in a sentence', async () => {
    const paypal = await scriptedPaypal();
    const provided = provider(paypal.base);
    paypal.tokens.push({ status: 401, body: { error: 'invalid_client' } });
    expect(await provided.checkCredentials()).toContain('PAYPAL_CLIENT_SECRET');
    paypal.tokens.push({ status: 503 });
    expect(await provided.checkCredentials()).toContain('PAYPAL_API_BASE');
    paypal.tokens.push({ status: 200, body: { access_token: 'narrow', expires_in: 100, scope: 'openid' } });
    expect(await provided.checkCredentials()).toContain('may not send payouts');
    expect(await provider(paypal.base).checkCredentials()).toBeNull();
  });
});
