import { findBatch, itemsOfBatch, type BatchRow, type ItemRow } from './batches.ts';
import { row, rows, run, type Database } from './database.ts';
import {
  finishedAt,
  firstStageAt,
  processingAt,
  secondStage,
  standing,
  type ItemStatus,
} from './outcomes.ts';
import { readSetting, writeSetting } from './settings.ts';
import type { World } from './world.ts';

/** Where events go. The id is part of what is signed. */
export interface WebhookTarget {
  readonly url: string;
  readonly id: string;
  /** Above this many items a batch announces single items only when they change after it has finished. */
  readonly itemEventsPerBatchMax: number;
}

export const itemEventsPerBatchMax = 200;
const schedulePageSize = 1000;

export function readWebhookTarget(db: Database): WebhookTarget | null {
  return readSetting<WebhookTarget | null>(db, 'webhook', null);
}

export function writeWebhookTarget(db: Database, target: WebhookTarget | null): void {
  writeSetting(db, 'webhook', target);
}

/** Statuses that PayPal announces, with their event; PENDING and REVERSED have none and must be polled. */
const itemEvents: Partial<Record<ItemStatus, string>> = {
  SUCCESS: 'PAYMENT.PAYOUTS-ITEM.SUCCEEDED',
  FAILED: 'PAYMENT.PAYOUTS-ITEM.FAILED',
  UNCLAIMED: 'PAYMENT.PAYOUTS-ITEM.UNCLAIMED',
  RETURNED: 'PAYMENT.PAYOUTS-ITEM.RETURNED',
  ONHOLD: 'PAYMENT.PAYOUTS-ITEM.HELD',
  BLOCKED: 'PAYMENT.PAYOUTS-ITEM.BLOCKED',
  REFUNDED: 'PAYMENT.PAYOUTS-ITEM.REFUNDED',
  DENIED: 'PAYMENT.PAYOUTS-ITEM.DENIED',
};

export interface WebhookEvent {
  readonly seq: number;
  readonly due_at: number;
  readonly next_at: number;
  readonly event_type: string;
  readonly batch_seq: number;
  readonly item_seq: number | null;
  readonly status: string;
  readonly attempts: number;
  readonly held: number;
}

/**
 * Writes down every event the life of a batch will cause, in the transaction that accepts it: statuses follow the clock
 * alone, so the events are known at once and a killed sandbox forgets none.
 */
export function scheduleBatch(world: World, batchSeq: number): void {
  const target = readWebhookTarget(world.db);
  const batch = findBatch(world.db, batchSeq);
  if (target === null || batch === undefined) return;
  const end = batch.denied ? 'DENIED' : 'SUCCESS';
  schedule(world.db, processingAt(batch), 'PAYMENT.PAYOUTSBATCH.PROCESSING', 'PROCESSING', batch.seq, null);
  schedule(world.db, finishedAt(batch), `PAYMENT.PAYOUTSBATCH.${end}`, end, batch.seq, null);
  const every = batch.item_count <= target.itemEventsPerBatchMax;
  for (let offset = 0; offset < batch.item_count; offset += schedulePageSize) {
    for (const item of itemsOfBatch(world.db, batch, offset, schedulePageSize))
      scheduleItem(world.db, batch, item, every);
  }
  world.wakeDelivery();
}

function scheduleItem(db: Database, batch: BatchRow, item: ItemRow, every: boolean): void {
  const settledAt = firstStageAt(item);
  if (every) scheduleStatus(db, item, settledAt, standing(item, settledAt).status, batch.seq);
  const second = secondStage(item);
  if (second !== null && (every || second.at > finishedAt(batch))) {
    scheduleStatus(db, item, second.at, second.status, batch.seq);
  }
}

function scheduleStatus(db: Database, item: ItemRow, at: number, status: ItemStatus, batchSeq: number): void {
  const type = itemEvents[status];
  if (type !== undefined) schedule(db, at, type, status, batchSeq, item.seq);
}

/** Announces now what was decided by hand. */
export function announceItem(
  world: World,
  item: ItemRow,
  status: ItemStatus,
  type = itemEvents[status],
): void {
  if (type === undefined || readWebhookTarget(world.db) === null) return;
  schedule(world.db, world.clock.now(), type, status, item.batch_seq, item.seq);
  world.wakeDelivery();
}

/** Drops what was going to happen to an item and now will not. */
export function forgetWaiting(db: Database, itemSeq: number, now: number): void {
  run(db, `delete from webhook_event where item_seq = ? and state = 'waiting' and due_at > ?`, itemSeq, now);
}

function schedule(
  db: Database,
  at: number,
  type: string,
  status: string,
  batchSeq: number,
  itemSeq: number | null,
): void {
  run(
    db,
    `insert into webhook_event (due_at, next_at, event_type, batch_seq, item_seq, status) values (?, ?, ?, ?, ?, ?)`,
    at,
    at,
    type,
    batchSeq,
    itemSeq,
    status,
  );
}

/** The event to deliver next, due or not. */
export function nextEvent(db: Database): WebhookEvent | undefined {
  return row<WebhookEvent>(
    db,
    `select seq, due_at, next_at, event_type, batch_seq, item_seq, status, attempts, held from webhook_event
     where state = 'waiting' order by next_at, seq limit 1`,
  );
}

export function postponeEvent(db: Database, seq: number, nextAt: number, attempts: number): void {
  run(
    db,
    `update webhook_event set next_at = ?, attempts = ?, held = 1 where seq = ?`,
    nextAt,
    attempts,
    seq,
  );
}

export type FinalState = 'delivered' | 'dropped' | 'given_up';

export function finishEvent(db: Database, seq: number, state: FinalState, attempts: number): void {
  run(db, 'update webhook_event set state = ?, attempts = ? where seq = ?', state, attempts, seq);
}

/** Events by state. */
export function countEvents(db: Database): Record<string, number> {
  const groups = rows<{ state: string; count: number }>(
    db,
    'select state, count(*) as count from webhook_event group by state',
  );
  return Object.fromEntries(groups.map(({ state, count }) => [state, count]));
}
