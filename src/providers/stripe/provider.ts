import { jsonOf } from '../http.ts';
import { LookupFailedError } from '../provider.ts';
import type {
  FrozenSubmission,
  ItemReport,
  Lookup,
  PayoutProvider,
  ProviderCapabilities,
  SendOutcome,
  StatusPage,
} from '../provider.ts';
import { balances, checkDestination } from './account.ts';
import { ask, objectOf, pathPart } from './ask.ts';
import { createStripeClient } from './client.ts';
import type { StripeClient } from './client.ts';
import type { StripeConfig, StripeDeps } from './config.ts';
import { evidenceOf, readEnvelope } from './errors.ts';
import * as limits from './limits.ts';
import { lookUpGroup } from './lookup.ts';
import { judgeCreate } from './outcome.ts';
import { payableSteps } from './money.ts';
import { textAt } from './read.ts';
import { readStatusPage, readTransfer } from './transfer.ts';
import { prepareTransfer, readFrozen } from './translate.ts';
import { validateItem } from './validate.ts';
import { verifyEvent } from './webhooks.ts';

const capabilities: ProviderCapabilities = {
  itemsPerSubmissionMax: limits.itemsPerSubmissionMax,
  oneCurrencyPerSubmission: true,
  itemReferenceMax: limits.itemReferenceMax,
  providerKeyMax: limits.idempotencyKeyMax,
  keyLifeMs: limits.keyLifeMs,
  callsAtOnceMax: limits.callsAtOnceMax,
  // A transfer arrives at once: there is nothing to claim.
  unclaimedDays: 0,
  payableSteps,
};

/** Stripe can do all a provider may, and looks up by the frozen request instead of the key alone. */
export type StripeProvider = Required<Omit<PayoutProvider, 'findByKey'>>;

/** Stripe Connect transfers. Throws RangeError when the configured address is none. Facts: docs/providers/stripe.md. */
export function createStripeProvider(config: StripeConfig, deps: StripeDeps): StripeProvider {
  const client = createStripeClient(config, deps);
  return {
    name: 'stripe',
    sandbox: config.sandbox,
    capabilities,
    validate: validateItem,
    prepare: prepareTransfer,
    send: (frozen) => send(client, frozen),
    fetchStatus: (providerBatchId) => fetchStatus(client, providerBatchId),
    cancelUnclaimed: (providerItemId) => whatItIs(client, providerItemId),
    verifyEvent: (raw, now) => Promise.resolve(verifyEvent(raw, config.webhookSecrets, now)),
    lookUp: (frozen) => lookUp(client, frozen),
    checkDestination: (destination) => checkDestination(client, destination),
    balances: () => balances(client),
    checkCredentials: () => checkCredentials(client),
  };
}

/**
 * One transfer under its key. Where the answer can never say more (a stored 5xx, a key used with other parameters), the
 * transfer under our reference is looked for: one is handed on to be compared, anything else stays unknown.
 */
async function send(client: StripeClient, frozen: FrozenSubmission): Promise<SendOutcome> {
  let parameters;
  try {
    parameters = readFrozen(frozen);
  } catch (error) {
    const cause = error instanceof Error ? error.message : 'unreadable';
    return { kind: 'unknown', cause: `nothing was sent this time: ${cause}`, retryAfterMs: null };
  }
  const result = await client.post('/v1/transfers', { ...parameters }, frozen.providerKey);
  const verdict = judgeCreate(result, { parameters, nowMs: client.now(), secrets: client.secrets });
  if (verdict.kind !== 'look_up') return verdict;
  const { cause, retryAfterMs } = verdict;
  try {
    const found = await lookUpGroup(client, parameters.transfer_group);
    if (found.kind === 'found') {
      return { kind: 'duplicate', providerBatchId: found.providerBatchId, evidence: cause };
    }
    const seen = found.kind === 'absent' ? 'no transfer' : `${found.providerBatchIds.length} transfers`;
    return { kind: 'unknown', cause: `${cause}; ${seen} under its reference now`, retryAfterMs };
  } catch (error) {
    if (!(error instanceof LookupFailedError)) throw error;
    return { kind: 'unknown', cause: `${cause}; ${error.message}`, retryAfterMs: error.retryAfterMs };
  }
}

async function lookUp(client: StripeClient, frozen: FrozenSubmission): Promise<Lookup> {
  return lookUpGroup(client, readFrozen(frozen).transfer_group);
}

async function fetchTransfer(client: StripeClient, id: string): Promise<object> {
  const answer = await ask(client, 'the transfer', `/v1/transfers/${pathPart(id)}`);
  const body = objectOf(client, 'the transfer', answer);
  if (textAt(body, 'id') !== id) {
    throw new LookupFailedError(
      'Stripe answered about another transfer than the one asked for. Nothing was changed.',
    );
  }
  return body;
}

async function fetchStatus(client: StripeClient, providerBatchId: string): Promise<StatusPage> {
  return readStatusPage(await fetchTransfer(client, providerBatchId));
}

/** There are no unclaimed transfers; the caller is told what it is. */
async function whatItIs(client: StripeClient, providerItemId: string): Promise<ItemReport> {
  return readTransfer(await fetchTransfer(client, providerItemId));
}

async function checkCredentials(client: StripeClient): Promise<string | null> {
  const result = await client.get('/v1/balance');
  if (result.kind === 'failed') {
    return `Stripe could not be reached (${result.cause}). Check STRIPE_API_BASE and the network.`;
  }
  const body = jsonOf(result.body);
  const evidence = evidenceOf(result, readEnvelope(body), client.secrets);
  if (result.status === 401 || result.status === 403) {
    return `Stripe refused the key (${evidence}). Check STRIPE_SECRET_KEY and what it may do.`;
  }
  if (result.status !== 200 || textAt(body, 'object') !== 'balance') {
    return `Stripe gave no usable answer (${evidence}). Check STRIPE_API_BASE.`;
  }
  return null;
}
