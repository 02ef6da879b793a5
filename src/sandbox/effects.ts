import { itemGroups, itemsAfter, itemsOfReference, repeatedItems, type ItemRow } from './batches.ts';
import { formatValue } from './money.ts';
import { isOutstanding, standing, type ItemStatus } from './outcomes.ts';
import type { World } from './world.ts';

/** One item the sandbox accepted, and what became of its money. `amountMinor` is in minor units. */
export interface Effect {
  readonly id: number;
  readonly senderBatchId: string | null;
  readonly senderItemId: string | null;
  readonly payoutBatchId: string;
  readonly payoutItemId: string;
  readonly receiver: string;
  readonly amountMinor: string;
  readonly currency: string;
  readonly value: string;
  readonly status: ItemStatus;
  /** The payee has the money or may still get it. */
  readonly outstanding: boolean;
  readonly acceptedAt: string;
}

export const effectsPerPageMax = 5000;
const duplicatesListedMax = 1000;

/** Effects in the order they happened, after an id; with `reference`, only those of that item or intention. */
export function listEffects(
  world: World,
  afterId: number,
  limit: number,
  reference: string | null = null,
): { data: Effect[]; nextAfterId: number | null } {
  const now = world.clock.now();
  const items =
    reference === null
      ? itemsAfter(world.db, afterId, limit)
      : itemsOfReference(world.db, reference, afterId, limit);
  const data = items.map((item) => presentEffect(world, item, now));
  const last = data.at(-1);
  return { data, nextAfterId: data.length === limit && last !== undefined ? last.id : null };
}

function presentEffect(world: World, item: ItemRow, now: number): Effect {
  const amount = BigInt(item.amount_minor);
  const { status } = standing(item, now);
  return {
    id: item.seq,
    senderBatchId: item.sender_batch_id,
    senderItemId: item.sender_item_id,
    payoutBatchId: world.ids.batch.encode(item.batch_seq),
    payoutItemId: world.ids.item.encode(item.seq),
    receiver: item.receiver,
    amountMinor: amount.toString(),
    currency: item.currency,
    value: formatValue(amount, item.currency),
    status,
    outstanding: isOutstanding(status),
    acceptedAt: new Date(item.accepted_at).toISOString(),
  };
}

interface Total {
  readonly status: ItemStatus;
  readonly currency: string;
  count: number;
  amount: bigint;
}

interface Duplicate {
  readonly receiver: string;
  readonly baseReference: string;
  readonly effects: { id: number; senderItemId: string | null; payoutItemId: string; status: ItemStatus }[];
}

export interface Summary {
  readonly count: number;
  readonly totals: { status: ItemStatus; currency: string; count: number; amountMinor: string }[];
  readonly duplicateCount: number;
  /** The first of them; `duplicateCount` says how many there are. */
  readonly duplicates: Duplicate[];
}

/** Counts and sums by status and currency, and whoever was paid more than once for one thing. */
export function summarise(world: World): Summary {
  const now = world.clock.now();
  const totals = new Map<string, Total>();
  let count = 0;
  for (const group of itemGroups(world.db, 0)) {
    const { status } = standing(group, now);
    const key = `${status} ${group.currency}`;
    const total = totals.get(key) ?? { status, currency: group.currency, count: 0, amount: 0n };
    total.count += group.count;
    total.amount += BigInt(group.amount);
    count += group.count;
    totals.set(key, total);
  }
  const sorted = [...totals.entries()].sort(([a], [b]) => a.localeCompare(b)).map(([, total]) => total);
  return {
    count,
    totals: sorted.map((total) => ({
      status: total.status,
      currency: total.currency,
      count: total.count,
      amountMinor: total.amount.toString(),
    })),
    ...findDuplicates(world, now),
  };
}

/** An item's base reference is its sender_item_id without the `-a<n>` of a later attempt. */
function findDuplicates(world: World, now: number): Pick<Summary, 'duplicateCount' | 'duplicates'> {
  const duplicates: Duplicate[] = [];
  let duplicateCount = 0;
  let current: Duplicate = { receiver: '', baseReference: '', effects: [] };
  function close(): void {
    if (current.effects.length < 2) return;
    duplicateCount += 1;
    if (duplicates.length < duplicatesListedMax) duplicates.push(current);
  }
  for (const item of repeatedItems(world.db)) {
    if (item.receiver !== current.receiver || item.base_reference !== current.baseReference) {
      close();
      current = { receiver: item.receiver, baseReference: item.base_reference, effects: [] };
    }
    const { status } = standing(item, now);
    if (!isOutstanding(status)) continue;
    const payoutItemId = world.ids.item.encode(item.seq);
    current.effects.push({ id: item.seq, senderItemId: item.sender_item_id, payoutItemId, status });
  }
  close();
  return { duplicateCount, duplicates };
}
