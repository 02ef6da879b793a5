import { sql } from 'kysely';
import type { AttemptState } from '../core/attempt.ts';
import type { PayoutState } from '../core/payout.ts';
import type { Persistence } from '../core/reasons.ts';
import type { SourceRow } from './conversions.ts';
import { sourceColumns } from './conversions.ts';
import type { Db } from './db.ts';
import { paidName } from './paid-name.ts';
import { all, rowsOf, run } from './db.ts';
import type { SealedMethod } from './payout-methods.ts';
import { withDestinations } from './payout-methods.ts';
import type { DbVault } from './vault.ts';

/** An item of a submission as it is sent, in order. Amount in minor units. */
export interface ItemRow {
  attemptId: bigint;
  itemReference: string;
  kind: string;
  destination: string;
  amount: bigint;
  currency: string;
  note: string | null;
}

/** The items of a submission by position: the order of the frozen bytes. */
export async function itemsOf(db: Db, vault: DbVault, submissionId: bigint): Promise<ItemRow[]> {
  const rows = await all(
    db,
    sql<
      Omit<ItemRow, 'destination'> & SealedMethod
    >`select a.id as "attemptId", a.item_reference as "itemReference", m.kind, m.sealed,
        m.public_id as "methodPublicId", m.payee_id as "payeeId", a.amount,
        a.currency, (select e.note from payout_earning l join earning e on e.id = l.earning_id
          where l.payout_id = a.payout_id order by l.earning_id limit 1) as note
      from payout_attempt a join payout_method m on m.id = a.method_id
      where a.submission_id = ${submissionId} order by a.position`,
  );
  return withDestinations(db, vault, rows);
}

/**
 * An attempt with its payout, locked. `last` says whether what the provider says of it moves the payout: it is the latest
 * attempt, or an earlier one that turned out to have paid.
 */
export interface LockedAttempt extends SourceRow {
  id: bigint;
  payoutId: bigint;
  payoutPublicId: string;
  payeeId: bigint;
  submissionId: bigint | null;
  itemReference: string;
  amount: bigint;
  currency: string;
  state: AttemptState;
  payoutState: PayoutState;
  providerItemId: string | null;
  providerRaw: string | null;
  fee: bigint | null;
  reasonCode: string | null;
  reasonDetail: string | null;
  /** Of a completed attempt: what came back although the rest did not, and how much of that somebody has decided about. */
  returnedPart: bigint;
  settledPart: bigint;
  last: boolean;
  /** The provider has said that this attempt, which ended without payment, has paid after all. */
  toldOtherwise: boolean;
  /** Retries of the payout by itself since a person last asked for one. */
  autoRetries: number;
}

const locked =
  sql.raw(`a.id, a.payout_id as "payoutId", p.public_id as "payoutPublicId", p.payee_id as "payeeId", a.submission_id as "submissionId",
  a.item_reference as "itemReference", a.amount, a.currency, a.state, p.state as "payoutState",
  a.provider_item_id as "providerItemId", a.provider_raw as "providerRaw", a.fee, a.reason_code as "reasonCode",
  a.reason_detail as "reasonDetail", a.returned_part as "returnedPart", a.settled_part as "settledPart",
  a.told_otherwise_at is not null as "toldOtherwise", p.auto_retries as "autoRetries",
  case when p.attempt_count = 1 or a.live then true else a.ordinal = p.attempt_count and not exists (
    select 1 from payout_attempt x where x.payout_id = p.id and x.live) end as last,
  ${sourceColumns}`);

/** Attempts by item reference, without a lock: to find out what differs. */
export async function findAttempts(db: Db, references: readonly string[]): Promise<LockedAttempt[]> {
  return all(
    db,
    sql<LockedAttempt>`select ${locked} from ${rowsOf('i', references, { ref: ['text', (ref) => ref] })}
      join payout_attempt a on a.item_reference = i.ref join payout p on p.id = a.payout_id`,
  );
}

