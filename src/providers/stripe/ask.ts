import { jsonOf, retryAfterOf } from '../http.ts';
import type { HttpAnswer } from '../http.ts';
import { LookupFailedError } from '../provider.ts';
import type { StripeClient } from './client.ts';
import { evidenceOf, readEnvelope } from './errors.ts';
import { retryAfterMaxMs } from './limits.ts';
import { isProviderId } from './read.ts';

/** The whole answer to a question, whatever it says. Throws LookupFailedError when there is none. */
export async function ask(client: StripeClient, what: string, path: string): Promise<HttpAnswer> {
  const result = await client.get(path);
  if (result.kind === 'answer') return result;
  throw new LookupFailedError(`Stripe could not be asked about ${what}: ${result.cause}.`);
}

/** The JSON object of a 200 answer. Throws LookupFailedError for everything else. */
export function objectOf(client: StripeClient, what: string, answer: HttpAnswer): object {
  const body = jsonOf(answer.body);
  if (answer.status === 200 && typeof body === 'object' && body !== null) return body;
  const evidence = evidenceOf(answer, readEnvelope(body), client.secrets);
  const wait = retryAfterOf(answer.headers, client.now(), retryAfterMaxMs);
  throw new LookupFailedError(`Stripe gave no usable answer about ${what} (${evidence}).`, wait);
}

/** An id as part of a path. One that is not Stripe's would ask for something else. */
export function pathPart(id: string): string {
  if (!isProviderId(id)) throw new LookupFailedError('This is not an id by Stripe. Nothing was asked.');
  return id;
}
