import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { pickRequestFault, type FaultRule } from '../faults.ts';
import type { Damage } from '../http.ts';
import type { Call, Reply, World } from '../world.ts';
import { wordsOf } from './accounts.ts';
import { unstored, type StripeCall } from './call.ts';
import { apiError, tooManyRequests } from './errors.ts';
import { parseForm, textOf } from './form.ts';
import { requestId } from './ids.ts';
import { isKeyKept, keyInUse } from './keys.ts';
import { answerStripe } from './routes.ts';

const timeoutMs = 120_000;
const slowMs = 1000;
const retryAfterSeconds = 1;
/** How many times `settleMs` a transfer to a `_slow` account takes. */
const slowFactor = 10;
const versionDefault = '2026-10-28.endive';

/** One request to Stripe's side, with whatever fault it meets on the way. */
export async function exchangeStripe(
  world: World,
  raw: Omit<Call, 'params' | 'deny'>,
  response: ServerResponse,
  stop: AbortSignal,
): Promise<void> {
  const rule = pickRequestFault(world.db, 'stripe', raw.method, raw.path);
  const { call, problem } = readCall(world, raw, rule);
  const early = refusedBefore(rule);
  if (early !== null) {
    send(response, call, early);
    return;
  }
  if (rule?.fault === 'drop_before') {
    response.destroy();
    return;
  }
  const waitMs = waitBefore(world, call, rule);
  const reply =
    waitMs > 0 ? await late(world, call, problem, waitMs, stop) : answerStripe(world, call, problem);
  if (rule?.fault === 'timeout') await delay(rule.delay_ms ?? timeoutMs, undefined, { signal: stop });
  if (rule?.fault === 'drop_after') response.destroy();
  else send(response, call, call.trouble === 'error_500_after' ? apiError() : reply, damageOf(rule));
}

function readCall(
  world: World,
  raw: Omit<Call, 'params' | 'deny'>,
  rule: FaultRule | null,
): { call: StripeCall; problem: string | null } {
  const isPost = raw.method === 'POST';
  const form = parseForm(isPost ? raw.body.toString('utf8') : raw.query.toString());
  const key = raw.headers['idempotency-key'];
  const wrongType =
    isPost &&
    raw.body.length > 0 &&
    !/^application\/x-www-form-urlencoded\b/i.test(raw.headers['content-type'] ?? '');
  const problem = wrongType
    ? 'Invalid request (the content type of a POST must be application/x-www-form-urlencoded)'
    : typeof form === 'string'
      ? form
      : null;
  const fault = rule?.fault;
  const call: StripeCall = {
    method: raw.method,
    path: raw.path,
    headers: raw.headers,
    form: typeof form === 'string' ? new Map() : form,
    requestId: requestId(world),
    key: isPost && typeof key === 'string' && key !== '' ? key : null,
    trouble: fault === 'insufficient_funds' || fault === 'error_500_after' ? fault : 'none',
    params: [],
  };
  return { call, problem };
}

function refusedBefore(rule: FaultRule | null): Reply | null {
  if (rule?.fault === 'error_500_before') return apiError();
  if (rule?.fault !== 'rate_limit') return null;
  return tooManyRequests('rate_limit', rule.retry_after_seconds ?? retryAfterSeconds);
}

/** How long a request runs before it takes effect; a replay takes no time. */
function waitBefore(world: World, call: StripeCall, rule: FaultRule | null): number {
  if (call.key !== null && (world.stripe.running.has(call.key) || isKeyKept(world, call.key))) return 0;
  if (rule?.fault === 'slow') return rule.delay_ms ?? slowMs;
  const creates = call.method === 'POST' && call.path === '/v1/transfers';
  const slow = creates && wordsOf(textOf(call.form, 'destination') ?? '').has('slow');
  return slow ? slowFactor * world.settleMs : 0;
}

/** Takes effect after a while, whether or not the caller still listens; meanwhile its key is in use. */
async function late(
  world: World,
  call: StripeCall,
  problem: string | null,
  waitMs: number,
  stop: AbortSignal,
): Promise<Reply> {
  const { key } = call;
  if (key === null) {
    await delay(waitMs, undefined, { signal: stop });
    return answerStripe(world, call, problem);
  }
  if (world.stripe.running.has(key)) return keyInUse(key);
  world.stripe.running.add(key);
  try {
    await delay(waitMs, undefined, { signal: stop });
  } finally {
    world.stripe.running.delete(key);
  }
  return answerStripe(world, call, problem);
}

function damageOf(rule: FaultRule | null): Damage {
  if (rule?.fault === 'malformed') return 'garble';
  return rule?.fault === 'reset_mid_body' ? 'cut' : 'none';
}

/** Sends a reply with the headers Stripe's answers have. */
function send(response: ServerResponse, call: StripeCall, reply: Reply, damage: Damage = 'none'): void {
  const whole = Buffer.from(JSON.stringify(reply.body, null, 2));
  const half = whole.subarray(0, Math.floor(whole.length / 2));
  const body = damage === 'garble' ? half : whole;
  const { [unstored]: _, ...headers } = reply.headers ?? {};
  response.writeHead(reply.status, {
    'content-type': 'application/json',
    'request-id': call.requestId,
    'stripe-version': String(call.headers['stripe-version'] ?? versionDefault),
    ...(call.key === null ? {} : { 'idempotency-key': call.key, 'original-request': call.requestId }),
    ...headers,
    'content-length': body.length,
  });
  if (damage !== 'cut') {
    response.end(body);
    return;
  }
  response.write(half, () => response.destroy());
}
