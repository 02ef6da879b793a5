import { readAccount } from './balances.ts';
import {
  deleteFaults,
  getBalances,
  getBehaviour,
  getClock,
  getEffects,
  getFaults,
  getHealth,
  getSummary,
  getWebhook,
  postBalance,
  postBehaviour,
  postClock,
  postFaults,
  postItem,
  postWebhook,
} from './control.ts';
import { refuse } from './errors.ts';
import { readCertificate, verifySignature } from './notifications.ts';
import { cancelItem, createPayout, readBatch, readItem } from './payouts.ts';
import { readBehaviour } from './settings.ts';
import * as stripe from './stripe/control.ts';
import { issueToken, requireToken } from './tokens.ts';
import type { Call, Handler, Reply, World } from './world.ts';

interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly handler: Handler;
}

function route(method: string, path: string, handler: Handler): Route {
  return { method, path: new RegExp(`^${path.replaceAll('{id}', '([^/]+)')}$`), handler };
}

const routes: readonly Route[] = [
  route('POST', '/v1/oauth2/token', issueToken),
  route('GET', '/v1/notifications/certs/{id}', readCertificate),
  route('POST', '/v1/notifications/verify-webhook-signature', authorised(verifySignature)),
  route('POST', '/v1/payments/payouts', authorised(rateLimited(createPayout))),
  route('GET', '/v1/payments/payouts/{id}', authorised(readBatch)),
  route('GET', '/v1/payments/payouts-item/{id}', authorised(readItem)),
  route('GET', '/v1/reporting/balances', authorised(readAccount)),
  route('POST', '/v1/payments/payouts-item/{id}/cancel', authorised(rateLimited(cancelItem))),
  route('GET', '/__sandbox/health', getHealth),
  route('GET', '/__sandbox/effects', bySide(getEffects, stripe.getEffects)),
  route('GET', '/__sandbox/effects/summary', bySide(getSummary, stripe.getSummary)),
  route('GET', '/__sandbox/clock', getClock),
  route('POST', '/__sandbox/clock', postClock),
  route('GET', '/__sandbox/faults', getFaults),
  route('POST', '/__sandbox/faults', postFaults),
  route('DELETE', '/__sandbox/faults', deleteFaults),
  route('GET', '/__sandbox/balance', bySide(getBalances, stripe.getBalances)),
  route('POST', '/__sandbox/balance', bySide(postBalance, stripe.postBalance)),
  route('POST', '/__sandbox/items/{id}', postItem),
  route('POST', '/__sandbox/accounts/{id}', stripe.postAccount),
  route('POST', '/__sandbox/events', stripe.postEvent),
  route('GET', '/__sandbox/behaviour', getBehaviour),
  route('POST', '/__sandbox/behaviour', postBehaviour),
  route('GET', '/__sandbox/webhook', bySide(getWebhook, stripe.getWebhook)),
  route('POST', '/__sandbox/webhook', bySide(postWebhook, stripe.postWebhook)),
];

/** The answer to one request; whatever it says has been committed. */
export function answer(world: World, call: Omit<Call, 'params'>): Reply {
  let known = false;
  for (const { method, path, handler } of routes) {
    const match = path.exec(call.path);
    if (match === null) continue;
    known = true;
    if (method === call.method) return handler(world, { ...call, params: match.slice(1) });
  }
  return refuse(known ? 'METHOD_NOT_SUPPORTED' : 'RESOURCE_NOT_FOUND');
}

/** Control calls that both sides have: Stripe's with `?provider=stripe`. */
function bySide(paypal: Handler, ofStripe: Handler): Handler {
  return (world, call) => (call.query.get('provider') === 'stripe' ? ofStripe : paypal)(world, call);
}

function authorised(handler: Handler): Handler {
  return (world, call) => requireToken(world, call) ?? handler(world, call);
}

const rateWindowMs = 60_000;

/** PayPal allows 400 POSTs a minute for payouts; here the limit is off until it is set. */
function rateLimited(handler: Handler): Handler {
  return (world, call) => {
    const max = readBehaviour(world.db).postsPerMinuteMax;
    if (max === null) return handler(world, call);
    const now = world.clock.now();
    const { recentPosts } = world;
    while (recentPosts[0] !== undefined && recentPosts[0] <= now - rateWindowMs) recentPosts.shift();
    const oldest = recentPosts[0];
    if (oldest !== undefined && recentPosts.length >= max) return tooMany(oldest + rateWindowMs - now);
    recentPosts.push(now);
    return handler(world, call);
  };
}

function tooMany(waitMs: number): Reply {
  return { ...refuse('RATE_LIMIT_REACHED'), headers: { 'retry-after': String(Math.ceil(waitMs / 1000)) } };
}
