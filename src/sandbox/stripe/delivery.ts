import { createHmac } from 'node:crypto';
import { transaction } from '../database.ts';
import { pickWebhookFault } from '../faults.ts';
import type { World } from '../world.ts';
import {
  finishStripeEvent,
  nextStripeEvent,
  postponeStripeEvent,
  presentEvent,
  readStripeWebhook,
  type EventRow,
  type StripeWebhook,
} from './events.ts';
import { applyDue, isAnythingDue } from './ledger.ts';

/** Stripe tries for three days; the number of tries is a guess. */
const attemptsMax = 20;
const backoffMsFirst = 500;
const backoffMsMax = 6 * 3_600_000;
const answerMsMax = 10_000;
const reorderMs = 1500;

/**
 * Delivers the next event of Stripe's side when it is due and says how long to wait for the one after it (0: look again at
 * once, null: nothing is waiting). What was delivered is written down afterwards, so a killed sandbox delivers it again.
 */
export async function deliverNextStripe(world: World, stop: AbortSignal): Promise<number | null> {
  if (isAnythingDue(world)) transaction(world.db, () => applyDue(world));
  const event = nextStripeEvent(world);
  if (event === undefined) return null;
  const wait = event.next_at - world.clock.now();
  if (wait > 0) return wait;
  const target = readStripeWebhook(world);
  if (target === null) finishStripeEvent(world, event.seq, 'dropped', event.attempts);
  else await deliver(world, target, event, stop);
  return 0;
}

async function deliver(
  world: World,
  target: StripeWebhook,
  event: EventRow,
  stop: AbortSignal,
): Promise<void> {
  const body = JSON.stringify({ ...presentEvent(event), pending_webhooks: 1 }, null, 2);
  const fault = event.held ? null : pickWebhookFault(world.db, 'stripe');
  if (fault?.fault === 'webhook_drop') {
    finishStripeEvent(world, event.seq, 'dropped', event.attempts);
    return;
  }
  if (fault?.fault === 'webhook_reorder') {
    const at = world.clock.now() + (fault.delay_ms ?? reorderMs);
    postponeStripeEvent(world, event.seq, at, event.attempts);
    return;
  }
  if (fault?.fault === 'webhook_forged') await send(world, target, body, stop, forged(body));
  const ok = await send(world, target, body, stop);
  if (fault?.fault === 'webhook_duplicate') await send(world, target, body, stop);
  if (stop.aborted) return;
  const attempts = event.attempts + 1;
  if (ok) finishStripeEvent(world, event.seq, 'delivered', attempts);
  else if (attempts >= attemptsMax) finishStripeEvent(world, event.seq, 'given_up', attempts);
  else {
    const backoff = Math.min(backoffMsFirst * 2 ** event.attempts, backoffMsMax);
    postponeStripeEvent(world, event.seq, world.clock.now() + backoff, attempts);
  }
}

/** Sends `sent` with the signature of `signed`; they differ only when an event is forged. */
async function send(
  world: World,
  target: StripeWebhook,
  signed: string,
  stop: AbortSignal,
  sent: string = signed,
): Promise<boolean> {
  const seconds = Math.floor(world.clock.now() / 1000);
  try {
    const response = await fetch(target.url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.any([stop, AbortSignal.timeout(answerMsMax)]),
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'stripe-signature': signatureHeader(target.secrets, seconds, signed),
      },
      body: sent,
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    // Any failure to deliver is the same to us: it is tried again later.
    return false;
  }
}

/** `t=…` and one `v1=…` per secret: HMAC-SHA256 over the time, a point and the body, the secret's text being the key. */
function signatureHeader(secrets: readonly string[], seconds: number, body: string): string {
  const signed = secrets.map((secret) => {
    const hex = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
    return `v1=${hex}`;
  });
  return [`t=${seconds}`, ...signed].join(',');
}

/** What an attacker would send: an event of his own under a signature made for something else. */
function forged(body: string): string {
  return body.replace('"evt_1', '"evt_forged1').replace(/"type": "[a-z.]+"/, '"type": "transfer.reversed"');
}
