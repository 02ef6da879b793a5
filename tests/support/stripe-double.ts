import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// A small stand-in for Stripe that has nothing in common with the built-in sandbox: it is told what shapes to answer with,
// keeps every transfer it made, and misbehaves by a word in the account id.

type Json = Record<string, unknown>;

/** What its platform account holds, in cents. */
const heldUnits = 1_000_000;

/** One object of each kind, as Stripe publishes them. */
export interface Shapes {
  readonly transfer: Json;
  readonly account: Json;
  readonly balance: Json;
}

interface Kept {
  readonly parameters: string;
  readonly status: number;
  readonly body: Json;
}

export class StripeDouble {
  readonly transfers: Json[] = [];
  /** Create calls by destination, in the order they came. */
  readonly calls = new Map<string, number>();
  /** Transfers that were asked for by their id. */
  readonly reads: string[] = [];
  readonly #kept = new Map<string, Kept>();
  readonly #shapes: Shapes;
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  constructor(shapes: Shapes) {
    this.#shapes = shapes;
  }

  async listen(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  /** How many transfers carry each group: one group is one intention to pay. */
  effects(): Record<string, number> {
    const groups = Map.groupBy(this.transfers, ({ transfer_group: group }) => String(group));
    return Object.fromEntries([...groups].map(([group, made]) => [group, made.length]));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', 'http://double');
    if (request.headers.authorization !== 'Bearer sk_test_double') {
      send(response, 401, refusal('invalid_request_error', null));
    } else if (request.method === 'POST' && url.pathname === '/v1/transfers') {
      const key = String(request.headers['idempotency-key'] ?? '');
      this.#create(response, key, Buffer.concat(chunks).toString());
    } else if (url.pathname === '/v1/transfers') {
      const data = this.transfers.filter(
        ({ transfer_group: group }) => group === url.searchParams.get('transfer_group'),
      );
      send(response, 200, { object: 'list', data, has_more: false, url: '/v1/transfers' });
    } else this.#read(response, url.pathname);
  }

  #read(response: ServerResponse, path: string): void {
    const id = path.split('/').at(-1) ?? '';
    const transfer = this.transfers.find((made) => made['id'] === id);
    if (transfer && path.startsWith('/v1/transfers/')) {
      this.reads.push(id);
      send(response, 200, transfer);
    } else if (path.startsWith('/v1/accounts/')) {
      const enabled = !id.includes('_off');
      send(response, 200, {
        ...this.#shapes.account,
        id,
        payouts_enabled: enabled,
        capabilities: { transfers: enabled ? 'active' : 'inactive' },
      });
    } else if (path === '/v1/balance') {
      const available = [{ amount: heldUnits, currency: 'usd', source_types: { card: heldUnits } }];
      send(response, 200, { ...this.#shapes.balance, available });
    } else send(response, 404, refusal('invalid_request_error', 'resource_missing'));
  }

  #create(response: ServerResponse, key: string, parameters: string): void {
    const form = new URLSearchParams(parameters);
    const destination = form.get('destination') ?? '';
    const call = (this.calls.get(destination) ?? 0) + 1;
    this.calls.set(destination, call);
    const kept = this.#kept.get(key);
    if (kept && kept.parameters !== parameters) {
      send(response, 400, refusal('idempotency_error', null));
      return;
    }
    if (destination.includes('_busy') && call <= 3) {
      // The first call goes on after its connection is gone; those that come meanwhile are told so.
      if (call === 1) this.#make(key, form, parameters);
      if (call === 1) response.socket?.destroy();
      else send(response, 409, refusal('idempotency_error', 'idempotency_key_in_use'));
      return;
    }
    if (kept) {
      if (destination.includes('_lost') && call <= 3) response.socket?.destroy();
      else send(response, kept.status, kept.body, { 'idempotent-replayed': 'true' });
      return;
    }
    if (destination.includes('_slow') && call <= 2) {
      send(response, 429, refusal('invalid_request_error', 'rate_limit'), { 'retry-after': '1' });
      return;
    }
    this.#carryOut(response, key, form, parameters);
  }

  #carryOut(response: ServerResponse, key: string, form: URLSearchParams, parameters: string): void {
    const destination = form.get('destination') ?? '';
    if (destination.includes('_poor')) {
      const body = refusal('invalid_request_error', 'balance_insufficient');
      this.#kept.set(key, { parameters, status: 400, body });
      if (this.calls.get(destination) === 1) response.socket?.destroy();
      else send(response, 400, body);
      return;
    }
    const made = this.#make(key, form, parameters);
    if (destination.includes('_lost')) response.socket?.destroy();
    else if (destination.includes('_broken')) {
      // Made, and then something went wrong: the failure is kept under the key for a day.
      const body = refusal('api_error', null);
      this.#kept.set(key, { parameters, status: 500, body });
      send(response, 500, body);
    } else send(response, 200, made);
  }

  #make(key: string, form: URLSearchParams, parameters: string): Json {
    const number = this.transfers.length + 1;
    const made: Json = {
      ...this.#shapes.transfer,
      id: `tr_1Double${number}${createHash('sha256').update(key).digest('hex').slice(0, 8)}`,
      amount: Number(form.get('amount')),
      currency: form.get('currency'),
      destination: form.get('destination'),
      description: form.get('description'),
      transfer_group: form.get('transfer_group'),
      metadata: {
        purser_key: form.get('metadata[purser_key]'),
        purser_item: form.get('metadata[purser_item]'),
      },
    };
    this.transfers.push(made);
    this.#kept.set(key, { parameters, status: 200, body: made });
    return made;
  }
}

function refusal(type: string, code: string | null): Json {
  return { error: { type, message: 'As told.', ...(code === null ? {} : { code }) } };
}

function send(response: ServerResponse, status: number, body: Json, more: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_double', ...more });
  response.end(JSON.stringify(body));
}
