import { describe, expect, test } from 'vitest';
import { createPaypalClient } from '../../../src/providers/paypal/client.ts';
import { createEventVerifier } from '../../../src/providers/paypal/webhooks.ts';
import { LookupFailedError } from '../../../src/providers/provider.ts';
import type { RawEvent } from '../../../src/providers/provider.ts';
import { config, nowMs } from './scripted.ts';
import type { Play } from './scripted.ts';
import { otherSigner, paypalSigner, receiver, served, signedEvent, signer, webhookId } from './signing.ts';
import { needsSpecs, readSpec, specsAbsent } from './specs.ts';

describe('a genuine event', () => {
  test('is verified on its raw bytes and reduced to what it points at', async () => {
    const { base, verify, received } = await receiver([served(paypalSigner)]);
    expect(await verify(signedEvent(base, paypalSigner))).toEqual({
      eventId: 'WH-68L35871MU875914X-8DM79009TB591331B',
      type: 'PAYMENT.PAYOUTS-ITEM.SUCCEEDED',
      providerBatchId: 'Q8B9WFS7ZZJ4Q',
      providerKey: null,
      providerItemId: 'AYNYWNCHBD8KS',
    });
    expect(received.map(({ url }) => url)).toEqual(['/v1/notifications/certs/CERT-360caa42']);
  });

  test('of a batch names the key the provider holds', async () => {
    const header = {
      payout_batch_id: 'UVUV46WTMTE2A',
      sender_batch_header: { sender_batch_id: 'cycle-18-x' },
    };
    const body = JSON.stringify({
      id: 'WH-1',
      event_type: 'PAYMENT.PAYOUTSBATCH.SUCCESS',
      resource: { batch_header: header },
    });
    const { base, verify } = await receiver([served(paypalSigner)]);
    expect(await verify(signedEvent(base, paypalSigner, { body }))).toMatchObject({
      providerBatchId: 'UVUV46WTMTE2A',
      providerKey: 'cycle-18-x',
      providerItemId: null,
    });
  });

  test('costs one certificate, however often the signer is used', async () => {
    const { base, verify, received } = await receiver([served(paypalSigner)]);
    await verify(signedEvent(base, paypalSigner));
    expect(await verify(signedEvent(base, paypalSigner))).not.toBeNull();
    expect(received).toHaveLength(1);
  });

  test('is still taken three days late, as PayPal repeats it so long', async () => {
    const { base, verify } = await receiver([served(paypalSigner)]);
    expect(await verify(signedEvent(base, paypalSigner, { time: '2026-02-26T12:00:00Z' }))).not.toBeNull();
  });

  test.skipIf(specsAbsent)(
    needsSpecs('signed by PayPal itself in 2015 is verified at its own time'),
    async () => {
      const vector = readSpec('webhook-signature-vector.json') as {
        headers: Record<string, string>;
        raw_body: string;
        certificate_pem: string;
      };
      const settings = config('https://api-m.sandbox.paypal.com', { webhookId });
      const fetched: string[] = [];
      const verify = createEventVerifier(
        settings,
        createPaypalClient(settings, { now: () => nowMs }),
        async (url) => {
          fetched.push(url);
          return vector.certificate_pem;
        },
      );
      const headers = Object.fromEntries(
        Object.entries(vector.headers).map(([name, value]) => [name.toLowerCase(), value]),
      );
      const raw = { headers, body: Buffer.from(vector.raw_body) };
      const then = new Date('2015-05-18T15:46:00Z');
      expect(await verify(raw, then)).toMatchObject({
        eventId: 'WH-0G2756385H040842W-5Y612302CV158622M',
        type: 'PAYMENT.SALE.COMPLETED',
      });
      expect(fetched).toEqual([
        'https://api.sandbox.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-a5cafa77',
      ]);
      const changed = Buffer.from(vector.raw_body.replace('20.00', '90.00'));
      expect(await verify({ headers, body: changed }, then)).toBeNull();
    },
  );
});

