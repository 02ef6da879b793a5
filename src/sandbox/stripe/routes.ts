import { transaction } from '../database.ts';
import type { Reply, World } from '../world.ts';
import { readAccount, readOwnAccount } from './accounts.ts';
import { readBalance } from './balance.ts';
import { payOutToBank } from './bank.ts';
import type { StripeCall, StripeHandler } from './call.ts';
import { invalid, refuseWith, unknownAddress } from './errors.ts';
import { listEvents, readEvent } from './events.ts';
import { carryOut } from './keys.ts';
import { applyDue, isAnythingDue } from './ledger.ts';
import { listRules } from './lists.ts';
import { refusalOf, type Rules } from './parameters.ts';
import { findTransfer } from './rows.ts';
import {
  changeTransfer,
  createReversal,
  createTransfer,
  listReversals,
  listTransfers,
  readTransfer,
} from './transfers.ts';

interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly rules: Rules;
  readonly handler: StripeHandler;
}

const expand: Rules = { expand: { kind: 'texts' } };
const metadata: Rules = { metadata: { kind: 'metadata' } };
const amount = { kind: 'integer', min: 1 } as const;

const createRules: Rules = {
  ...expand,
  ...metadata,
  currency: { kind: 'text', required: true },
  destination: { kind: 'text', required: true },
  amount,
  description: { kind: 'text' },
  source_transaction: { kind: 'text' },
  source_type: { kind: 'text', oneOf: ['bank_account', 'card', 'fpx'] },
  transfer_group: { kind: 'text' },
};

const eventRules: Rules = {
  ...listRules,
  created: { kind: 'range' },
  delivery_success: { kind: 'boolean' },
  type: { kind: 'text' },
  types: { kind: 'texts' },
};

function route(method: string, path: string, rules: Rules, handler: StripeHandler): Route {
  return { method, path: new RegExp(`^${path.replaceAll('{id}', '([^/]+)')}$`), rules, handler };
}

const routes: readonly Route[] = [
  route('POST', '/v1/transfers', createRules, createAndPayOut),
  route(
    'GET',
    '/v1/transfers',
    {
      ...listRules,
      created: { kind: 'range' },
      destination: { kind: 'text' },
      transfer_group: { kind: 'text' },
    },
    listTransfers,
  ),
  route('GET', '/v1/transfers/{id}', expand, readTransfer),
  route(
    'POST',
    '/v1/transfers/{id}',
    { ...expand, ...metadata, description: { kind: 'text' } },
    changeTransfer,
  ),
  route(
    'POST',
    '/v1/transfers/{id}/reversals',
    {
      ...expand,
      ...metadata,
      amount,
      description: { kind: 'text' },
      refund_application_fee: { kind: 'boolean' },
    },
    createReversal,
  ),
  route('GET', '/v1/transfers/{id}/reversals', listRules, listReversals),
  route('GET', '/v1/balance', expand, readBalance),
  route('GET', '/v1/account', expand, readOwnAccount),
  route('GET', '/v1/accounts/{id}', expand, readAccount),
  route('GET', '/v1/events', eventRules, listEvents),
  route('GET', '/v1/events/{id}', expand, readEvent),
];

/** True for the paths that are Stripe's; all others are PayPal's or the control API's. */
export function isStripePath(path: string): boolean {
  return /^\/v1\/(?:transfers|balance|account|accounts|events)(?:\/|$)/.test(path);
}

/** The answer to one request; whatever it says has been committed. `problem` is what could not be read of it. */
export function answerStripe(world: World, call: StripeCall, problem: string | null): Reply {
  const refusal = refuseKey(call) ?? refuseVersion(call);
  if (refusal !== null) return refusal;
  if (isAnythingDue(world)) transaction(world.db, () => applyDue(world));
  const found = routes.find(({ method, path }) => method === call.method && path.test(call.path));
  if (found === undefined) return unknownAddress(call.method, call.path);
  if (problem !== null) return invalid(problem);
  const params = found.path.exec(call.path)?.slice(1) ?? [];
  const matched = { ...call, params };
  const check = () => refusalOf(found.rules, call.form) ?? refuseExpand(call);
  if (call.method === 'POST') return carryOut(world, matched, check, () => found.handler(world, matched));
  return check() ?? found.handler(world, matched);
}

/** A transfer, and what its account will do with the money. */
function createAndPayOut(world: World, call: StripeCall): Reply {
  const reply = createTransfer(world, call);
  if (reply.status !== 200) return reply;
  // The handler answers with the transfer it has just written.
  const transfer = findTransfer(world, (reply.body as { id: string }).id);
  if (transfer !== undefined) payOutToBank(world, transfer);
  return reply;
}

/** A test key by Bearer or as the user of Basic. A live key is refused: it has no business here. */
function refuseKey(call: StripeCall): Reply | null {
  const header = call.headers.authorization ?? '';
  const basic = /^Basic (.+)$/.exec(header)?.[1];
  const key =
    basic === undefined
      ? (/^Bearer (\S+)$/.exec(header)?.[1] ?? '')
      : (Buffer.from(basic, 'base64').toString().split(':')[0] ?? '');
  if (key === '') return unauthorised('You did not provide an API key.');
  if (/^(?:sk|rk)_test_/.test(key) && !/_test_bad/.test(key)) return null;
  return unauthorised(`Invalid API Key provided: ${key.slice(0, 8)}****`);
}

function unauthorised(message: string): Reply {
  return refuseWith(401, { type: 'invalid_request_error', message });
}

function refuseVersion(call: StripeCall): Reply | null {
  const version = call.headers['stripe-version'];
  if (version === undefined || /^\d{4}-\d{2}-\d{2}(?:\.[a-z]+)?$/.test(String(version))) return null;
  return invalid(`Invalid Stripe API version: ${String(version)}`);
}

/** Nothing is expanded here, and saying so is better than an answer without it. */
function refuseExpand(call: StripeCall): Reply | null {
  const wanted = call.form.get('expand');
  return wanted === undefined ? null : invalid('The sandbox expands nothing.', undefined, 'expand');
}