/** Attempts by item reference, their payouts locked in id order. */
export async function lockAttempts(tx: Db, references: readonly string[]): Promise<LockedAttempt[]> {
  return all(
    tx,
    sql<LockedAttempt>`select ${locked} from ${rowsOf('i', references, { ref: ['text', (ref) => ref] })}
      join payout_attempt a on a.item_reference = i.ref join payout p on p.id = a.payout_id
      order by p.id for update of p`,
  );
}

/** Attempts of a submission that are not finished at the provider, their payouts locked in id order. */
export async function lockOpenAttempts(tx: Db, submissionId: bigint): Promise<LockedAttempt[]> {
  return all(
    tx,
    sql<LockedAttempt>`select ${locked} from payout_attempt a join payout p on p.id = a.payout_id
      where a.submission_id = ${submissionId} and a.state in ('pending', 'held') order by p.id for update of p`,
  );
}

/** A change of one attempt and, when it is the last one, of its payout. */
export interface Change {
  readonly attemptId: bigint;
  readonly payoutId: bigint;
  readonly from: PayoutState;
  readonly to: PayoutState;
  readonly attemptState: AttemptState;
  readonly event: string;
  readonly reasonCode: string | null;
  readonly reasonDetail: string | null;
  readonly providerItemId: string | null;
  readonly providerRaw: string | null;
  readonly transactionId: string | null;
  readonly fee: bigint | null;
  /** What has come back in all of an attempt that stays completed; absent when that did not change. */
  readonly returnedPart?: bigint;
  /** Of a failure: does it pass by itself, and when is it tried again? */
  readonly persistence?: Persistence | null;
  readonly nextRetryAt?: Date | null;
}

/**
 * Applies changes that `core.step` allowed on locked payouts, and writes their events. The state a payout had when it was
 * locked is part of the WHERE; a count that differs means the lock was not held and gives up the transaction.
 */
export async function applyChanges(
  tx: Db,
  changes: readonly Change[],
  actor: string,
  now: Date,
): Promise<void> {
  if (changes.length === 0) return;
  const moved = changes.filter((change) => change.from !== change.to);
  const payouts = await run(
    tx,
    sql`update payout p set state = i.to_state::payout_state, version = p.version + 1, state_at = ${now},
        reason_code = i.reason_code, reason_detail = i.reason_detail,
        completed_at = case when i.to_state = 'completed' then ${now} else p.completed_at end, paid_name = ${paidName},
        next_retry_at = i.next_retry_at::timestamptz
      from ${rowsOf('i', moved, {
        id: ['bigint', (row) => row.payoutId],
        from_state: ['text', (row) => row.from],
        to_state: ['text', (row) => row.to],
        reason_code: ['text', (row) => row.reasonCode],
        reason_detail: ['text', (row) => row.reasonDetail],
        next_retry_at: ['text', (row) => row.nextRetryAt?.toISOString() ?? null],
      })} where p.id = i.id and p.state = i.from_state::payout_state`,
  );
  if (payouts !== moved.length) throw new Error(`changed ${payouts} of ${moved.length} payouts`);
  await updateAttempts(tx, changes, now);
  await sql`insert into payout_event (payout_id, attempt_id, event, from_state, to_state, actor, detail, at)
    select i.payout_id, i.attempt_id, i.event, i.from_state::payout_state, i.to_state::payout_state, ${actor}, i.detail,
      ${now} from ${rowsOf('i', moved, {
        payout_id: ['bigint', (row) => row.payoutId],
        attempt_id: ['bigint', (row) => row.attemptId],
        event: ['text', (row) => row.event],
        from_state: ['text', (row) => row.from],
        to_state: ['text', (row) => row.to],
        detail: ['text', (row) => row.reasonDetail ?? row.providerRaw],
      })}`.execute(tx);
}

