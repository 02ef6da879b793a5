import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { PayoutItem, SendOutcome } from '../../../src/providers/provider.ts';
import type { StripeConfig } from '../../../src/providers/stripe/config.ts';
import { createStripeProvider } from '../../../src/providers/stripe/provider.ts';
import { prepareTransfer } from '../../../src/providers/stripe/translate.ts';

/** A request as it reached the server. */
interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** An answer: JSON unless `body` is text; or a function that answers by itself. */
export interface Scripted {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}
export type Act = (request: Received, response: ServerResponse) => void;
export type Play = Scripted | Act;

/** A server that plays its script in order, one answer per request. */
export interface ScriptedStripe {
  readonly base: string;
  readonly received: Received[];
}

export async function scriptedStripe(...plays: Play[]): Promise<ScriptedStripe> {
  const received: Received[] = [];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming;
      const request = { method, url, headers, body: Buffer.concat(chunks).toString() };
      received.push(request);
      perform(plays.shift() ?? { status: 599, body: 'the script is over' }, request, response);
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
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
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
export const secretKey = 'sk_test_secret1';

export function provider(base: string, change: Partial<StripeConfig> = {}) {
  const config: StripeConfig = {
    apiBase: base,
    secretKey,
    webhookSecrets: [],
    timeoutMs: 2000,
    sandbox: false,
    ...change,
  };
  return createStripeProvider(config, { now: () => nowMs });
}

export function item(change: Partial<PayoutItem> = {}): PayoutItem {
  return {
    itemReference: 'royalty-12-34',
    destination: { kind: 'account', value: 'acct_1Ada' },
    amount: 1250n,
    currency: 'USD',
    note: 'Royalties of May',
    ...change,
  };
}

export const providerKey = 'batch-7-0123456789abcdef';

/** A transfer ready to be sent. */
export function frozenOf(change: Partial<PayoutItem> = {}, key = providerKey) {
  const one = item(change);
  return {
    providerKey: key,
    body: prepareTransfer({ providerKey: key, currency: one.currency, items: [one] }),
  };
}

export const frozen = frozenOf();

/** The transfer that `frozen` asks for. */
export function transfer(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 'tr_1Abc',
    object: 'transfer',
    amount: 1250,
    amount_reversed: 0,
    balance_transaction: 'txn_1Abc',
    created: 1_772_366_400,
    currency: 'usd',
    description: 'Royalties of May',
    destination: 'acct_1Ada',
    destination_payment: 'py_1Abc',
    livemode: false,
    metadata: { purser_key: providerKey, purser_item: 'royalty-12-34' },
    reversals: { object: 'list', data: [], has_more: false, url: '/v1/transfers/tr_1Abc/reversals' },
    reversed: false,
    source_transaction: null,
    source_type: 'card',
    transfer_group: 'royalty-12-34',
    ...change,
  };
}

export function created(change: Record<string, unknown> = {}): Scripted {
  return { status: 200, body: transfer(change), headers: { 'request-id': 'req_1' } };
}

export function refusal(
  status: number,
  code: string | null,
  more: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Scripted {
  const coded = code === null ? {} : { code };
  return {
    status,
    body: { error: { type: 'invalid_request_error', message: 'A message.', ...coded, ...more } },
    headers: { 'request-id': 'req_2', ...headers },
  };
}

export const replayed = { 'idempotent-replayed': 'true' };

export function page(transfers: readonly unknown[], hasMore = false): Scripted {
  return { status: 200, body: { object: 'list', data: transfers, has_more: hasMore, url: '/v1/transfers' } };
}

/** What `send` makes of one scripted answer. */
export async function sent(play: Play, ...more: Play[]): Promise<SendOutcome> {
  const stripe = await scriptedStripe(play, ...more);
  return provider(stripe.base, { timeoutMs: 400 }).send(frozen);
}
