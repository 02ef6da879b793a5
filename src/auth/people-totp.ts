import { createHmac, timingSafeEqual } from 'node:crypto';

/** Seconds of one step and digits of a code, as every authenticator app has them (RFC 6238). */
const stepSeconds = 30;
const digits = 6;
/** Steps before and after this one whose codes are taken too: clocks differ, and typing takes time. */
const stepsAround = 1;

/** The step this code belongs to, or null when it is none of this moment. */
export function stepOfCode(secret: string, code: string, nowMs: number): number | null {
  if (!/^[0-9]{6}$/.test(code)) return null;
  const now = Math.floor(nowMs / 1000 / stepSeconds);
  let found: number | null = null;
  // All are computed whatever matches, so the time taken tells nothing.
  for (let step = now - stepsAround; step <= now + stepsAround; step += 1) {
    if (timingSafeEqual(Buffer.from(codeOfStep(secret, step)), Buffer.from(code))) found ??= step;
  }
  return found;
}

/** The code of this moment, from the secret as an authenticator app is given it (base32, RFC 4648). */
export function codeOfMoment(secret: string, nowMs: number): string {
  return codeOfStep(base32(secret), Math.floor(nowMs / 1000 / stepSeconds));
}

function base32(text: string): Buffer {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = Array.from(text.replaceAll('=', ''), (letter) =>
    letters.indexOf(letter).toString(2).padStart(5, '0'),
  ).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** HOTP of the step number (RFC 4226, 5.3). */
function codeOfStep(secret: string | Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  const number = (mac.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 10 ** digits;
  return number.toString().padStart(digits, '0');
}
