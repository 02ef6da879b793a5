import { sql } from 'kysely';
import type { PayoutKind, PayoutState } from '../core/payout.ts';
import type { ConversionRow } from './conversions.ts';
import { conversionColumns, conversionJoin } from './conversions.ts';
import type { Db } from './db.ts';
import { paidName } from './paid-name.ts';
import { all, one, rowsOf, run } from './db.ts';
import { doubted } from './doubts.ts';
import { inExport } from './hand-transfers.ts';

/** A payout that a caller or the clock moves, locked. Amount in minor units. */
export interface LockedPayout extends ConversionRow {
  id: bigint;
  publicId: string;
  kind: PayoutKind;
  payeeId: bigint;
  payeePublicId: string;
  amount: bigint;
  currency: string;
  state: PayoutState;
  version: number;
  attemptCount: number;
  requestedByKind: string | null;
  requestedById: string | null;
  requestedByName: string | null;
  methodPublicId: string | null;
  methodType: string | null;
  methodMasked: string | null;
  fingerprint: string | null;
  holdReason: string | null;
  holdUntil: Date | null;
  payeeStatus: 'active' | 'blocked';
  payeeHoldReason: string | null;
  payeeHoldUntil: Date | null;
  /** Of the method it is pinned to. */
  methodId: bigint | null;
  methodUsableFrom: Date | null;
  methodFrozenAt: Date | null;
  paidByHandAt: Date | null;
  paidReference: string | null;
  /** Every reference it was ever marked paid under by hand, also of what came back. */
  usedReferences: string[];
  expiresAt: Date | null;
  /** An attempt that counts as unsent may have been paid after all. */
  doubted: boolean;
  /** It is in an export: somebody may be paying it by hand. */
  inExport: boolean;
}

const columns = sql`p.id, p.public_id as "publicId", p.kind, p.payee_id as "payeeId", y.public_id as "payeePublicId",
  p.amount, p.currency, p.state, p.version, p.attempt_count as "attemptCount", p.requested_by_kind as "requestedByKind",
  p.requested_by_id as "requestedById", p.requested_by_name as "requestedByName", m.public_id as "methodPublicId",
  m.type as "methodType", m.masked as "methodMasked", m.fingerprint, p.hold_reason as "holdReason",
  p.hold_until as "holdUntil", y.status as "payeeStatus", y.hold_reason as "payeeHoldReason",
  y.hold_until as "payeeHoldUntil", m.id as "methodId", m.usable_from as "methodUsableFrom", m.frozen_at as "methodFrozenAt", p.paid_by_hand_at as "paidByHandAt", p.paid_reference as "paidReference",
  array(select u.reference from payout_paid_reference u where u.payout_id = p.id order by u.reference) as "usedReferences",
  p.expires_at as "expiresAt", ${doubted} as doubted, ${inExport} as "inExport",
  ${sql.raw(conversionColumns)}`;
const from =
  sql.raw(`payout p join payee y on y.id = p.payee_id left join payout_method m on m.id = p.method_id
  ${conversionJoin}`);

/** Payouts by public id, locked in the order of their ids; what is not there is missing. */
export async function lockPayouts(tx: Db, publicIds: readonly string[]): Promise<LockedPayout[]> {
  await run(
    tx,
    sql`select id from payout where public_id = any(${publicIds}::text[]) order by id for update`,
  );
  return all(
    tx,
    sql<LockedPayout>`select ${columns} from ${from} where p.public_id = any(${publicIds as string[]}::text[])
      order by p.id`,
  );
}

/** One payout as a look sees it. */
export async function peekPayout(db: Db, id: bigint): Promise<LockedPayout | undefined> {
  return one(db, sql<LockedPayout>`select ${columns} from ${from} where p.id = ${id}`);
}

/** The same of several. */
export async function peekPayouts(db: Db, ids: readonly bigint[]): Promise<LockedPayout[]> {
  return all(
    db,
    sql<LockedPayout>`select ${columns} from ${from} where p.id = any(${ids as bigint[]}::bigint[])
      order by p.id`,
  );
}

/** One change that `core.step` allowed on a locked payout. */
export interface PayoutMove {
  readonly payout: LockedPayout;
  readonly to: PayoutState;
  readonly event: string;
  readonly detail: string | null;
}

/**
 * Applies moves and writes their events. The state and version that were locked are part of the WHERE; a count that
 * differs gives up the transaction. `expiresAt` holds for what waits for approval again: of a payment before nothing is told
 * any more. What came back is handed over to nobody.
 */
