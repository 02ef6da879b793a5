import { createServer } from 'node:https';
import { createServer as createListener } from 'node:net';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { describe, expect, onTestFinished, test } from 'vitest';
import { redact, request, textOf } from '../../../src/providers/http.ts';
import { createPaypalProvider } from '../../../src/providers/paypal/provider.ts';
import { config, nowMs, scriptedPaypal } from './scripted.ts';
import type { Act, Play } from './scripted.ts';

const call = (url: string, body = 'x', timeoutMs = 500) =>
  request({ method: 'POST', url, headers: {}, body, timeoutMs, answerBytesMax: 1000 });

describe('a call without an answer says whether it can have left', () => {
  test.each([
    ['a name that does not exist', 'http://nowhere.invalid/'],
    ['a port that fetch refuses', 'http://127.0.0.1:9/'],
  ])('no, for %s', async (_, url) => {
    expect(await call(url, 'x', 20_000)).toMatchObject({ kind: 'failed', sent: 'no' });
  });

  test.each(['127.0.0.1', 'localhost'])('no, for a port of %s that nobody listens on', async (host) => {
    const taken = createListener();
    await new Promise<void>((resolve) => {
      taken.listen(0, '127.0.0.1', resolve);
    });
    const { port } = taken.address() as AddressInfo;
    await new Promise((resolve) => {
      taken.close(resolve);
    });
    expect(await call(`http://${host}:${port}/`, 'x', 20_000)).toMatchObject({ kind: 'failed', sent: 'no' });
  });

  test('no, for a certificate nobody trusts', async () => {
    const pems = await generate([{ name: 'commonName', value: 'localhost' }], { algorithm: 'sha256' });
    let requests = 0;
    const server = createServer({ key: pems.private, cert: pems.cert }, () => {
      requests += 1;
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    onTestFinished(() => {
      server.close();
    });
    const result = await call(`https://127.0.0.1:${(server.address() as AddressInfo).port}/`, 'x', 20_000);
    expect(result).toMatchObject({ kind: 'failed', sent: 'no' });
    expect(requests).toBe(0);
  });

  test.each([
    ['a timeout', () => undefined],
    ['a reset', (_, response) => response.socket?.destroy()],
    ['an answer that is no HTTP', (_, response) => response.socket?.end('hello\r\n\r\n')],
    ['too long an answer', { status: 200, body: 'x'.repeat(1001) }],
  ] as [string, Act][])('maybe, after %s', async (_, play) => {
    const { base } = await scriptedPaypal(play);
    expect(await call(base)).toMatchObject({ kind: 'failed', sent: 'maybe' });
  });

  test('its cause names neither address nor contents', async () => {
    const result = await call('http://nowhere.invalid/secret-path', 'secret-body', 20_000);
    expect(JSON.stringify(result)).not.toMatch(/secret|nowhere/);
  });
});

describe('an answer', () => {
  test.each([
    ['as long as allowed', { status: 200, body: 'x'.repeat(1000) }],
    ['of an error', { status: 500, body: 'oops' }],
    ['that points elsewhere', { status: 301, headers: { location: 'http://127.0.0.1:9/' } }],
  ] as [string, Play][])('%s is an answer', async (_, play) => {
    const { base } = await scriptedPaypal(play);
    expect((await call(base)).kind).toBe('answer');
  });

  test('that is not UTF-8 has no text', () => {
    expect(textOf(Buffer.from([0xff, 0xfe, 0x00]))).toBeNull();
    expect(textOf(Buffer.from('é'))).toBe('é');
  });
});

describe('text by a provider', () => {
  test.each([
    ['to ada.b+x@example.com now', 'to [address] now'],
    ['call +1 (555) 010-0100', 'call [number]'],
    ['account 4111111111111111', 'account [number]'],
    ['Authorization: Bearer abc.def', 'Authorization: [credential]'],
    ['the word my-secret', 'the word [secret]'],
    ['two\r\nlines\u202E', 'two lines'],
    ['items[12].amount.value 12.50', 'items[12].amount.value 12.50'],
  ])('%j is shown as %j', (text, shown) => {
    expect(redact(text, ['my-secret'], 100)).toBe(shown);
  });

  test('is cut, and never within an address', () => {
    for (let at = 0; at < 60; at += 1) {
      const shown = redact(`${'y '.repeat(at)}ada.lovelace@example.com`, [], 20);
      expect(shown.length).toBeLessThanOrEqual(20);
      expect(shown).not.toMatch(/ada|love|example/);
    }
  });
});

test('a configured address that is none is refused at once, with a word on what to set', () => {
  for (const apiBase of ['', 'api-m.paypal.com', 'ftp://x', 'https://u:p@x', 'https://x/?a=b']) {
    expect(() => createPaypalProvider(config(apiBase), { now: () => nowMs })).toThrow('PAYPAL_API_BASE');
  }
});

test('a base with a path and a trailing slash is used as given', async () => {
  const paypal = await scriptedPaypal({ status: 500 });
  const provided = createPaypalProvider(config(`${paypal.base}/proxy/`), { now: () => nowMs });
  await provided.send({ providerKey: 'k', body: new Uint8Array() });
  expect(paypal.tokenRequests[0]?.url).toBe('/proxy/v1/oauth2/token');
  expect(paypal.received[0]?.url).toBe('/proxy/v1/payments/payouts');
});