async function updateAttempts(tx: Db, changes: readonly Change[], now: Date): Promise<void> {
  const attempts = await run(
    tx,
    sql`update payout_attempt a set state = i.state::attempt_state,
        live = i.state in ('pending', 'held', 'unclaimed', 'completed'),
        state_at = case when a.state = i.state::attempt_state then a.state_at else ${now} end,
        reason_code = i.reason_code, reason_detail = i.reason_detail, persistence = i.persistence,
        told_otherwise_at = case when i.state in ('failed', 'returned') then a.told_otherwise_at end,
        provider_item_id = coalesce(i.item_id, a.provider_item_id), provider_raw = coalesce(i.raw, a.provider_raw),
        transaction_id = coalesce(i.transaction_id, a.transaction_id), fee = coalesce(i.fee, a.fee),
        returned_part = coalesce(i.returned_part, a.returned_part)
      from ${rowsOf('i', changes, {
        id: ['bigint', (row) => row.attemptId],
        state: ['text', (row) => row.attemptState],
        reason_code: ['text', (row) => row.reasonCode],
        reason_detail: ['text', (row) => row.reasonDetail],
        item_id: ['text', (row) => row.providerItemId],
        raw: ['text', (row) => row.providerRaw],
        transaction_id: ['text', (row) => row.transactionId],
        fee: ['bigint', (row) => row.fee],
        returned_part: ['bigint', (row) => row.returnedPart ?? null],
        persistence: ['text', (row) => row.persistence ?? null],
      })} where a.id = i.id`,
  );
  if (attempts !== changes.length) throw new Error(`changed ${attempts} of ${changes.length} attempts`);
}

/**
 * Marks attempts of which the provider says again and otherwise what it had said when they failed, or takes the mark away
 * (`told` false). While one is marked nothing is paid for its payout (`store/doubts.ts`).
 */
export async function markTold(
  tx: Db,
  attemptIds: readonly bigint[],
  told: boolean,
  now: Date,
): Promise<void> {
  if (attemptIds.length === 0) return;
  await run(
    tx,
    sql`update payout_attempt set told_otherwise_at = ${told ? now : null}
      where id = any(${attemptIds}::bigint[]) and state in ('failed', 'returned') and (told_otherwise_at is null) = ${told}::boolean`,
  );
}

/** What moved when a submission did. */
export interface MovedPayout extends SourceRow {
  payoutId: bigint;
  attemptId: bigint;
  payeeId: bigint;
  amount: bigint;
  currency: string;
}

/**
 * Moves every payout of a submission from one state to another in one statement. Only for changes that say nothing new
 * of a single item (send, accept): the submission's own event is their record. Rows in other states stay untouched, as a
 * webhook may have overtaken the answer.
 */
export async function moveWhole(
  tx: Db,
  submissionId: bigint,
  from: PayoutState,
  to: PayoutState,
  now: Date,
): Promise<MovedPayout[]> {
  return all(
    tx,
    sql<MovedPayout>`update payout p set state = ${to}::payout_state, version = p.version + 1, state_at = ${now}
      from payout_attempt a
      where a.submission_id = ${submissionId} and a.payout_id = p.id and a.state = 'pending'
        and a.ordinal = p.attempt_count and p.state = ${from}::payout_state
      returning p.id as "payoutId", a.id as "attemptId", p.payee_id as "payeeId", p.amount, p.currency, ${sql.raw(sourceColumns)}`,
  );
}

/** Points attempts that never left at another submission, in a new order. */
export async function repoint(
  tx: Db,
  submissionId: bigint,
  attemptIds: readonly bigint[],
  now: Date,
): Promise<void> {
  const rows = attemptIds.map((id, index) => ({ id, position: index }));
  const changed = await run(
    tx,
    sql`update payout_attempt a set submission_id = ${submissionId}, position = i.position, state_at = ${now}
      from ${rowsOf('i', rows, {
        id: ['bigint', (row) => row.id],
        position: ['int', (row) => row.position],
      })} where a.id = i.id and a.state = 'pending'`,
  );
  if (changed !== rows.length) throw new Error(`repointed ${changed} of ${rows.length} attempts`);
}
