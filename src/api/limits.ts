import type { FastifyRequest } from 'fastify';
import type { Caller } from '../auth/caller.ts';
import { commandLine } from '../core/actor.ts';
import type { Db } from '../store/db.ts';
import { secondsToNext, takeFrom, windowOf } from '../store/rate-limits.ts';
import type { No } from '../wire/problem.ts';
import { no } from '../wire/problem.ts';
import type { ApiDeps, Limits } from './deps.ts';

export const usualLimits: Limits = {
  requests: 6_000,
  posts: 3_000,
  failedKeys: 30,
  signIns: 60,
  events: 1_200,
};

/** A process takes this part of a limit at once and spends it in memory, so that few requests write. */
const blockParts = 20;
/** Buckets remembered; beyond it the oldest are forgotten, which costs a look into the database. */
const pursesMax = 20_000;

interface Purse {
  readonly window: number;
  left: number;
  /** The whole limit of this window is taken, here or elsewhere. */
  isSpent: boolean;
  filling: Promise<void> | null;
}

/** Counts requests against limits that all processes of a database share. */
export class Limiter {
  readonly #db: Db;
  readonly #now: () => Date;
  readonly #purses = new Map<string, Purse>();

  constructor(db: Db, now: () => Date) {
    this.#db = db;
    this.#now = now;
  }

  /** Takes one; answers the no when the limit of this minute is spent. */
  async take(bucket: string, limit: number): Promise<No | null> {
    const purse = this.#purseOf(bucket);
    while (purse.left === 0 && !purse.isSpent) {
      purse.filling ??= this.#fill(bucket, limit, purse);
      await purse.filling;
    }
    if (purse.left === 0) return this.#tooMany();
    purse.left -= 1;
    return null;
  }

  /** The no for a bucket that is known to be spent, without asking anybody. */
  spent(bucket: string): No | null {
    return this.#purseOf(bucket).isSpent ? this.#tooMany() : null;
  }

  async #fill(bucket: string, limit: number, purse: Purse): Promise<void> {
    const block = Math.max(1, Math.floor(limit / blockParts));
    try {
      const { granted } = await takeFrom(this.#db, bucket, limit, this.#now(), block);
      purse.left += granted;
      purse.isSpent = granted < block;
    } finally {
      purse.filling = null;
    }
  }

  #tooMany(): No {
    return no('too_many_requests', { retryAfter: secondsToNext(this.#now()) });
  }

  #purseOf(bucket: string): Purse {
    const window = windowOf(this.#now()).getTime();
    const known = this.#purses.get(bucket);
    if (known?.window === window) return known;
    const purse = { window, left: 0, isSpent: false, filling: null };
    this.#purses.delete(bucket);
    this.#purses.set(bucket, purse);
    const [oldest] = this.#purses.keys();
    if (this.#purses.size > pursesMax && oldest !== undefined) this.#purses.delete(oldest);
    return purse;
  }
}

/** Whoever has too many requests this minute; the command line of the same machine never has. */
export async function tooMany(
  limiter: Limiter,
  limits: Limits,
  caller: Caller,
  method: string,
): Promise<No | null> {
  const { kind, id } = caller.actor;
  if (isCommandLine(caller)) return null;
  const refused = await limiter.take(`requests:${kind}:${id}`, limits.requests);
  if (refused || method !== 'POST') return refused;
  return limiter.take(`posts:${kind}:${id}`, limits.posts);
}

function isCommandLine({ actor, session }: Caller): boolean {
  return actor.kind === 'person' && actor.id === commandLine.id && session === null;
}

/** The bucket of an address. One household or machine has a whole /64 of IPv6, so that is what counts as one. */
export function addressBucket(what: 'failed-keys' | 'events' | 'sign-in', ip: string): string {
  const address = ip.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!address.includes(':')) return `${what}:${address}`;
  const [head = '', tail] = address.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
  const groups = [...front, ...Array.from({ length: gap }, () => '0'), ...back];
  return `${what}:${groups.slice(0, 4).join(':')}::/64`;
}

/** True when the request comes with the token of the command line; then its address is never shut out. */
export function isTrusted(deps: ApiDeps, request: FastifyRequest): boolean {
  const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return (
    token !== undefined && deps.trustedToken !== null && deps.hash(token) === deps.hash(deps.trustedToken)
  );
}