describe('a forged event is nobody', () => {
  const otherTime = { 'paypal-transmission-time': '2026-03-01T11:59:59Z' };
  test.each([
    [
      'its body was changed',
      (raw: RawEvent) => ({ ...raw, body: Buffer.concat([raw.body, Buffer.from(' ')]) }),
    ],
    ['its time was changed', (raw: RawEvent) => ({ ...raw, headers: { ...raw.headers, ...otherTime } })],
    [
      'its signature is missing',
      (raw: RawEvent) => ({ ...raw, headers: { ...raw.headers, 'paypal-transmission-sig': undefined } }),
    ],
    [
      'its signature is no base64',
      (raw: RawEvent) => ({ ...raw, headers: { ...raw.headers, 'paypal-transmission-sig': '***' } }),
    ],
    [
      'it names another algorithm',
      (raw: RawEvent) => ({ ...raw, headers: { ...raw.headers, 'paypal-auth-algo': 'none' } }),
    ],
  ])('when %s; PayPal is not asked', async (_, change) => {
    const { base, verify, received } = await receiver([served(paypalSigner)]);
    expect(await verify(change(signedEvent(base, paypalSigner)))).toBeNull();
    expect(received.every(({ url }) => url.includes('/certs/'))).toBe(true);
  });

  test('when it was signed for another webhook', async () => {
    const { base, verify } = await receiver([served(paypalSigner)]);
    expect(await verify(signedEvent(base, paypalSigner, { webhook: 'OTHER' }))).toBeNull();
  });

  test('when another key signed it', async () => {
    const { base, verify } = await receiver([served(paypalSigner)]);
    expect(await verify(signedEvent(base, otherSigner))).toBeNull();
  });

  test('when the certificate does not name PayPal, outside the built-in sandbox', async () => {
    const strict = await receiver([served(otherSigner)]);
    expect(await strict.verify(signedEvent(strict.base, otherSigner))).toBeNull();
    const builtIn = await receiver([served(otherSigner)], { sandbox: true });
    expect(await builtIn.verify(signedEvent(builtIn.base, otherSigner))).not.toBeNull();
  });

  test.each([
    ['expired', [-30, -1]],
    ['not yet valid', [1, 30]],
  ] as [string, [number, number]][])('when the certificate is %s', async (_, days) => {
    const by = await signer('x.paypal.com', days);
    const { base, verify } = await receiver([served(by)]);
    expect(await verify(signedEvent(base, by))).toBeNull();
  });

  test.each([
    ['older than its repetitions last', '2026-02-25T11:00:00Z'],
    ['from the future', '2026-03-01T12:16:00Z'],
    ['undated', 'yesterday'],
  ])('when it is %s', async (_, time) => {
    const { base, verify } = await receiver([served(paypalSigner)]);
    expect(await verify(signedEvent(base, paypalSigner, { time }))).toBeNull();
  });

  test.each([
    ['no JSON', 'hello'],
    ['no object', '[]'],
    ['no id', '{"event_type":"X"}'],
    ['no type', '{"id":"WH-1"}'],
    ['too large', `{"id":"WH-1","event_type":"X","pad":"${'x'.repeat(1024 * 1024)}"}`],
  ])('when its body is %s', async (_, body) => {
    const { base, verify } = await receiver([served(paypalSigner)]);
    expect(await verify(signedEvent(base, paypalSigner, { body }))).toBeNull();
  });

  test('trap 23, safety that depends on an unset variable: without a webhook id no event is taken', async () => {
    const { base, verify, received } = await receiver([served(paypalSigner)], { webhookId: null });
    expect(await verify(signedEvent(base, paypalSigner, { webhook: '' }))).toBeNull();
    expect(received).toHaveLength(0);
  });
});

describe('when the certificate cannot be judged here, PayPal is asked', () => {
  const absent: Play = { status: 404 };
  const saying = (verification_status: string): Play => ({ status: 200, body: { verification_status } });

  test('with the body as it arrived, byte by byte', async () => {
    const body = `{ "event_type":"X.Y",\n "id" : "WH-1", "amount": 1.10, "e": "\\u00e9é" }`;
    const { base, verify, received } = await receiver([absent, saying('SUCCESS')]);
    expect(await verify(signedEvent(base, paypalSigner, { body }))).toMatchObject({ eventId: 'WH-1' });
    const question = received[1]?.body.toString() ?? '';
    expect(received[1]?.url).toBe('/v1/notifications/verify-webhook-signature');
    expect(question.endsWith(`,"webhook_event":${body}}`)).toBe(true);
    expect(JSON.parse(question)).toMatchObject({ webhook_id: webhookId, auth_algo: 'SHA256withRSA' });
  });

  test('and its no is final', async () => {
    const { base, verify } = await receiver([absent, saying('FAILURE')]);
    expect(await verify(signedEvent(base, paypalSigner))).toBeNull();
  });

  test('and without an answer the lookup failed, so that the event comes again', async () => {
    const { base, verify } = await receiver([absent, { status: 500 }]);
    await expect(verify(signedEvent(base, paypalSigner))).rejects.toThrow(LookupFailedError);
  });
});
