import { row, rows, run } from '../database.ts';
import { readSetting, writeSetting } from '../settings.ts';
import type { Reply, World } from '../world.ts';
import type { StripeCall } from './call.ts';
import { missingObject } from './errors.ts';
import { listOf, textOf } from './form.ts';
import { idOf } from './ids.ts';
import { createdIn, listPage } from './lists.ts';

/** Where events go, and what they are signed with: every secret signs, as during Stripe's own rotation. */
export interface StripeWebhook {
  readonly url: string;
  readonly secrets: readonly string[];
}

export function readStripeWebhook(world: World): StripeWebhook | null {
  return readSetting<StripeWebhook | null>(world.db, 'stripe_webhook', null);
}

export function writeStripeWebhook(world: World, target: StripeWebhook | null): void {
  writeSetting(world.db, 'stripe_webhook', target);
}

/** Version that events are written in. */
const apiVersion = '2026-10-28.endive';
/** How long events can be read back. */
const eventLifeMs = 30 * 86_400_000;

export interface EventRow {
  readonly seq: number;
  readonly id: string;
  readonly type: string;
  readonly account: string | null;
  /** JSON of the object as it was then. */
  readonly object: string;
  readonly previous: string | null;
  readonly request_id: string | null;
  readonly idempotency_key: string | null;
  readonly created_at: number;
  readonly next_at: number;
  readonly attempts: number;
  readonly held: number;
  readonly state: 'waiting' | 'delivered' | 'dropped' | 'given_up' | 'unsent';
}

interface NewEvent {
  readonly type: string;
  /** The connected account it happened in, null for the platform itself. */
  readonly account: string | null;
  readonly object: Record<string, unknown>;
  readonly previous: Record<string, unknown> | null;
  readonly cause: { readonly requestId: string | null; readonly key: string | null };
  /** From then on it is seen and sent. */
  readonly at: number;
}

/** Writes an event down, inside the transaction of what it tells. */
export function writeEvent(world: World, event: NewEvent): void {
  const seq =
    (row<{ last: number | null }>(world.db, 'select max(seq) as last from stripe_event')?.last ?? 0) + 1;
  run(
    world.db,
    `insert into stripe_event (seq, id, type, account, object, previous, request_id, idempotency_key, created_at, next_at,
       state) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    seq,
    idOf(world, 'evt', seq),
    event.type,
    event.account,
    JSON.stringify(event.object),
    event.previous === null ? null : JSON.stringify(event.previous),
    event.cause.requestId,
    event.cause.key,
    event.at,
    event.at,
    readStripeWebhook(world) === null ? 'unsent' : 'waiting',
  );
  world.wakeDelivery();
}

/** An event as it is sent and read back. */
export function presentEvent(event: EventRow): Record<string, unknown> {
  const previous =
    event.previous === null ? {} : { previous_attributes: JSON.parse(event.previous) as unknown };
  return {
    id: event.id,
    object: 'event',
    ...(event.account === null ? {} : { account: event.account }),
    api_version: apiVersion,
    created: Math.floor(event.created_at / 1000),
    data: { object: JSON.parse(event.object) as unknown, ...previous },
    livemode: false,
    pending_webhooks: event.state === 'waiting' ? 1 : 0,
    request: { id: event.request_id, idempotency_key: event.idempotency_key },
    type: event.type,
  };
}

/** `GET /v1/events`, 30 days back. */
export function listEvents(world: World, call: StripeCall): Reply {
  const now = world.clock.now();
  const created = createdIn(call);
  const type = textOf(call.form, 'type');
  const types = type === null ? listOf(call.form, 'types') : [type];
  const delivered = textOf(call.form, 'delivery_success');
  const source = {
    table: 'stripe_event',
    object: 'event',
    url: '/v1/events',
    where: [
      'created_at <= ?',
      'created_at > ?',
      ...created.where,
      ...(types.length === 0 ? [] : [`type in (${types.map(() => '?').join(', ')})`]),
      ...(delivered === null ? [] : [`state ${delivered === 'true' ? '=' : '<>'} 'delivered'`]),
    ],
    values: [now, now - eventLifeMs, ...created.values, ...types],
  } as const;
  return listPage<EventRow>(world, call, source, presentEvent);
}

/** `GET /v1/events/{id}` */
export function readEvent(world: World, call: StripeCall): Reply {
  const [id = ''] = call.params;
  const event = row<EventRow>(world.db, 'select * from stripe_event where id = ?', id);
  if (event === undefined || event.created_at > world.clock.now()) return missingObject('event', id);
  return { status: 200, body: presentEvent(event) };
}

/** The event to deliver next, due or not. */
export function nextStripeEvent(world: World): EventRow | undefined {
  const sql = `select * from stripe_event where state = 'waiting' order by next_at, seq limit 1`;
  return row<EventRow>(world.db, sql);
}

export function postponeStripeEvent(world: World, seq: number, nextAt: number, attempts: number): void {
  run(
    world.db,
    'update stripe_event set next_at = ?, attempts = ?, held = 1 where seq = ?',
    nextAt,
    attempts,
    seq,
  );
}

export function finishStripeEvent(
  world: World,
  seq: number,
  state: EventRow['state'],
  attempts: number,
): void {
  run(world.db, 'update stripe_event set state = ?, attempts = ? where seq = ?', state, attempts, seq);
}

/** Events by state. */
export function countStripeEvents(world: World): Record<string, number> {
  const sql = 'select state, count(*) as count from stripe_event group by state';
  return Object.fromEntries(
    rows<{ state: string; count: number }>(world.db, sql).map(({ state, count }) => [state, count]),
  );
}
