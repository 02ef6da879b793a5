import { createHash } from 'node:crypto';
import { fitId } from '../../core/ids.ts';
import { jsonOf, retryAfterOf } from '../http.ts';
import { LookupFailedError } from '../provider.ts';
import type {
  FrozenSubmission,
  ItemReport,
  PayoutProvider,
  ProviderCapabilities,
  StatusPage,
} from '../provider.ts';
import { balances } from './balances.ts';
import { certificateFetcher } from './certificates.ts';
import { createPaypalClient } from './client.ts';
import type { CallResult, PaypalCall, PaypalClient } from './client.ts';
import type { PaypalConfig, PaypalDeps } from './config.ts';
import { debugIdOf, evidenceOf, readEnvelope } from './errors.ts';
import * as limits from './limits.ts';
import { judgeCreate } from './outcome.ts';
import { payableSteps } from './money.ts';
import { isProviderId, textAt } from './read.ts';
import { prepareBatch, readItem, readPage } from './translate.ts';
import { validateItem } from './validate.ts';
import { createEventVerifier } from './webhooks.ts';

const capabilities: ProviderCapabilities = {
  itemsPerSubmissionMax: limits.itemsPerSubmissionMax,
  oneCurrencyPerSubmission: true,
  itemReferenceMax: limits.senderItemIdMax,
  providerKeyMax: limits.senderBatchIdMax,
  keyLifeMs: limits.keyLifeMs,
  callsAtOnceMax: limits.callsAtOnceMax,
  unclaimedDays: limits.unclaimedDays,
  payableSteps,
};

const payoutsPath = '/v1/payments/payouts';
const itemsPath = '/v1/payments/payouts-item';
const payoutsScope = 'https://uri.paypal.com/payments/payouts';

/** PayPal Payouts v1. Throws RangeError when the configured address is none. Facts: docs/providers/paypal.md. */
export function createPaypalProvider(config: PaypalConfig, deps: PaypalDeps): PayoutProvider {
  const client = createPaypalClient(config, deps);
  return {
    name: 'paypal',
    sandbox: config.sandbox,
    capabilities,
    validate: validateItem,
    prepare: prepareBatch,
    send: (frozen) => send(client, frozen),
    fetchStatus: (providerBatchId, page) => fetchStatus(client, providerBatchId, page),
    cancelUnclaimed: (providerItemId) => cancelUnclaimed(client, providerItemId),
    verifyEvent: createEventVerifier(config, client, certificateFetcher(config.timeoutMs)),
    balances: () => balances(client, (result) => answered(client, 'the balances', result)),
    checkCredentials: () => checkCredentials(client),
  };
}

async function send(client: PaypalClient, { providerKey, body }: FrozenSubmission) {
  const call: PaypalCall = { method: 'POST', path: payoutsPath, body, requestId: requestIdFor(providerKey) };
  const result = await client.call(call);
  return judgeCreate(result, { providerKey, nowMs: client.now(), secrets: client.secrets });
}

/** The key as a header value: a second belt beside sender_batch_id, which alone is relied on. */
function requestIdFor(providerKey: string): string {
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  return /^[\x21-\x7e]+$/.test(providerKey)
    ? fitId(providerKey, limits.requestIdMax, hash)
    : hash(providerKey);
}

async function fetchStatus(client: PaypalClient, providerBatchId: string, page: number): Promise<StatusPage> {
  const query = `page=${page}&page_size=${limits.pageItemsMax}&total_required=true`;
  const path = `${payoutsPath}/${pathPart(providerBatchId)}?${query}`;
  const body = answered(client, 'the batch', await client.call({ method: 'GET', path }));
  if (textAt(body, 'batch_header', 'payout_batch_id') !== providerBatchId) {
    throw new LookupFailedError(
      'PayPal answered about another batch than the one asked for. Nothing was changed.',
    );
  }
  return readPage(body, page, client.secrets);
}

/**
 * Cancels, and when PayPal refuses to (cancelled already, claimed meanwhile, not finished) asks what the item is now:
 * the caller is told the truth either way.
 */
async function cancelUnclaimed(client: PaypalClient, providerItemId: string): Promise<ItemReport> {
  const path = `${itemsPath}/${pathPart(providerItemId)}`;
  const cancelled = await client.call({ method: 'POST', path: `${path}/cancel`, body: '{}' });
  const refused = cancelled.kind === 'answer' && [400, 404, 409, 422].includes(cancelled.status);
  const result = refused ? await client.call({ method: 'GET', path }) : cancelled;
  const body = answered(client, 'the item', result);
  if (textAt(body, 'payout_item_id') !== providerItemId) {
    throw new LookupFailedError(
      'PayPal answered about another item than the one asked for. Nothing was changed.',
    );
  }
  return readItem(body, client.secrets);
}

/** An id as part of a path. One that is not PayPal's would ask for something else. */
function pathPart(id: string): string {
  if (!isProviderId(id)) throw new LookupFailedError('This is not an id by PayPal. Nothing was asked.');
  return id;
}

/** The JSON object of a 200 answer; everything else is no answer. */
function answered(client: PaypalClient, what: string, result: CallResult): unknown {
  if (result.kind !== 'answer') {
    const retryAfterMs = result.kind === 'no_token' ? result.retryAfterMs : null;
    throw new LookupFailedError(`PayPal could not be asked about ${what}: ${result.cause}.`, retryAfterMs);
  }
  const body = jsonOf(result.body);
  if (result.status === 200 && typeof body === 'object' && body !== null) return body;
  const debugId = debugIdOf(result.headers.get('paypal-debug-id'));
  const evidence = evidenceOf(result.status, debugId, readEnvelope(body), client.secrets);
  const wait = retryAfterOf(result.headers, client.now(), limits.retryAfterMaxMs);
  throw new LookupFailedError(`PayPal gave no usable answer about ${what} (${evidence}).`, wait);
}

async function checkCredentials(client: PaypalClient): Promise<string | null> {
  const token = await client.token();
  if (token.kind === 'no_token') {
    return token.refused
      ? `PayPal refused the credentials (${token.cause}). Check PAYPAL_CLIENT_ID and PAYPAL_CLIENT_SECRET.`
      : `PayPal gave no access token (${token.cause}). Check PAYPAL_API_BASE and the network.`;
  }
  if (token.scope === null || token.scope.split(' ').includes(payoutsScope)) return null;
  return 'The PayPal credentials work, but may not send payouts. Ask PayPal to switch Payouts on for the account.';
}
