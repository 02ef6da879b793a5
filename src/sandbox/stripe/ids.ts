import { createHash } from 'node:crypto';
import type { World } from '../world.ts';

const idChars = 24;

type Prefix = 'tr' | 'trr' | 'txn' | 'py' | 'pyr' | 'po' | 'evt';

/** A Stripe-like id of a row: the same in every answer, and another one in another directory. */
export function idOf(world: World, prefix: Prefix, seq: number): string {
  const digest = createHash('sha256').update(`${world.secret}:${prefix}:${seq}`).digest('hex');
  return `${prefix}_1${digest.slice(0, idChars - 1)}`;
}

/** A new request id. */
export function requestId(world: World): string {
  return `req_${world.random(7).toString('hex')}`;
}
