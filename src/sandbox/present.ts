import type { BatchRow, ItemRow } from './batches.ts';
import { isoSeconds } from './clock.ts';
import { informationLink } from './errors.ts';
import { formatValue } from './money.ts';
import { finishedAt, standing, type BatchStatus, type ItemStatus, type Standing } from './outcomes.ts';
import type { SimulatedBatch, SimulatedItem } from './test-values.ts';
import type { World } from './world.ts';

const withoutMoney: ReadonlySet<ItemStatus> = new Set(['PENDING', 'FAILED', 'BLOCKED', 'DENIED']);

export function batchHref(world: World, id: string): string {
  return `${world.url()}/v1/payments/payouts/${id}`;
}

export function itemHref(world: World, id: string): string {
  return `${world.url()}/v1/payments/payouts-item/${id}`;
}

export function link(href: string, rel: string): { href: string; rel: string; method: string } {
  return { href, rel, method: 'GET' };
}

/** `batch_header` as a read shows it; fees are 0 until the batch is processed. */
export function presentBatchHeader(
  world: World,
  batch: BatchRow,
  status: BatchStatus,
): Record<string, unknown> {
  const done = status === 'SUCCESS' || status === 'DENIED';
  const fees = status === 'PENDING' ? 0n : BigInt(batch.fee_minor);
  return {
    payout_batch_id: world.ids.batch.encode(batch.seq),
    batch_status: status,
    time_created: isoSeconds(batch.accepted_at),
    ...(done ? { time_completed: isoSeconds(finishedAt(batch)) } : {}),
    sender_batch_header: JSON.parse(batch.header),
    funding_source: 'BALANCE',
    amount: money(BigInt(batch.amount_minor), batch.currency),
    fees: money(fees, batch.currency),
  };
}

/** An item of a batch page at this time. */
export function presentItem(world: World, item: ItemRow, now: number): Record<string, unknown> {
  return presentItemAs(world, item, standing(item, now));
}

/** An item as it stood when it had this standing. */
export function presentItemAs(world: World, item: ItemRow, at: Standing): Record<string, unknown> {
  const moved = !withoutMoney.has(at.status);
  const itemId = world.ids.item.encode(item.seq);
  const batchId = world.ids.batch.encode(item.batch_seq);
  return {
    payout_item_id: itemId,
    ...(moved ? { transaction_id: world.ids.transaction.encode(item.seq) } : {}),
    transaction_status: at.status,
    payout_item_fee: money(moved ? BigInt(item.fee_minor) : 0n, item.currency),
    payout_batch_id: batchId,
    payout_item: presentSent(item),
    ...(at.status === 'PENDING' ? {} : { time_processed: isoSeconds(at.since) }),
    ...(at.error === null ? {} : { errors: itemError(at.error, itemId) }),
    links: [link(itemHref(world, itemId), 'item')],
  };
}

/** An item read alone: with its batch, and its links the other way round. */
export function presentSingleItem(world: World, item: ItemRow, now: number): Record<string, unknown> {
  const itemId = world.ids.item.encode(item.seq);
  const batchId = world.ids.batch.encode(item.batch_seq);
  return {
    ...presentItem(world, item, now),
    ...(item.sender_batch_id === null ? {} : { sender_batch_id: item.sender_batch_id }),
    links: [link(itemHref(world, itemId), 'self'), link(batchHref(world, batchId), 'batch')],
  };
}

function presentSent(item: ItemRow): Record<string, unknown> {
  return {
    recipient_type: item.recipient_type,
    amount: money(BigInt(item.amount_minor), item.currency),
    ...(item.note === null ? {} : { note: item.note }),
    receiver: item.receiver,
    ...(item.sender_item_id === null ? {} : { sender_item_id: item.sender_item_id }),
    recipient_wallet: item.wallet ?? 'PAYPAL',
    ...(item.purpose === null ? {} : { purpose: item.purpose }),
  };
}

function money(minor: bigint, currency: string): { currency: string; value: string } {
  return { currency, value: formatValue(minor, currency) };
}

function itemError(name: string, debugId: string): Record<string, unknown> {
  const words = name.toLowerCase().replaceAll('_', ' ');
  const message = words.charAt(0).toUpperCase() + words.slice(1);
  return {
    name,
    message,
    debug_id: debugId,
    information_link: informationLink(name),
    details: [],
    links: [],
  };
}

const simulatedId = 'SIMULATEDITEM';

/** The batch a test value in the path stands for. */
export function presentSimulatedBatch(
  world: World,
  id: string,
  batch: SimulatedBatch,
): Record<string, unknown> {
  const at = isoSeconds(world.clock.now());
  const done = batch.status === 'SUCCESS' || batch.status === 'DENIED';
  return {
    total_items: 1,
    total_pages: 1,
    batch_header: {
      payout_batch_id: id,
      batch_status: batch.status,
      time_created: at,
      ...(done ? { time_completed: at } : {}),
      sender_batch_header: { sender_batch_id: `simulated-${id}` },
      funding_source: 'BALANCE',
      amount: money(100n, 'USD'),
      fees: money(batch.status === 'PENDING' ? 0n : 2n, 'USD'),
    },
    items: [presentSimulatedItem(world, simulatedId, id, batch.item)],
    links: [link(batchHref(world, id), 'self')],
  };
}

/** The item a test value in the path stands for. */
export function presentSimulatedItem(
  world: World,
  itemId: string,
  batchId: string,
  item: SimulatedItem,
): Record<string, unknown> {
  const moved = !withoutMoney.has(item.status);
  return {
    payout_item_id: itemId,
    ...(moved ? { transaction_id: 'SIMULATED00000000' } : {}),
    transaction_status: item.status,
    payout_item_fee: money(moved ? 2n : 0n, 'USD'),
    payout_batch_id: batchId,
    sender_batch_id: `simulated-${batchId}`,
    payout_item: {
      recipient_type: 'EMAIL',
      amount: money(100n, 'USD'),
      receiver: 'payee@example.com',
      sender_item_id: `simulated-${itemId}`,
    },
    time_processed: isoSeconds(world.clock.now()),
    ...(item.error === null ? {} : { errors: itemError(item.error, itemId) }),
    links: [link(itemHref(world, itemId), 'self'), link(batchHref(world, batchId), 'batch')],
  };
}
