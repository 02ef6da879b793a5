import { sign } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { generate } from 'selfsigned';
import type { PaypalConfig } from '../../../src/providers/paypal/config.ts';
import type { RawEvent } from '../../../src/providers/provider.ts';
import { nowMs, provider, scriptedPaypal } from './scripted.ts';
import type { Play } from './scripted.ts';

export const webhookId = '4JH86294D6297924G';
export const now = new Date(nowMs);
const dayMs = 86_400_000;

/** A certificate with its key, in PEM. */
export interface Signer {
  readonly cert: string;
  readonly private: string;
}

/** Makes a signer that is valid from and to so many days from now, itself a CA when `isCa`. */
export async function signer(
  name: string,
  days: [number, number] = [-30, 300],
  ca?: { key: string; cert: string },
  isCa = false,
) {
  return generate([{ name: 'commonName', value: name }], {
    keySize: 2048,
    algorithm: 'sha256',
    notBeforeDate: new Date(nowMs + days[0] * dayMs),
    notAfterDate: new Date(nowMs + days[1] * dayMs),
    extensions: [
      { name: 'basicConstraints', cA: isCa },
      { name: 'subjectAltName', altNames: [{ type: 2, value: name }] },
    ],
    ...(ca === undefined ? {} : { ca }),
  });
}

/** A signer as PayPal's own, and one whose name only looks like it. */
export const paypalSigner = await signer('messageverificationcerts.sandbox.paypal.com');
export const otherSigner = await signer('paypal.com.example.org');

const itemEvent = {
  id: 'WH-68L35871MU875914X-8DM79009TB591331B',
  event_type: 'PAYMENT.PAYOUTS-ITEM.SUCCEEDED',
  resource_type: 'payouts_item',
  resource: {
    payout_item_id: 'AYNYWNCHBD8KS',
    payout_batch_id: 'Q8B9WFS7ZZJ4Q',
    transaction_status: 'SUCCESS',
  },
};

interface Change {
  readonly body?: string;
  readonly time?: string;
  readonly webhook?: string;
  readonly url?: string;
  readonly headers?: Record<string, string>;
}

/** An event signed as PayPal does. */
export function signedEvent(base: string, by: Signer, change: Change = {}): RawEvent {
  const body = Buffer.from(change.body ?? JSON.stringify(itemEvent));
  const time = change.time ?? '2026-03-01T11:59:58Z';
  const text = `dfb3be50-fd74|${time}|${change.webhook ?? webhookId}|${crc32(body)}`;
  return {
    headers: {
      'paypal-transmission-id': 'dfb3be50-fd74',
      'paypal-transmission-time': time,
      'paypal-transmission-sig': sign('sha256', Buffer.from(text), by.private).toString('base64'),
      'paypal-cert-url': change.url ?? `${base}/v1/notifications/certs/CERT-360caa42`,
      'paypal-auth-algo': 'SHA256withRSA',
      ...change.headers,
    },
    body,
  };
}

/** An answer that serves a certificate. */
export const served = (by: Signer): Play => ({ status: 200, body: by.cert });

/** A verifier whose certificates come from a scripted server, which is also the API. */
export async function receiver(plays: Play[], change: Partial<PaypalConfig> = {}, clock = () => nowMs) {
  const paypal = await scriptedPaypal(...plays);
  const provided = provider(paypal.base, { webhookId, ...change }, clock);
  return { ...paypal, verify: (raw: RawEvent, at = now) => provided.verifyEvent(raw, at) };
}
