import { verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { jsonOf, textOf } from '../http.ts';
import { LookupFailedError } from '../provider.ts';
import type { ProviderEvent, RawEvent } from '../provider.ts';
import { allowedCertificateUrl, createCertificateStore, judgeBundle } from './certificates.ts';
import type { CertificateVerdict, FetchCertificate, KeptBundle } from './certificates.ts';
import type { PaypalClient } from './client.ts';
import { environmentOf } from './config.ts';
import type { PaypalConfig } from './config.ts';
import {
  eventBytesMax,
  idCharsMax,
  senderBatchIdMax,
  transmissionAgeMaxMs,
  transmissionSkewMaxMs,
} from './limits.ts';
import { idAt, textAt } from './read.ts';

/** Tells PayPal's events from others'. */
export type VerifyEvent = (raw: RawEvent, now: Date) => Promise<ProviderEvent | null>;

/** What PayPal signs, as it arrived in headers. */
interface Transmission {
  readonly id: string;
  readonly time: string;
  readonly signature: string;
  readonly algorithm: string;
  readonly certificateUrl: URL;
}

/**
 * The verifier. It checks PayPal's RSA signature over the raw bytes itself; only when the certificate cannot be judged
 * from here does it ask PayPal, and it throws LookupFailedError when PayPal gives no answer, so that the sender tries
 * again. A wrong signature is wrong: nobody is asked.
 */
export function createEventVerifier(
  config: PaypalConfig,
  client: PaypalClient,
  fetchCertificate: FetchCertificate,
): VerifyEvent {
  const store = createCertificateStore(fetchCertificate, client.now);

  return async (raw, now) => {
    const event = readEvent(raw.body);
    const transmission = readTransmission(raw, client.base, now);
    if (config.webhookId === null || event === null || transmission === null) return null;
    const { certificateUrl } = transmission;
    const signed = signedBytes(transmission, config.webhookId, raw.body);
    const official = environmentOf(certificateUrl) !== null;
    const rules = { checkName: official || !config.sandbox, checkChain: official, now };
    const judged = (kept: KeptBundle | null) => judgeSignature(kept, rules, signed, transmission.signature);

    const kept = await store.get(certificateUrl);
    let verdict = judged(kept);
    if (verdict === 'bad' && kept?.fresh === false) {
      const renewed = await store.again(certificateUrl);
      if (renewed !== null) verdict = judged(renewed);
    }
    if (verdict === 'open') {
      verdict = (await askPaypal(client, transmission, config.webhookId, raw.body)) ? 'good' : 'bad';
    }
    return verdict === 'good' ? event : null;
  };
}

function judgeSignature(
  kept: KeptBundle | null,
  rules: Parameters<typeof judgeBundle>[1],
  signed: Uint8Array,
  signature: string,
): CertificateVerdict {
  const signer = kept?.certificates[0];
  if (kept === null || signer === undefined) return 'open';
  // A wrong signature decides before an unfinished chain does.
  return matches(signed, signature, signer.publicKey) ? judgeBundle(kept.certificates, rules) : 'bad';
}

function matches(signed: Uint8Array, signature: string, key: KeyObject): boolean {
  return key.asymmetricKeyType === 'rsa' && verify('sha256', signed, key, Buffer.from(signature, 'base64'));
}

/** `id|time|webhook id|crc32 of the raw body, unsigned, in decimal`. Source: PayPal's own SDKs. */
function signedBytes({ id, time }: Transmission, webhookId: string, body: Uint8Array): Uint8Array {
  return Buffer.from(`${id}|${time}|${webhookId}|${crc32(body)}`);
}

/** The signature's headers; null when one is missing, too old, too new, or names an address that may not be fetched. */
function readTransmission(raw: RawEvent, base: URL, now: Date): Transmission | null {
  const header = (name: string) => raw.headers[`paypal-${name}`] ?? '';
  const id = header('transmission-id');
  const time = header('transmission-time');
  const signature = header('transmission-sig');
  const algorithm = header('auth-algo');
  const certificateUrl = allowedCertificateUrl(header('cert-url'), base);
  if (certificateUrl === null || !/^[A-Za-z0-9-]{1,128}$/.test(id)) return null;
  if (!/^[A-Za-z0-9+/]{1,2048}={0,2}$/.test(signature) || !/^SHA256withRSA$/i.test(algorithm)) return null;
  const ageMs = now.getTime() - Date.parse(/^[\dTZ:.+-]{1,64}$/.test(time) ? time : '');
  if (!(ageMs <= transmissionAgeMaxMs && ageMs >= -transmissionSkewMaxMs)) return null;
  return { id, time, signature, algorithm, certificateUrl };
}

/** The event of a raw body, reduced to what it points at; null when it is not one. */
function readEvent(body: Uint8Array): ProviderEvent | null {
  if (body.byteLength > eventBytesMax) return null;
  const event = jsonOf(body);
  const eventId = idAt(event, 'id');
  const type = textAt(event, 'event_type');
  if (eventId === null || !/^[A-Za-z0-9_.-]+$/.test(type) || type.length > idCharsMax) return null;
  const header = ['resource', 'batch_header'];
  const key =
    textAt(event, ...header, 'sender_batch_header', 'sender_batch_id') ||
    textAt(event, 'resource', 'sender_batch_id');
  return {
    eventId,
    type,
    providerBatchId: idAt(event, ...header, 'payout_batch_id') ?? idAt(event, 'resource', 'payout_batch_id'),
    providerKey: key === '' || key.length > senderBatchIdMax ? null : key,
    providerItemId: idAt(event, 'resource', 'payout_item_id'),
  };
}

/**
 * PayPal's own check. The body goes in as the text that arrived, as PayPal compares bytes; it was read as JSON before,
 * so it cannot reach beyond its place.
 */
async function askPaypal(
  client: PaypalClient,
  { id, time, signature, algorithm, certificateUrl }: Transmission,
  webhookId: string,
  body: Uint8Array,
): Promise<boolean> {
  const fields = {
    auth_algo: algorithm,
    cert_url: certificateUrl.href,
    transmission_id: id,
    transmission_sig: signature,
    transmission_time: time,
    webhook_id: webhookId,
  };
  const question = `${JSON.stringify(fields).slice(0, -1)},"webhook_event":${textOf(body)}}`;
  const path = '/v1/notifications/verify-webhook-signature';
  const result = await client.call({ method: 'POST', path, body: question });
  const status =
    result.kind === 'answer' && result.status === 200
      ? textAt(jsonOf(result.body), 'verification_status')
      : '';
  if (status !== 'SUCCESS' && status !== 'FAILURE') {
    throw new LookupFailedError(
      'PayPal did not say whether an event is genuine. Nothing was stored; it comes again.',
    );
  }
  return status === 'SUCCESS';
}
