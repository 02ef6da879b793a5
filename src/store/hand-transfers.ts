import { sql } from 'kysely';
import type { Actor } from '../core/actor.ts';
import type { HandMethod } from '../core/hand-transfer.ts';
import { handMethods } from '../core/hand-transfer.ts';
import type { Db } from './db.ts';
import { doubted } from './doubts.ts';
import { payable } from './payable.ts';
import { all, one, rowsOf, run } from './db.ts';
import type { SealedMethod } from './payout-methods.ts';
import type { Found } from './windows.ts';
import { foundIn, lookedAtMax } from './windows.ts';

/** True for a payout `p` that was handed over in an export: somebody may be paying it. */
export const inExport = sql`(p.hand_exported_at is not null)`;

export interface HandFilter {
  readonly method: HandMethod | null;
  readonly currency: string | null;
}

/** An approved payout that is paid by hand. Amount in minor units. */
export interface HandTransferRow {
  id: bigint;
  publicId: string;
  payeeId: string;
  payeeName: string;
  payeeActive: boolean;
  method: HandMethod;
  masked: string;
  amount: bigint;
  currency: string;
  approvedAt: Date;
  holdReason: string | null;
  holdUntil: Date | null;
  /** The last export it is in; null also when it came back since. */
  exportId: string | null;
  exportedAt: Date | null;
  exportedBy: string | null;
  /** The export named another account or amount than is approved now. */
  changedSince: boolean | null;
}

/** A page of approved payouts that are paid by hand, the oldest first. */
export async function handQueue(
  db: Db,
  filter: HandFilter,
  size: number,
  after: bigint | null,
): Promise<Found<HandTransferRow>> {
  const looked = sql`select p.id, p.method_id, p.currency from payout p
    where p.off_state = 'approved' and p.id > ${after ?? 0n} order by p.off_state, p.id`;
  const types = filter.method === null ? handMethods : [filter.method];
  const rows = await all(
    db,
    sql<HandTransferRow>`with hit as materialized (
        select i.id from (${looked} limit ${lookedAtMax}) i
        where (select m.type from payout_method m where m.id = i.method_id) = any(${types as string[]}::text[])
          and (${filter.currency}::text is null or i.currency = ${filter.currency}) order by i.id limit ${size + 1})
      select p.id, p.public_id as "publicId", y.external_id as "payeeId", y.name as "payeeName",
        y.status = 'active' as "payeeActive", m.type as method, m.masked, p.amount, p.currency, p.state_at as "approvedAt",
        p.hold_reason as "holdReason", p.hold_until as "holdUntil", x.public_id as "exportId",
        x.exported_at as "exportedAt", x.actor_name as "exportedBy",
        (x.method_id, x.amount, x.currency) is distinct from (p.method_id, p.amount, p.currency) and x.public_id is not null
          as "changedSince"
      from hit join payout p on p.id = hit.id join payee y on y.id = p.payee_id join payout_method m on m.id = p.method_id
      left join lateral (select e.public_id, e.exported_at, e.actor_name, h.method_id, h.amount, h.currency
        from hand_transfer h join hand_transfer_export e on e.id = h.export_id
        where h.payout_id = p.id order by h.payout_id, h.export_id desc limit 1) x on ${inExport}
      order by p.id`,
  );
  return foundIn(db, rows, size, looked);
}

export interface HandTotal {
  method: HandMethod;
  currency: string;
  count: bigint;
  total: bigint;
  exported: bigint;
}

/** What waits to be paid by hand, by method and currency; minor units. */
export async function handTotals(db: Db): Promise<HandTotal[]> {
  return all(
    db,
    sql<HandTotal>`select m.type as method, p.currency, count(*) as count, sum(p.amount)::bigint as total,
        count(*) filter (where ${inExport}) as exported
      from payout p join payout_method m on m.id = p.method_id and m.type = any(${handMethods as unknown as string[]}::text[])
      where p.off_state = 'approved' group by 1, 2 order by 1, 2`,
  );
}

export interface QueueTotal {
  currency: string;
  count: bigint;
  total: bigint;
  oldestAt: Date;
  nextExpiryAt: Date | null;
}

/** What waits for approval, by currency; minor units. */
export async function approvalTotals(db: Db): Promise<QueueTotal[]> {
  return all(
    db,
    sql<QueueTotal>`select currency, count(*) as count, sum(amount)::bigint as total, min(created_at) as "oldestAt",
        min(expires_at) as "nextExpiryAt"
      from payout where off_state = 'pending_approval' group by currency order by currency`,
  );
}

/** A payout that is about to be handed over, locked, with its account still sealed. */
export interface Transfer extends SealedMethod {
  id: bigint;
  publicId: string;
  payeeExternalId: string;
  payeeName: string;
  methodId: bigint;
  method: HandMethod;
  amount: bigint;
  currency: string;
  approvedAt: Date;
}

export interface ExportFilter extends HandFilter {
  readonly method: HandMethod;
  /** Also what is in an export already. */
  readonly again: boolean;
  /** Only these, by public id; null: all. */
  readonly payoutIds: readonly string[] | null;
}

/** Two exports at once come one after the other, so that the second sees what the first one handed over. */
export async function lockExports(tx: Db): Promise<void> {
  await run(tx, sql`select pg_advisory_xact_lock(hashtext('purser.hand_transfers'))`);
}

