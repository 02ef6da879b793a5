import { covers } from './balances.ts';
import { findBatch, findDuplicate, findItem, insertBatch, itemsOfBatch, overrideItem } from './batches.ts';
import type { BatchRow, ItemRow } from './batches.ts';
import { transaction } from './database.ts';
import { refuse, type ErrorDetail } from './errors.ts';
import { batchStatus, standing } from './outcomes.ts';
import {
  batchHref,
  link,
  presentBatchHeader,
  presentItem,
  presentSimulatedBatch,
  presentSimulatedItem,
  presentSingleItem,
} from './present.ts';
import { readBehaviour } from './settings.ts';
import { createRefusals, simulatedBatch, simulatedCancel, simulatedItem } from './test-values.ts';
import { validateCreate, type ParsedBatch } from './validate.ts';
import { announceItem, forgetWaiting, scheduleBatch } from './webhook-events.ts';
import type { Call, Reply, World } from './world.ts';

const pageSizeMax = 1000;
const pageMax = 1000;

/** `POST /v1/payments/payouts` */
export function createPayout(world: World, call: Call): Reply {
  if (call.query.get('sync_mode') === 'true') return refuse('SYNC_MODE_NOT_APPLICABLE');
  if (!/^application\/json\b/i.test(call.headers['content-type'] ?? ''))
    return refuse('UNSUPPORTED_MEDIA_TYPE');
  const input = parseJson(call.body);
  if (input === undefined) {
    return refuse('INVALID_REQUEST', [{ field: '/', location: 'body', issue: 'MALFORMED_REQUEST_JSON' }]);
  }
  const simulated = simulatedRefusal(input);
  if (simulated !== null) return simulated;
  const validated = validateCreate(input);
  if (!validated.ok) return refuse('VALIDATION_ERROR', validated.details);
  return transaction(world.db, () => accept(world, validated.batch, call.deny));
}

/** Inside one transaction: what is answered is what is in the file. */
function accept(world: World, batch: ParsedBatch, denied: boolean): Reply {
  const now = world.clock.now();
  const first = batch.senderBatchId === null ? undefined : findDuplicate(world.db, batch.senderBatchId, now);
  if (first !== undefined) return refuse('USER_BUSINESS_ERROR', [duplicateDetail(world, first)]);
  if (!covers(world, batch)) {
    return refuse('INSUFFICIENT_FUNDS', [{ field: 'items', location: 'body', issue: 'INSUFFICIENT_FUNDS' }]);
  }
  const seq = insertBatch(world.db, batch, { acceptedAt: now, settleMs: world.settleMs, denied });
  scheduleBatch(world, seq);
  const id = world.ids.batch.encode(seq);
  return {
    status: 201,
    body: {
      batch_header: { payout_batch_id: id, batch_status: 'PENDING', sender_batch_header: batch.header },
      links: [link(batchHref(world, id), 'self')],
    },
  };
}

function duplicateDetail(world: World, first: BatchRow): ErrorDetail {
  if (!readBehaviour(world.db).duplicateLink)
    return { field: 'SENDER_BATCH_ID', issue: 'Duplicate batch request' };
  return {
    field: 'SENDER_BATCH_ID',
    location: 'body',
    issue: 'Batch with given sender_batch_id already exists',
    link: [link(batchHref(world, world.ids.batch.encode(first.seq)), 'self')],
  };
}

function simulatedRefusal(input: unknown): Reply | null {
  const request = input as {
    items?: { note?: unknown }[];
    sender_batch_header?: { sender_batch_id?: unknown };
  } | null;
  const note = request?.items?.[0]?.note;
  // The table prints ERRPYO013 beside both the first item and the batch id, so both provoke it.
  const value = request?.sender_batch_header?.sender_batch_id === 'ERRPYO013' ? 'ERRPYO013' : note;
  const name =
    typeof value === 'string' && Object.hasOwn(createRefusals, value) ? createRefusals[value] : undefined;
  if (name === undefined) return null;
  if (name === 'VALIDATION_ERROR') {
    return refuse(name, [{ field: 'items[0].note', location: 'body', issue: 'Value is invalid' }]);
  }
  if (name === 'USER_BUSINESS_ERROR') {
    return refuse(name, [{ field: 'SENDER_BATCH_ID', issue: 'Duplicate batch request' }]);
  }
  return refuse(name, [{ field: 'items[0].note', location: 'body', issue: name }]);
}