export async function applyMoves(
  tx: Db,
  moves: readonly PayoutMove[],
  { actor, now, expiresAt }: { actor: string; now: Date; expiresAt: Date },
): Promise<void> {
  if (moves.length === 0) return;
  const changed = await run(
    tx,
    sql`update payout p set state = i.to_state::payout_state, version = p.version + 1, state_at = ${now}, reason_code = null,
        reason_detail = i.detail,
        expires_at = case when i.to_state = 'pending_approval' then ${expiresAt}::timestamptz end,
        completed_at = case i.to_state when 'completed' then ${now} when 'pending_approval' then null
          else p.completed_at end, paid_name = ${paidName}, next_retry_at = null,
        resubmitted = p.resubmitted or i.event = 'resubmit',
        paid_by_hand_at = case when i.to_state <> 'pending_approval' then p.paid_by_hand_at end,
        paid_reference = case when i.to_state <> 'pending_approval' then p.paid_reference end,
        paid_notes = case when i.to_state <> 'pending_approval' then p.paid_notes end,
        paid_on = case when i.to_state <> 'pending_approval' then p.paid_on end,
        hand_exported_at = case when 'returned' not in (i.from_state, i.to_state) then p.hand_exported_at end
      from ${rowsOf('i', moves, {
        id: ['bigint', (move) => move.payout.id],
        version: ['int', (move) => move.payout.version],
        from_state: ['text', (move) => move.payout.state],
        to_state: ['text', (move) => move.to],
        event: ['text', (move) => move.event],
        detail: ['text', (move) => move.detail],
      })} where p.id = i.id and p.state = i.from_state::payout_state and p.version = i.version`,
  );
  if (changed !== moves.length) throw new Error(`moved ${changed} of ${moves.length} payouts`);
  await recordEvents(
    tx,
    moves.map(({ payout, to, event, detail }) => ({
      payoutId: payout.id,
      from: payout.state,
      to,
      event,
      detail,
    })),
    actor,
    now,
  );
}

export interface PayoutNote {
  readonly payoutId: bigint;
  readonly from: PayoutState | null;
  readonly to: PayoutState;
  readonly event: string;
  readonly detail: string | null;
}

/** Writes what happened to payouts into their timelines. */
export async function recordEvents(
  tx: Db,
  notes: readonly PayoutNote[],
  actor: string,
  now: Date,
): Promise<void> {
  await run(
    tx,
    sql`insert into payout_event (payout_id, event, from_state, to_state, actor, detail, at)
      select i.payout_id, i.event, i.from_state::payout_state, i.to_state::payout_state, ${actor}, i.detail, ${now}
      from ${rowsOf('i', notes, {
        payout_id: ['bigint', (note) => note.payoutId],
        event: ['text', (note) => note.event],
        from_state: ['text', (note) => note.from],
        to_state: ['text', (note) => note.to],
        detail: ['text', (note) => note.detail],
      })}`,
  );
}

export interface LastDeed {
  event: string;
  actor: string;
  at: Date;
  detail: string | null;
}

/** Who moved a payout last, and when; with `any` also what left it in its state. */
export async function lastDeed(
  db: Db,
  payoutId: bigint,
  which: 'moved' | 'any' = 'moved',
): Promise<LastDeed | undefined> {
  return one(
    db,
    sql<LastDeed>`select event, actor, at, detail from payout_event where payout_id = ${payoutId}
      and (${which === 'any'}::boolean or from_state is distinct from to_state) order by id desc limit 1`,
  );
}

/** The last time that this happened to a payout, whatever happened since. */
export async function lastEvent(db: Db, payoutId: bigint, event: string): Promise<LastDeed | undefined> {
  return one(
    db,
    sql<LastDeed>`select event, actor, at, detail from payout_event
      where payout_id = ${payoutId} and event = ${event} order by id desc limit 1`,
  );
}

/** Payouts whose time to be approved is over, at most `limit`; what was handed over waits for a person. */
export async function expiredPayouts(db: Db, now: Date, limit: number): Promise<string[]> {
  const rows = await all(
    db,
    sql<{
      id: string;
    }>`select p.public_id as id from payout p where p.expires_at <= ${now} and not ${inExport}
      order by p.expires_at limit ${limit}`,
  );
  return rows.map((row) => row.id);
}
