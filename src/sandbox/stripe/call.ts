import type { IncomingHttpHeaders } from 'node:http';
import type { Reply, World } from '../world.ts';
import type { Form } from './form.ts';

/** One request to Stripe's side, its parameters parsed (of the query for a GET, of the body for a POST). */
export interface StripeCall {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly form: Form;
  readonly requestId: string;
  /** The Idempotency-Key of a POST, or null. */
  readonly key: string | null;
  /** What a fault asks of carrying it out. */
  readonly trouble: 'none' | 'insufficient_funds' | 'error_500_after';
  /** What the path pattern captured. */
  readonly params: readonly string[];
}

export type StripeHandler = (world: World, call: StripeCall) => Reply;

/** Headers of a reply that say: not to be remembered under the key. */
export const unstored = 'sandbox-unstored';