/** `GET /v1/payments/payouts/{id}` */
export function readBatch(world: World, call: Call): Reply {
  const [id = ''] = call.params;
  const simulated = simulatedBatch(id);
  if (simulated !== null) return { status: 200, body: presentSimulatedBatch(world, id, simulated) };
  const page = pageNumber(call.query.get('page'), 1, pageMax);
  const size = pageNumber(call.query.get('page_size'), pageSizeMax, pageSizeMax);
  if (page === null) return refuse('VALIDATION_ERROR', [outOfRange('page', pageMax)]);
  if (size === null) return refuse('VALIDATION_ERROR', [outOfRange('page_size', pageSizeMax)]);
  const seq = world.ids.batch.decode(id);
  const batch = seq === null ? undefined : findBatch(world.db, seq);
  if (batch === undefined) return refuse('INVALID_RESOURCE_ID');
  return { status: 200, body: presentPage(world, call.query, batch, page, size) };
}

function presentPage(
  world: World,
  query: URLSearchParams,
  batch: BatchRow,
  page: number,
  size: number,
): unknown {
  const now = world.clock.now();
  const header = presentBatchHeader(world, batch, batchStatus(batch, now));
  const pages = Math.ceil(batch.item_count / size);
  const totals =
    query.get('total_required') === 'true' ? { total_items: batch.item_count, total_pages: pages } : {};
  const href = batchHref(world, world.ids.batch.encode(batch.seq));
  if (query.get('fields') === 'batch_header') return { batch_header: header, links: [link(href, 'self')] };
  const to = (number: number, rel: string) => link(`${href}?page_size=${size}&page=${number}`, rel);
  return {
    ...totals,
    batch_header: header,
    items: itemsOfBatch(world.db, batch, (page - 1) * size, size).map((item) =>
      presentItem(world, item, now),
    ),
    links: [
      to(page, 'self'),
      ...(page > 1 ? [to(page - 1, 'prev')] : []),
      ...(page < pages ? [to(page + 1, 'next'), to(pages, 'last')] : []),
    ],
  };
}

/** `GET /v1/payments/payouts-item/{payout_item_id}` */
export function readItem(world: World, call: Call): Reply {
  const [id = ''] = call.params;
  const simulated = simulatedItem(id);
  if (simulated !== null)
    return { status: 200, body: presentSimulatedItem(world, id, 'SIMULATED0001', simulated) };
  const item = itemById(world, id);
  if (item === undefined) return refuse('INVALID_RESOURCE_ID');
  return { status: 200, body: presentSingleItem(world, item, world.clock.now()) };
}

/** `POST /v1/payments/payouts-item/{payout_item_id}/cancel` */
export function cancelItem(world: World, call: Call): Reply {
  const [id = ''] = call.params;
  const simulated = simulatedCancel(id);
  if (typeof simulated === 'string') return refuse(simulated);
  if (simulated !== null)
    return { status: 200, body: presentSimulatedItem(world, id, 'SIMULATED0001', simulated) };
  const item = itemById(world, id);
  if (item === undefined) return refuse('INVALID_RESOURCE_ID');
  return transaction(world.db, () => cancel(world, item));
}

function cancel(world: World, item: ItemRow): Reply {
  const now = world.clock.now();
  const { status, error } = standing(item, now);
  if (item.cancelled) return refuse('ITEM_ALREADY_CANCELLED');
  if (batchStatus(item, now) !== 'SUCCESS') return refuse('BATCH_NOT_COMPLETED');
  if (status !== 'UNCLAIMED') return refuse('ITEM_INCORRECT_STATUS');
  overrideItem(world.db, item.seq, { status: 'RETURNED', at: now, error, cancelled: true });
  forgetWaiting(world.db, item.seq, now);
  announceItem(world, item, 'RETURNED', 'PAYMENT.PAYOUTS-ITEM.CANCELED');
  return { status: 200, body: presentSingleItem(world, findItem(world.db, item.seq) ?? item, now) };
}

export function itemById(world: World, id: string): ItemRow | undefined {
  const seq = world.ids.item.decode(id);
  return seq === null ? undefined : findItem(world.db, seq);
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    // Unreadable JSON is an answer to the caller, not a fault of ours.
    return undefined;
  }
}

function pageNumber(text: string | null, fallback: number, max: number): number | null {
  if (text === null) return fallback;
  const value = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return value >= 1 && value <= max ? value : null;
}

function outOfRange(field: string, max: number): ErrorDetail {
  return { field, location: 'query', issue: `Value must be between 1 and ${max}` };
}
