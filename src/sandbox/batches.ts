import { row, rows, run, type Database } from './database.ts';
import { feeOf } from './money.ts';
import { isFree, outcomeOf, type BatchFacts, type ItemFacts, type ItemStatus } from './outcomes.ts';
import type { ParsedBatch, ParsedItem } from './validate.ts';

export interface BatchRow extends BatchFacts {
  readonly seq: number;
  readonly sender_batch_id: string | null;
  /** JSON of the echoed sender_batch_header. */
  readonly header: string;
  readonly currency: string;
  readonly first_item: number;
  readonly item_count: number;
  readonly amount_minor: number;
  readonly fee_minor: number;
}

export interface ItemRow extends ItemFacts {
  readonly seq: number;
  readonly batch_seq: number;
  readonly sender_batch_id: string | null;
  readonly currency: string;
  readonly has_slow: number;
  readonly sender_item_id: string | null;
  readonly recipient_type: string;
  readonly receiver: string;
  readonly amount_minor: number;
  readonly fee_minor: number;
  readonly note: string | null;
  readonly wallet: string | null;
  readonly purpose: string | null;
  readonly cancelled: number | null;
}

/** How long a sender_batch_id is refused a second time; the OpenAPI description of the field. */
const duplicateWindowMs = 30 * 86_400_000;

const itemSource = `item join batch on batch.seq = item.batch_seq left join override on override.item_seq = item.seq`;

const itemSelect = `
select item.seq, item.batch_seq, item.sender_item_id, item.recipient_type, item.receiver, item.amount_minor,
  item.fee_minor, item.note, item.wallet, item.purpose, item.outcome, item.slow, batch.sender_batch_id, batch.currency,
  batch.accepted_at, batch.settle_ms, batch.has_slow, batch.denied, override.status as override_status,
  override.at as override_at, override.error as override_error, override.cancelled
from ${itemSource}`;

export function findBatch(db: Database, seq: number): BatchRow | undefined {
  return row<BatchRow>(db, 'select * from batch where seq = ?', seq);
}

export function findItem(db: Database, seq: number): ItemRow | undefined {
  return row<ItemRow>(db, `${itemSelect} where item.seq = ?`, seq);
}

/** Items in the order they were sent, from `offset` on; a range of row numbers, whatever the size of the file. */
export function itemsOfBatch(db: Database, batch: BatchRow, offset: number, limit: number): ItemRow[] {
  const first = batch.first_item + offset;
  const end = Math.min(first + limit, batch.first_item + batch.item_count);
  return rows<ItemRow>(
    db,
    `${itemSelect} where item.seq >= ? and item.seq < ? order by item.seq`,
    first,
    end,
  );
}

/** Items of all batches after a row number. */
export function itemsAfter(db: Database, afterSeq: number, limit: number): ItemRow[] {
  return rows<ItemRow>(db, `${itemSelect} where item.seq > ? order by item.seq limit ?`, afterSeq, limit);
}

/** Items sent under a reference, or under it with the `-a<n>` of a later attempt, after a row number. */
export function itemsOfReference(
  db: Database,
  reference: string,
  afterSeq: number,
  limit: number,
): ItemRow[] {
  return rows<ItemRow>(
    db,
    `${itemSelect} where item.seq > ? and ? in (item.sender_item_id, item.base_reference) order by item.seq limit ?`,
    afterSeq,
    reference,
    limit,
  );
}

/** The newest batch that still makes this sender_batch_id a duplicate. */
export function findDuplicate(db: Database, senderBatchId: string, now: number): BatchRow | undefined {
  return row<BatchRow>(
    db,
    'select * from batch where sender_batch_id = ? and accepted_at > ? order by seq desc limit 1',
    senderBatchId,
    now - duplicateWindowMs,
  );
}

/** The highest item number given so far. */
export function lastItem(db: Database): number {
  return row<{ last: number | null }>(db, 'select max(seq) as last from item')?.last ?? 0;
}

export function countBatches(db: Database): number {
  return row<{ last: number | null }>(db, 'select max(seq) as last from batch')?.last ?? 0;
}

