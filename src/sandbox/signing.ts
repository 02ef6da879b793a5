import { createPrivateKey, sign, verify, X509Certificate, type KeyObject } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { generate } from 'selfsigned';
import type { Database } from './database.ts';
import { readSetting, writeSetting } from './settings.ts';

export const authAlgorithm = 'SHA256withRSA';
const commonName = 'messageverificationcerts.paypal.com';
const keyBits = 2048;
const validDaysBefore = 30;
const validDaysAfter = 3650;
const dayMs = 86_400_000;

interface Pair {
  readonly key: string;
  readonly certificate: string;
}

/** The key that signs webhooks, with its certificate under a name derived from it. */
export interface SigningKey {
  readonly certificateId: string;
  readonly certificatePem: string;
  sign(text: string): string;
  verifies(text: string, signature: string): boolean;
}

/** The directory's key and certificate, made at the first start and kept together in the file of truth. */
export async function openSigningKey(db: Database, machineNow: number): Promise<SigningKey> {
  let pair = readSetting<Pair | null>(db, 'signing', null);
  if (pair === null) {
    const made = await generate([{ name: 'commonName', value: commonName }], {
      keySize: keyBits,
      algorithm: 'sha256',
      notBeforeDate: new Date(machineNow - validDaysBefore * dayMs),
      notAfterDate: new Date(machineNow + validDaysAfter * dayMs),
    });
    pair = { key: made.private, certificate: made.cert };
    writeSetting(db, 'signing', pair);
  }
  return signingKey(createPrivateKey(pair.key), pair.certificate);
}

function signingKey(key: KeyObject, certificatePem: string): SigningKey {
  const certificate = new X509Certificate(certificatePem);
  return {
    certificateId: `CERT-${certificate.fingerprint256.replaceAll(':', '').slice(0, 24).toLowerCase()}`,
    certificatePem,
    sign: (text) => sign('sha256', Buffer.from(text), key).toString('base64'),
    verifies: (text, signature) =>
      verify('sha256', Buffer.from(text), certificate.publicKey, Buffer.from(signature, 'base64')),
  };
}

export interface Transmission {
  readonly id: string;
  readonly time: string;
  readonly webhookId: string;
}

/** What is signed: the CRC is that of the raw body, in decimal (PayPal-Python-SDK, notifications.py). */
export function signedText(transmission: Transmission, body: Buffer): string {
  return `${transmission.id}|${transmission.time}|${transmission.webhookId}|${crc32(body)}`;
}
