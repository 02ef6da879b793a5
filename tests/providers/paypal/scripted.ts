import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { PaypalConfig } from '../../../src/providers/paypal/config.ts';
import { createPaypalProvider } from '../../../src/providers/paypal/provider.ts';
import type { PayoutItem, SendOutcome } from '../../../src/providers/provider.ts';

/** A request as it reached the server. */
interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** An answer: JSON unless `body` is text; or a function that answers by itself. */
export interface Scripted {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}
export type Act = (request: Received, response: ServerResponse) => void;
export type Play = Scripted | Act;

const tokenAnswer: Scripted = {
  status: 200,
  body: {
    access_token: 'token-1',
    token_type: 'Bearer',
    expires_in: 28800,
    scope: 'openid https://uri.paypal.com/payments/payouts',
  },
};

/** A server that plays its script in order, one answer per request; token requests have a script of their own. */
export interface ScriptedPaypal {
  readonly base: string;
  /** Requests for anything but tokens, in order. */
  readonly received: Received[];
  readonly tokenRequests: Received[];
  readonly tokens: Play[];
  readonly plays: Play[];
}

export async function scriptedPaypal(...plays: Play[]): Promise<ScriptedPaypal> {
  const state = { received: [] as Received[], tokenRequests: [] as Received[], tokens: [] as Play[], plays };
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming;
      const request = { method, url, headers, body: Buffer.concat(chunks) };
      const forToken = url.endsWith('/v1/oauth2/token');
      (forToken ? state.tokenRequests : state.received).push(request);
      const play = forToken ? (state.tokens.shift() ?? tokenAnswer) : state.plays.shift();
      perform(play ?? { status: 599, body: 'the script is over' }, request, response);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, ...state };
}

function perform(play: Play, request: Received, response: ServerResponse): void {
  if (typeof play === 'function') {
    play(request, response);
    return;
  }
  const text = typeof play.body === 'string' ? play.body : JSON.stringify(play.body ?? {});
  response.writeHead(play.status, { 'content-type': 'application/json', ...play.headers });
  response.end(text);
}

export const nowMs = Date.parse('2026-03-01T12:00:00Z');

export function config(base: string, change: Partial<PaypalConfig> = {}): PaypalConfig {
  return {
    apiBase: base,
    clientId: 'client-id-1',
    clientSecret: 'client-secret-1',
    webhookId: null,
    timeoutMs: 2000,
    sandbox: false,
    ...change,
  };
}

export function provider(base: string, change: Partial<PaypalConfig> = {}, now = () => nowMs) {
  return createPaypalProvider(config(base, change), { now });
}

export function item(change: Partial<PayoutItem> = {}): PayoutItem {
  return {
    itemReference: 'winner-12-34',
    destination: { kind: 'email', value: 'ada@example.com' },
    amount: 1250n,
    currency: 'USD',
    note: 'Prize of cycle 18',
    ...change,
  };
}

export const frozen = {
  providerKey: 'cycle-18-0123456789abcdef',
  body: new TextEncoder().encode('{"the":"bytes"}'),
};

export function created(batchId = 'BATCH12345', key = frozen.providerKey): Scripted {
  const header = {
    payout_batch_id: batchId,
    batch_status: 'PENDING',
    sender_batch_header: { sender_batch_id: key },
  };
  return { status: 201, body: { batch_header: header, links: [] } };
}

export function refusal(status: number, name: string, details: unknown[] = [], more: object = {}): Scripted {
  return {
    status,
    body: { name, message: `${name} message`, debug_id: '90957fca61718', details, ...more },
    headers: { 'paypal-debug-id': '90957fca61718' },
  };
}

/** What `send` makes of one scripted answer. */
export async function sent(play: Play, change: Partial<PaypalConfig> = {}): Promise<SendOutcome> {
  const paypal = await scriptedPaypal(play);
  return provider(paypal.base, change).send(frozen);
}
