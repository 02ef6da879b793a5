import { sql } from 'kysely';
import type { AttemptState } from '../core/attempt.ts';
import type { PayoutKind, PayoutState } from '../core/payout.ts';
import type { Persistence } from '../core/reasons.ts';
import type { SubmissionState } from '../core/submission.ts';
import type { ConversionRow } from './conversions.ts';
import { conversionColumns, conversionJoin } from './conversions.ts';
import type { Db } from './db.ts';
import { all, one, run } from './db.ts';
import { owesAtRetry } from './owed.ts';
import { settledAtText } from './settled.ts';

export interface PayoutRow extends ConversionRow {
  id: bigint;
  publicId: string;
  payeeId: string;
  payeeName: string;
  cycleId: string | null;
  amount: bigint;
  currency: string;
  kind: PayoutKind;
  state: PayoutState;
  reasonCode: string | null;
  reasonDetail: string | null;
  attemptCount: number;
  createdAt: Date;
  stateAt: Date;
  completedAt: Date | null;
  /** State of the submission of the last attempt: `unknown` changes what people read. */
  submissionState: SubmissionState | null;
  keyValidUntil: Date | null;
  acceptedAt: Date | null;
  /** When it is sent again that the provider did not take yet; null: it was not put off. */
  putOff: Date | null;
  /** Who approved it as it waits, where that takes another one; null: nobody yet. */
  approvedBy: string | null;
  /** The provider has forgotten the key: only a person can go on. */
  handedOver: boolean;
  holdReason: string | null;
  holdUntil: Date | null;
  payeeStatus: 'active' | 'blocked';
  payeeHoldReason: string | null;
  payeeHoldUntil: Date | null;
  /** Of the payee's present default method, to which an approved payout is always pinned. */
  methodUsableFrom: Date | null;
  methodFrozenAt: Date | null;
  presentType: string | null;
  presentMasked: string | null;
  presentAddedAt: Date | null;
  /** The payee has another method in use than it was tried with last. */
  hasOtherMethod: boolean;
  /** It is planned to be tried again, and the payee owes from the balance that it is paid from. */
  owes: boolean;
  /** When the payee of a run said, since it failed, that what stopped it is settled. */
  settledAt: Date | null;
  /** The reference it was paid under by hand. */
  paidReference: string | null;
  /** Why the provider says that the account it goes to cannot be paid: one of our reasons, and in words. */
  notReadyCode: string | null;
  notReady: string | null;
  /** What of its last attempt came back; null: there was none. */
  returnedPart: bigint | null;
  /** What of that somebody has decided about. */
  settledPart: bigint | null;
  /** The provider has said since its last change that the account can be paid. */
  readySince: boolean;
  /** Retries by itself since a person asked for one. */
  autoRetries: number;
  nextRetryAt: Date | null;
  /** When the last attempt was made, if it was not the first. */
  lastRetryAt: Date | null;
  /** Whether its last failure passes by itself. */
  persistence: Persistence | null;
  /** When the provider, or a person by hand, was done with it. */
  processedAt: Date | null;
  /** Type of the method it is pinned to; null for payouts of a run. */
  pinnedType: string | null;
  handExportedAt: Date | null;
}

/** Of one payout `p` with its payee, cycle and last submission. */
export const payoutColumns = sql`${sql.raw(`p.id, p.public_id as "publicId", y.external_id as "payeeId", y.name as "payeeName",
  c.public_id as "cycleId", p.amount, p.currency, p.kind, p.state, p.reason_code as "reasonCode",
  p.reason_detail as "reasonDetail", p.attempt_count as "attemptCount", p.created_at as "createdAt",
  p.state_at as "stateAt", p.completed_at as "completedAt", s.state as "submissionState",
  s.key_valid_until as "keyValidUntil", s.accepted_at as "acceptedAt",
  case when p.state = 'queued' and s.send_count > 0 and s.lease_until is null then s.next_action_at end as "putOff",
  case when p.state = 'pending_approval' then (select string_agg(v.actor_name, ', ' order by v.at) from payout_approval v
    where v.payout_id = p.id and v.version = p.version) end as "approvedBy",
  coalesce(s.state = 'unknown' and s.handed_over_at is not null, false) as "handedOver",
  p.hold_reason as "holdReason", p.hold_until as "holdUntil", p.paid_reference as "paidReference",
  case when pa.state = 'not_ready' then pa.reason_detail end as "notReady",
  case when pa.state = 'not_ready' then coalesce(pa.reason_code, 'receiver_not_enabled') end as "notReadyCode",
  a.returned_part as "returnedPart", a.settled_part as "settledPart",
  coalesce(pa.state = 'ready' and pa.checked_at > p.state_at, false) as "readySince",
  (select k.type from payout_method k where k.id = p.method_id) as "pinnedType", p.hand_exported_at as "handExportedAt",
  p.auto_retries as "autoRetries", p.next_retry_at as "nextRetryAt", a.persistence,
  case when a.ordinal > 1 then a.created_at end as "lastRetryAt",
  case when p.state in ('completed', 'failed', 'returned') then p.state_at end as "processedAt",
  y.status as "payeeStatus", y.hold_reason as "payeeHoldReason", y.hold_until as "payeeHoldUntil",
  dm.usable_from as "methodUsableFrom", dm.frozen_at as "methodFrozenAt", dm.type as "presentType",
  dm.masked as "presentMasked", dm.created_at as "presentAddedAt", coalesce(dm.id <> a.method_id, false) as "hasOtherMethod",
  ${settledAtText} as "settledAt", ${conversionColumns}`)}, ${owesAtRetry} as owes`;
