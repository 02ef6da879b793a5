import { createHash } from 'node:crypto';

/**
 * PayPal-like ids that are a keyed permutation of a row number: nothing to index, nothing to look up twice, and an id of
 * another sandbox directory means nothing here.
 */
interface IdCodec {
  encode(seq: number): string;
  /** The row number, or null when the text is no id of this kind from this directory. */
  decode(id: string): number | null;
}

export interface Ids {
  readonly batch: IdCodec;
  readonly item: IdCodec;
  readonly transaction: IdCodec;
  readonly event: IdCodec;
}

const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
/** All two-letter groups, each standing for ten bits. */
const pairs = Array.from({ length: 1024 }, (_, bits) => `${alphabet[bits >>> 5]}${alphabet[bits & 31]}`);
const halfBits = 20;
const halfMask = 0xf_ffff;
const charsPerHalf = 4;
const bodyChars = 2 * charsPerHalf;
const payoutIdChars = 13;
const transactionIdChars = 17;

export function createIds(salt: string): Ids {
  return {
    batch: codec(`${salt}:batch`, payoutIdChars),
    item: codec(`${salt}:item`, payoutIdChars),
    transaction: codec(`${salt}:transaction`, transactionIdChars),
    event: codec(`${salt}:event`, transactionIdChars),
  };
}

function codec(key: string, length: number): IdCodec {
  const digest = createHash('sha256').update(key).digest();
  const roundKeys = [16, 20, 24, 28].map((at) => digest.readUInt32LE(at));
  const prefix = Array.from(digest.subarray(0, length - bodyChars), (byte) => alphabet[byte % 32]).join('');
  return {
    encode(seq) {
      let left = Math.floor(seq / 2 ** halfBits) & halfMask;
      let right = seq & halfMask;
      for (const key of roundKeys) {
        const mixed = left ^ mix(right, key);
        left = right;
        right = mixed;
      }
      return prefix + letters(left) + letters(right);
    },
    decode(id) {
      if (id.length !== length || !id.startsWith(prefix)) return null;
      let left = number(id.slice(prefix.length, prefix.length + charsPerHalf));
      let right = number(id.slice(prefix.length + charsPerHalf));
      if (left < 0 || right < 0) return null;
      for (const key of roundKeys.toReversed()) [left, right] = [right ^ mix(left, key), left];
      return left * 2 ** halfBits + right;
    },
  };
}

/** One Feistel round; any function serves, as the rounds themselves make it reversible. */
function mix(half: number, key: number): number {
  const product = Math.imul(half ^ key, 0x9e37_79b1);
  return (product ^ (product >>> 15)) & halfMask;
}

function letters(half: number): string {
  return `${pairs[half >>> 10]}${pairs[half & 1023]}`;
}

function number(text: string): number {
  let value = 0;
  for (const letter of text) {
    const digit = alphabet.indexOf(letter);
    if (digit < 0) return -1;
    value = value * 32 + digit;
  }
  return value;
}