/**
 * Approved payouts of active payees that are not on hold nor in doubt and are pinned to this method, the oldest first, locked:
 * whoever marks, cancels or prepares one waits or comes first, and what somebody else has locked is left for the next export.
 */
export async function exportable(
  tx: Db,
  filter: ExportFilter,
  now: Date,
  limit: number,
): Promise<Transfer[]> {
  const { method, currency, again, payoutIds } = filter;
  return all(
    tx,
    sql<Transfer>`select p.id, p.public_id as "publicId", y.external_id as "payeeExternalId", y.name as "payeeName",
        m.id as "methodId", m.type as method, m.public_id as "methodPublicId", m.payee_id as "payeeId", m.sealed,
        p.amount, p.currency, p.state_at as "approvedAt"
      from payout p join payout_method m on m.id = p.method_id and m.is_default and m.type = ${method}
      join payee y on y.id = p.payee_id
      where p.off_state = 'approved' and (p.hold_reason is null or p.hold_until <= ${now}) and ${payable(now)}
        and not ${doubted} and (${currency}::text is null or p.currency = ${currency})
        and (${payoutIds === null} or p.public_id = any(${payoutIds ?? []}::text[]))
        and (${again} or not ${inExport})
      order by p.id limit ${limit} for update of p skip locked`,
  );
}

/** Writes what was handed over, and by whom. */
export async function insertExport(
  tx: Db,
  made: { publicId: string; method: HandMethod; actor: Actor; transfers: readonly Transfer[] },
  now: Date,
): Promise<void> {
  const { actor, transfers } = made;
  const row = await one(
    tx,
    sql<{ id: bigint }>`insert into hand_transfer_export (public_id, method, actor_kind, actor_id, actor_name,
        transfer_count, exported_at)
      values (${made.publicId}, ${made.method}, ${actor.kind}, ${actor.id}, ${actor.name}, ${transfers.length}, ${now})
      returning id`,
  );
  if (!row) throw new Error('an export was not written');
  await run(
    tx,
    sql`insert into hand_transfer (export_id, payout_id, method_id, amount, currency)
      select ${row.id}, i.payout_id, i.method_id, i.amount, i.currency from ${rowsOf('i', transfers, {
        payout_id: ['bigint', (transfer) => transfer.id],
        method_id: ['bigint', (transfer) => transfer.methodId],
        amount: ['bigint', (transfer) => transfer.amount],
        currency: ['text', (transfer) => transfer.currency],
      })}`,
  );
  const changed = await run(
    tx,
    sql`update payout set hand_exported_at = coalesce(hand_exported_at, ${now})
      where id = any(${transfers.map(({ id }) => id)}::bigint[]) and state = 'approved'`,
  );
  if (changed !== transfers.length) throw new Error(`handed over ${changed} of ${transfers.length} payouts`);
}

/** What was written down of a payment by hand. `paidOn`: the day, as `2026-11-27`. */
export interface PaidByHand {
  readonly payoutId: bigint;
  readonly reference: string;
  readonly notes: string | null;
  readonly paidOn: string | null;
}

/** Keeps the references payouts were paid under by hand; each pays a payout once, whatever becomes of it. */
export async function savePaidByHand(tx: Db, paid: readonly PaidByHand[], now: Date): Promise<void> {
  const changed = await run(
    tx,
    sql`update payout p set paid_by_hand_at = ${now}, paid_reference = i.reference, paid_notes = i.notes,
        paid_on = i.paid_on::date
      from ${rowsOf('i', paid, {
        id: ['bigint', (row) => row.payoutId],
        reference: ['text', (row) => row.reference],
        notes: ['text', (row) => row.notes],
        paid_on: ['text', (row) => row.paidOn],
      })} where p.id = i.id`,
  );
  if (changed !== paid.length) throw new Error(`marked ${changed} of ${paid.length} payouts`);
  await run(
    tx,
    sql`insert into payout_paid_reference (payout_id, reference) select i.payout_id, i.reference from ${rowsOf(
      'i',
      paid,
      {
        payout_id: ['bigint', (row) => row.payoutId],
        reference: ['text', (row) => row.reference],
      },
    )}`,
  );
}

/** Payouts that are named of one reference. */
const sharingNamedMax = 5;

/** Payouts that were ever paid by hand under these references: two of one reference may be one transfer for two, or a slip. */
export async function sharedReferences(
  db: Db,
  references: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await all(
    db,
    sql<{
      reference: string;
      ids: string[];
    }>`select r.reference, array(select p.public_id from payout_paid_reference u
        join payout p on p.id = u.payout_id where u.reference = r.reference order by p.id limit ${sharingNamedMax + 1}) as ids
      from unnest(${references as string[]}::text[]) as r(reference)`,
  );
  return new Map(rows.map(({ reference, ids }) => [reference, ids]));
}

/** Who put a payout into the batch that sends it, and when. */
export async function preparedBy(
  db: Db,
  payoutId: bigint,
): Promise<{ by: string; at: Date; batchId: string } | undefined> {
  return one(
    db,
    sql<{
      by: string;
      at: Date;
      batchId: string;
    }>`select b.started_by as by, a.created_at as at, b.public_id as "batchId"
      from payout_attempt a join payout_batch b on b.id = a.batch_id
      where a.payout_id = ${payoutId} order by a.ordinal desc limit 1`,
  );
}