export interface Acceptance {
  readonly acceptedAt: number;
  readonly settleMs: number;
  readonly denied: boolean;
}

/** Writes a batch with its items; the caller holds the transaction. Returns the row number of the batch. */
export function insertBatch(db: Database, batch: ParsedBatch, how: Acceptance): number {
  const seq = countBatches(db) + 1;
  const firstItem = lastItem(db) + 1;
  let amount = 0n;
  let fees = 0n;
  let hasSlow = false;
  for (const [position, item] of batch.items.entries()) {
    const course = outcomeOf(item.receiver);
    const fee = how.denied || isFree(course.outcome) ? 0n : feeOf(item.amount);
    insertItem(db, firstItem + position, seq, item, { ...course, fee });
    amount += item.amount;
    fees += fee;
    hasSlow ||= course.slow;
  }
  run(
    db,
    `insert into batch (seq, sender_batch_id, header, currency, accepted_at, settle_ms, has_slow, denied, first_item,
       item_count, amount_minor, fee_minor) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    seq,
    batch.senderBatchId,
    JSON.stringify(batch.header),
    batch.currency,
    how.acceptedAt,
    how.settleMs,
    Number(hasSlow),
    Number(how.denied),
    firstItem,
    batch.items.length,
    amount,
    fees,
  );
  return seq;
}

type Course = ReturnType<typeof outcomeOf> & { readonly fee: bigint };

function insertItem(db: Database, seq: number, batchSeq: number, item: ParsedItem, course: Course): void {
  run(
    db,
    `insert into item (seq, batch_seq, sender_item_id, base_reference, recipient_type, receiver, amount_minor, fee_minor,
       note, wallet, purpose, outcome, slow) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    seq,
    batchSeq,
    item.senderItemId,
    item.senderItemId?.replace(/-a\d+$/, '') ?? null,
    item.recipientType,
    item.receiver,
    item.amount,
    course.fee,
    item.note,
    item.wallet,
    item.purpose,
    course.outcome,
    Number(course.slow),
  );
}

export interface Override {
  readonly status: ItemStatus;
  readonly at: number;
  readonly error: string | null;
  readonly cancelled: boolean;
}

/** Decides an item by hand from `at` on; a later word replaces an earlier one. */
export function overrideItem(db: Database, itemSeq: number, override: Override): void {
  run(
    db,
    `insert into override (item_seq, status, at, error, cancelled) values (?, ?, ?, ?, ?)
     on conflict (item_seq) do update set status = excluded.status, at = excluded.at, error = excluded.error,
       cancelled = excluded.cancelled`,
    itemSeq,
    override.status,
    override.at,
    override.error,
    Number(override.cancelled),
  );
}

/** Items that stand alike: one group per batch, outcome and hand-made decision. Sums are texts, as they may be large. */
export interface ItemGroup extends ItemFacts {
  readonly currency: string;
  readonly count: number;
  readonly amount: string;
  readonly fees: string;
}

export function itemGroups(db: Database, afterSeq: number): Iterable<ItemGroup> {
  const statement = db.handle.prepare(`
    select item.outcome, item.slow, batch.accepted_at, batch.settle_ms, batch.denied, batch.currency,
      override.status as override_status, override.at as override_at, override.error as override_error,
      count(*) as count, cast(sum(item.amount_minor) as text) as amount, cast(sum(item.fee_minor) as text) as fees
    from ${itemSource}
    where item.seq > ?
    group by item.batch_seq, item.outcome, item.slow, override.status, override.at`);
  return statement.iterate(afterSeq) as Iterable<unknown> as Iterable<ItemGroup>;
}

/** Items whose receiver and base reference occur more than once, side by side. */
export function repeatedItems(db: Database): Iterable<ItemRow & { base_reference: string }> {
  const statement = db.handle.prepare(`
    ${itemSelect.replace('select', 'select item.base_reference,')}
    where (item.receiver, item.base_reference) in (
      select receiver, base_reference from item where base_reference is not null
      group by receiver, base_reference having count(*) > 1)
    order by item.receiver, item.base_reference, item.seq`);
  return statement.iterate() as Iterable<unknown> as Iterable<ItemRow & { base_reference: string }>;
}