export const payoutJoins = sql.raw(`join payee y on y.id = p.payee_id left join cycle c on c.id = p.cycle_id
  left join payout_method dm on dm.payee_id = p.payee_id and dm.is_default
  left join payout_attempt a on a.payout_id = p.id and a.ordinal = p.attempt_count
  left join submission s on s.id = a.submission_id
  left join provider_account pa on pa.provider = dm.type and pa.fingerprint = dm.fingerprint ${conversionJoin}`);

/**
 * One payout by its public id, by an item reference of one of its attempts, or by the external id of an earning it pays
 * (the reference of a file). The newest when several match.
 */
export async function findPayout(db: Db, id: string): Promise<PayoutRow | undefined> {
  return one(
    db,
    sql<PayoutRow>`select ${payoutColumns} from payout p ${payoutJoins} where p.id = coalesce(
      (select id from payout where public_id = ${id}),
      (select payout_id from payout_attempt where item_reference = ${id}),
      (with recursive type as (
          -- The index begins with the source type, of which there are few: from one to the next, not through all earnings.
          select min(source_type) as name from earning
          union all
          select (select min(e.source_type) from earning e where e.source_type > type.name) from type
            where type.name is not null)
        -- Live and released links have an index each; asked for together neither serves.
        select max(l.payout_id) from type join earning e on e.source_type = type.name and e.external_id = ${id}
          cross join lateral (
            select payout_id from payout_earning where earning_id = e.id and released_at is null
            union all
            select payout_id from payout_earning where earning_id = e.id and released_at is not null) l))`,
  );
}

export interface AttemptRow {
  itemReference: string;
  ordinal: number;
  state: AttemptState;
  amount: bigint;
  currency: string;
  fee: bigint | null;
  reasonCode: string | null;
  reasonDetail: string | null;
  providerItemId: string | null;
  providerRaw: string | null;
  transactionId: string | null;
  batchId: string;
  provider: string;
  providerKey: string | null;
  providerBatchId: string | null;
  submissionState: SubmissionState | null;
  /** The address as people see it. */
  masked: string;
  createdAt: Date;
  stateAt: Date;
}

export async function attemptsOf(db: Db, payoutId: bigint): Promise<AttemptRow[]> {
  return all(
    db,
    sql<AttemptRow>`select a.item_reference as "itemReference", a.ordinal, a.state, a.amount, a.currency, a.fee,
        a.reason_code as "reasonCode", a.reason_detail as "reasonDetail", a.provider_item_id as "providerItemId",
        a.provider_raw as "providerRaw", a.transaction_id as "transactionId", b.public_id as "batchId", b.provider,
        s.provider_key as "providerKey", s.provider_batch_id as "providerBatchId", s.state as "submissionState",
        m.masked, a.created_at as "createdAt", a.state_at as "stateAt"
      from payout_attempt a join payout_batch b on b.id = a.batch_id left join submission s on s.id = a.submission_id
      join payout_method m on m.id = a.method_id where a.payout_id = ${payoutId} order by a.ordinal`,
  );
}

export interface TimelineRow {
  at: Date;
  event: string;
  actor: string;
  detail: string | null;
}

/** Everything that happened to a payout, oldest first: its own events, and those of the submissions of its attempts. */
export async function timelineOf(db: Db, payoutId: bigint): Promise<TimelineRow[]> {
  return all(
    db,
    sql<TimelineRow>`select at, event, actor, detail from (
        select p.created_at as at, 0 as rank, 0::bigint as id, 'create' as event, 'system' as actor, null as detail
          from payout p where p.id = ${payoutId}
        union all
        select a.created_at, 1, a.id, 'prepare', b.started_by, a.item_reference
          from payout_attempt a join payout_batch b on b.id = a.batch_id where a.payout_id = ${payoutId}
        union all
        select e.at, 2, e.id, e.event, e.actor, e.detail from submission_event e
          join payout_attempt a on a.submission_id = e.submission_id where a.payout_id = ${payoutId}
        union all
        select at, 3, id, event, actor, detail from payout_event where payout_id = ${payoutId}
        union all
        select b.told_at, 4, b.id, 'bank_' || b.status, k.provider, b.provider_payout_id || coalesce(': ' || b.failure_code, '')
          from bank_payout b join provider_account k on k.id = b.account_id where b.payout_id = ${payoutId}) t
      order by at, rank, id`,
  );
}

export interface LedgerRow {
  at: Date;
  kind: string;
  account: string;
  currency: string;
  amount: bigint;
}

/** The ledger lines of a payout: credit positive, debit negative. */
export async function ledgerOf(db: Db, payoutId: bigint): Promise<LedgerRow[]> {
  return all(
    db,
    sql<LedgerRow>`select j.posted_at as at, j.kind, e.account::text as account, e.currency, e.amount
      from (select 'attempt' as source_type, id as source_id from payout_attempt where payout_id = ${payoutId}
        union all select 'payout', ${payoutId}::bigint) f
      join journal j on j.source_type = f.source_type and j.source_id = f.source_id
      join entry e on e.journal_id = j.id order by j.id, e.line`,
  );
}

/** What payouts that are over without payment carried is free again: their earnings, and what they would have recovered. */
export async function releaseEarnings(tx: Db, payoutIds: readonly bigint[], now: Date): Promise<void> {
  await run(
    tx,
    sql`update payout_earning set released_at = ${now}
      where payout_id = any(${payoutIds}::bigint[]) and released_at is null`,
  );
  await run(
    tx,
    sql`update payout_recovery set released_at = ${now}
      where payout_id = any(${payoutIds}::bigint[]) and released_at is null`,
  );
}
