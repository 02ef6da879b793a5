import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from './clock.ts';
import type { Database } from './database.ts';
import type { Ids } from './ids.ts';
import type { SigningKey } from './signing.ts';

/** What one running sandbox consists of; every handler gets it first. */
export interface World {
  readonly db: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly signing: SigningKey;
  /** Kept in the directory; access tokens are signed with it. */
  readonly secret: string;
  readonly settleMs: number;
  /** Times of the POSTs of the last minute, for the optional rate limit. */
  readonly recentPosts: number[];
  /** Stripe's side: idempotency keys whose first request has not taken effect yet. */
  readonly stripe: { readonly running: Set<string> };
  /** Own origin, without a slash at the end. */
  url(): string;
  random(bytes: number): Buffer;
  /** Says that there may be a webhook to deliver. */
  wakeDelivery(): void;
}

/** One request, read whole. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** What the path pattern captured. */
  readonly params: readonly string[];
  /** True when a fault asks that this create is accepted and later denied. */
  readonly deny: boolean;
}

/** One answer; `body` is sent as JSON unless it is text. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export type Handler = (world: World, call: Call) => Reply;
