import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { refuse } from './errors.ts';
import { pickRequestFault, type FaultRule } from './faults.ts';
import { readBody, sendReply, type Damage } from './http.ts';
import { answer } from './routes.ts';
import { exchangeStripe } from './stripe/exchange.ts';
import { isStripePath } from './stripe/routes.ts';
import type { Call, Reply, World } from './world.ts';

const debugIdChars = 13;
const timeoutMs = 120_000;
const slowMs = 1000;
const retryAfterSeconds = 1;

/** One request from first byte to last, with whatever fault it meets on the way. */
export async function exchange(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  stop: AbortSignal,
): Promise<void> {
  const debugId = world.random(8).toString('hex').slice(0, debugIdChars);
  const url = new URL(request.url ?? '/', 'http://sandbox');
  const body = await readBody(request);
  if (body === null) {
    sendReply(response, refuse('REQUEST_ENTITY_TOO_LARGE'), debugId);
    return;
  }
  const raw = {
    method: request.method ?? 'GET',
    path: url.pathname.length > 1 ? url.pathname.replace(/\/$/, '') : url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body,
  };
  if (isStripePath(raw.path)) {
    await exchangeStripe(world, raw, response, stop);
    return;
  }
  const call = { ...raw, deny: false };
  const fault = pickRequestFault(world.db, 'paypal', call.method, call.path);
  if (fault === null) sendReply(response, answer(world, call), debugId);
  else await misbehave(world, call, response, { rule: fault, debugId, stop });
}

interface Misbehaviour {
  readonly rule: FaultRule;
  readonly debugId: string;
  readonly stop: AbortSignal;
}

async function misbehave(
  world: World,
  call: Omit<Call, 'params'>,
  response: ServerResponse,
  how: Misbehaviour,
): Promise<void> {
  const { rule, debugId, stop } = how;
  const early = refusedBefore(rule);
  if (early !== null) {
    sendReply(response, early, debugId);
    return;
  }
  if (rule.fault === 'drop_before') {
    response.destroy();
    return;
  }
  // A slow request takes effect late, when the caller may have given up; the others take effect at once.
  if (rule.fault === 'slow') await delay(rule.delay_ms ?? slowMs, undefined, { signal: stop });
  const reply = answer(world, { ...call, deny: rule.fault === 'denied' });
  if (rule.fault === 'timeout') await delay(rule.delay_ms ?? timeoutMs, undefined, { signal: stop });
  if (rule.fault === 'drop_after') response.destroy();
  else if (rule.fault === 'error_500_after') sendReply(response, refuse('INTERNAL_SERVER_ERROR'), debugId);
  else sendReply(response, reply, debugId, damageOf(rule));
}

function refusedBefore(rule: FaultRule): Reply | null {
  if (rule.fault === 'error_500_before') return refuse('INTERNAL_SERVER_ERROR');
  if (rule.fault === 'insufficient_funds') return refuse('INSUFFICIENT_FUNDS');
  if (rule.fault !== 'rate_limit') return null;
  const seconds = rule.retry_after_seconds ?? retryAfterSeconds;
  return { ...refuse('RATE_LIMIT_REACHED'), headers: { 'retry-after': String(seconds) } };
}

function damageOf(rule: FaultRule): Damage {
  if (rule.fault === 'malformed') return 'garble';
  return rule.fault === 'reset_mid_body' ? 'cut' : 'none';
}
