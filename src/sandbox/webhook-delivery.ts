import { findBatch, findItem } from './batches.ts';
import { isoSeconds } from './clock.ts';
import { pickWebhookFault } from './faults.ts';
import type { BatchStatus, ItemStatus } from './outcomes.ts';
import { batchHref, itemHref, link, presentBatchHeader, presentItemAs } from './present.ts';
import { authAlgorithm, signedText } from './signing.ts';
import {
  finishEvent,
  nextEvent,
  postponeEvent,
  readWebhookTarget,
  type WebhookEvent,
  type WebhookTarget,
} from './webhook-events.ts';
import type { World } from './world.ts';

/** PayPal tries 25 times over three days; docs/integration/direct/webhooks/notification-messages. */
const attemptsMax = 25;
const backoffMsFirst = 500;
const backoffMsMax = 6 * 3_600_000;
const answerMsMax = 10_000;
const reorderMs = 1500;

/**
 * Delivers the next event when it is due and says how long to wait for the one after it (0: look again at once, null:
 * nothing is waiting). What was delivered is written down afterwards, so a sandbox killed in between delivers it again.
 */
export async function deliverNext(world: World, stop: AbortSignal): Promise<number | null> {
  const event = nextEvent(world.db);
  if (event === undefined) return null;
  const wait = event.next_at - world.clock.now();
  if (wait > 0) return wait;
  const target = readWebhookTarget(world.db);
  if (target === null) finishEvent(world.db, event.seq, 'dropped', event.attempts);
  else await deliver(world, target, event, stop);
  return 0;
}

async function deliver(
  world: World,
  target: WebhookTarget,
  event: WebhookEvent,
  stop: AbortSignal,
): Promise<void> {
  const body = eventBody(world, event);
  const fault = event.held ? null : pickWebhookFault(world.db, 'paypal');
  if (body === null || fault?.fault === 'webhook_drop') {
    finishEvent(world.db, event.seq, 'dropped', event.attempts);
    return;
  }
  if (fault?.fault === 'webhook_reorder') {
    postponeEvent(world.db, event.seq, world.clock.now() + (fault.delay_ms ?? reorderMs), event.attempts);
    return;
  }
  if (fault?.fault === 'webhook_forged') await send(world, target, body, stop, forged(body));
  const ok = await send(world, target, body, stop);
  if (fault?.fault === 'webhook_duplicate') await send(world, target, body, stop);
  if (!stop.aborted) record(world, event, ok);
}

function record(world: World, event: WebhookEvent, ok: boolean): void {
  const attempts = event.attempts + 1;
  if (ok) finishEvent(world.db, event.seq, 'delivered', attempts);
  else if (attempts >= attemptsMax) finishEvent(world.db, event.seq, 'given_up', attempts);
  else {
    const backoff = Math.min(backoffMsFirst * 2 ** event.attempts, backoffMsMax);
    postponeEvent(world.db, event.seq, world.clock.now() + backoff, attempts);
  }
}

/** Sends `sent` with the signature of `signed`; they differ only when an event is forged. */
async function send(
  world: World,
  target: WebhookTarget,
  signed: Buffer,
  stop: AbortSignal,
  sent: Buffer = signed,
): Promise<boolean> {
  const transmission = {
    id: uuid(world.random(16)),
    time: isoSeconds(world.clock.now()),
    webhookId: target.id,
  };
  try {
    const response = await fetch(target.url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.any([stop, AbortSignal.timeout(answerMsMax)]),
      headers: {
        'content-type': 'application/json',
        'paypal-transmission-id': transmission.id,
        'paypal-transmission-time': transmission.time,
        'paypal-transmission-sig': world.signing.sign(signedText(transmission, signed)),
        'paypal-cert-url': certificateUrl(world),
        'paypal-auth-algo': authAlgorithm,
      },
      body: new Uint8Array(sent),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    // Any failure to deliver is the same to us: it is tried again later.
    return false;
  }
}

export function certificateUrl(world: World): string {
  return `${world.url()}/v1/notifications/certs/${world.signing.certificateId}`;
}

/** The body of an event; the same bytes at every attempt, as it shows the moment the event is about. */
function eventBody(world: World, event: WebhookEvent): Buffer | null {
  const resource =
    event.item_seq === null ? batchResource(world, event) : itemResource(world, event, event.item_seq);
  if (resource === null) return null;
  const id = world.ids.event.encode(event.seq);
  return Buffer.from(
    JSON.stringify({
      id: `WH-${id}-${world.ids.event.encode(event.seq + 2 ** 39)}`,
      event_version: '1.0',
      create_time: new Date(event.due_at).toISOString(),
      resource_type: event.item_seq === null ? 'payouts' : 'payouts_item',
      event_type: event.event_type,
      summary:
        event.item_seq === null ? `Payouts batch is ${event.status}` : `A payout item is ${event.status}`,
      resource,
      links: [],
    }),
  );
}

function batchResource(world: World, event: WebhookEvent): Record<string, unknown> | null {
  const batch = findBatch(world.db, event.batch_seq);
  if (batch === undefined) return null;
  const header = presentBatchHeader(world, batch, event.status as BatchStatus);
  const id = world.ids.batch.encode(batch.seq);
  return {
    batch_header: { ...header, payments: batch.item_count },
    links: [link(batchHref(world, id), 'self')],
  };
}

/** As captured from PayPal: no error object, the reason must be fetched. */
function itemResource(world: World, event: WebhookEvent, itemSeq: number): Record<string, unknown> | null {
  const item = findItem(world.db, itemSeq);
  if (item === undefined) return null;
  const standing = { status: event.status as ItemStatus, since: event.due_at, error: null };
  const itemId = world.ids.item.encode(item.seq);
  const batchId = world.ids.batch.encode(item.batch_seq);
  return {
    ...presentItemAs(world, item, standing),
    ...(item.sender_batch_id === null ? {} : { sender_batch_id: item.sender_batch_id }),
    links: [link(itemHref(world, itemId), 'self'), link(batchHref(world, batchId), 'batch')],
  };
}

/** What an attacker would send: an event of his own, claiming success, under a signature made for something else. */
function forged(body: Buffer): Buffer {
  const text = body
    .toString()
    .replace('"WH-', '"WH-FORGED-')
    .replaceAll(/"transaction_status":"\w+"/g, '"transaction_status":"SUCCESS"')
    .replaceAll(/"batch_status":"\w+"/g, '"batch_status":"DENIED"');
  return Buffer.from(text);
}

/** RFC 9562 version 4 from 16 random bytes. */
function uuid(bytes: Buffer): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
