import type { KeyObject } from 'node:crypto';
import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync } from 'node:crypto';

/** Bytes from a source that cannot be guessed; handed in from main. */
export type Random = (bytes: number) => Uint8Array;

/** A secret of the environment, made into a key that wraps data keys. */
export interface MasterKey {
  /** Tells secrets apart, and tells nothing else of them. */
  readonly id: string;
  readonly key: KeyObject;
}

const algorithm = 'aes-256-gcm';
export const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
/** Format of a sealed value; another one would be told apart by it. */
const version = 1;
const headerBytes = 5;
const salt = 'purser';
const idBytes = 8;

/** 32 bytes for one use of a key, HKDF-SHA-256 (RFC 5869). */
export function deriveBytes(from: KeyObject | string, use: string, length = keyBytes): Buffer {
  return Buffer.from(hkdfSync('sha256', from, salt, use, length));
}

export function masterKey(secret: string): MasterKey {
  const key = createSecretKey(deriveBytes(secret, 'master key'));
  return { id: deriveBytes(secret, 'id of the master key', idBytes).toString('hex'), key };
}

/** What stands in front of a sealed value: the format, and the id of the key in four bytes. */
function headerOf(keyId: number): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.writeUInt8(version, 0);
  header.writeUInt32BE(keyId, 1);
  return header;
}

/** The id of the key that a value was sealed under; throws for what is no sealed value. */
export function keyIdOf(sealed: Uint8Array): number {
  const view = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (view.length < headerBytes + nonceBytes + tagBytes || view.readUInt8(0) !== version) {
    throw new SealBrokenError('this is not a sealed value');
  }
  return view.readUInt32BE(1);
}

/**
 * AES-256-GCM: header, nonce, ciphertext, tag. The header and the place are authenticated. A random nonce of 96 bits is
 * good for 2^32 values under one key (NIST SP 800-38D, 8.3).
 */
export function sealUnder(
  key: KeyObject,
  keyId: number,
  nonce: Uint8Array,
  bytes: Uint8Array,
  place: string,
): Buffer {
  const header = headerOf(keyId);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.concat([header, Buffer.from(place)]));
  return Buffer.concat([header, nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/** Throws when anything differs from what was sealed: key, place, or a bit of the value. */
export function openUnder(key: KeyObject, sealed: Uint8Array, place: string): Buffer {
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(headerBytes, headerBytes + nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(Buffer.concat([sealed.subarray(0, headerBytes), Buffer.from(place)]));
  decipher.setAuthTag(sealed.subarray(-tagBytes));
  try {
    const inside = sealed.subarray(headerBytes + nonceBytes, -tagBytes);
    return Buffer.concat([decipher.update(inside), decipher.final()]);
  } catch (error) {
    const message = `what is kept at ${place} does not open: it was changed, or belongs elsewhere`;
    throw new SealBrokenError(message, { cause: error });
  }
}

/** Nonces out of larger draws, as one draw per value would cost more than sealing it. */
export function nonces(random: Random): () => Uint8Array {
  const drawn = 256;
  let pool: Uint8Array = new Uint8Array(0);
  return () => {
    if (pool.length === 0) pool = random(drawn * nonceBytes);
    const nonce = pool.subarray(0, nonceBytes);
    pool = pool.subarray(nonceBytes);
    return nonce;
  };
}

/** A sealed value does not open. Somebody changed the database behind Purser's back, or a part of a backup is missing. */
export class SealBrokenError extends Error {
  override readonly name = 'SealBrokenError';
}
