import { Stripe } from 'stripe';
import { request } from '../http.ts';
import type { HttpResult } from '../http.ts';
import { addressOf, readApiBase } from './config.ts';
import type { StripeConfig, StripeDeps } from './config.ts';
import { answerBytesMax, callsPerSecondMax } from './limits.ts';
import { createPace } from './pace.ts';

/** The version of Stripe's API every request names; answers and events are read as this version writes them. */
const apiVersion = '2026-10-28.endive';

/** Calls Stripe; nothing is repeated here, and no call throws. */
export interface StripeClient {
  /** Never to be shown: what `redact` removes from texts by Stripe. */
  readonly secrets: readonly string[];
  readonly now: () => number;
  get(path: string): Promise<HttpResult>;
  post(path: string, parameters: Readonly<Record<string, unknown>>, key: string): Promise<HttpResult>;
}

/** Throws RangeError when the configured address is none. */
export function createStripeClient(config: StripeConfig, deps: StripeDeps): StripeClient {
  const base = readApiBase(config.apiBase);
  const stripe = new Stripe(config.secretKey, {
    apiVersion,
    host: base.hostname,
    port: base.port === '' ? (base.protocol === 'https:' ? '443' : '80') : base.port,
    protocol: base.protocol === 'https:' ? 'https' : 'http',
    timeout: config.timeoutMs,
    maxNetworkRetries: 0,
    telemetry: false,
    httpClient: transport(base, config.timeoutMs),
  });
  // The sandbox asks nobody to wait.
  const turn = createPace(config.sandbox ? null : callsPerSecondMax, deps.now);
  return {
    secrets: [config.secretKey, ...config.webhookSecrets],
    now: deps.now,
    get: async (path) => {
      await turn();
      return carriedBy(() => stripe.rawRequest('GET', path));
    },
    post: async (path, parameters, key) => {
      await turn();
      return carriedBy(() => stripe.rawRequest('POST', path, { ...parameters }, { idempotencyKey: key }));
    },
  };
}

/** What the transport hands through the SDK: no member is called `error`, so the SDK judges nothing itself. */
interface Carried {
  readonly carried: HttpResult;
}

async function carriedBy(call: () => Promise<unknown>): Promise<HttpResult> {
  try {
    // The transport below is the only one there is, and this is all it gives.
    return ((await call()) as Carried).carried;
  } catch {
    // A fault within the SDK says nothing about the request, and its text may repeat parameters.
    return { kind: 'failed', sent: 'maybe', cause: 'the Stripe library failed' };
  }
}

/**
 * The SDK writes requests; this sends them and hands the whole answer on unread. The SDK's own transport would send a
 * request a second time after a closed connection even without retries, and could not say whether a request can have
 * left. A failure is carried as an answer with status 0, which the SDK passes on as it is.
 */
function transport(base: URL, timeoutMs: number): Stripe.HttpClient {
  return {
    getClientName: () => 'purser',
    async makeRequest(_host, _port, path, method, headers, body) {
      const carried = await request({
        method: method === 'POST' ? 'POST' : 'GET',
        url: addressOf(base, path),
        headers: plainHeaders(headers),
        ...(method === 'POST' ? { body } : {}),
        timeoutMs,
        answerBytesMax,
      });
      const answer: Carried = { carried };
      return {
        getStatusCode: () => (carried.kind === 'answer' ? carried.status : 0),
        getHeaders: () => ({}),
        getRawResponse: () => ({}),
        toStream: () => null,
        toJSON: () => Promise.resolve(answer),
      };
    },
  };
}

/** Headers as fetch takes them; it counts the length itself. */
function plainHeaders(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const isText = typeof value === 'string' || typeof value === 'number';
    if (isText && name.toLowerCase() !== 'content-length') plain[name.toLowerCase()] = String(value);
  }
  return plain;
}
