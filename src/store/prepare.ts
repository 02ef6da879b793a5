import { sql } from 'kysely';
import type { Db } from './db.ts';
import { all, rowsOf, run } from './db.ts';

/** One attempt to be written: a new payout when `payoutId` is null, else the next attempt of that payout. */
export interface PlannedAttempt {
  readonly payoutId: bigint | null;
  readonly payoutPublicId: string;
  readonly earningId: bigint;
  readonly payeeId: bigint;
  readonly methodId: bigint;
  readonly ordinal: number;
  /** Null for one that was refused offline. */
  readonly submissionId: bigint | null;
  readonly position: number | null;
  readonly itemReference: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly reasonCode: string | null;
  readonly reasonDetail: string | null;
  /** Approved: its money is reserved already. */
  readonly reserved?: boolean;
  /** Of a converted payout: what leaves its balance. */
  readonly sourceCurrency?: string | null;
  readonly sourceAmount?: bigint | null;
}

export interface WrittenAttempt {
  id: bigint;
  itemReference: string;
}

/** Which of these references are taken by other attempts. */
export async function takenReferences(tx: Db, references: readonly string[]): Promise<Set<string>> {
  const rows = await all(
    tx,
    sql<{ ref: string }>`select a.item_reference as ref
      from ${rowsOf('i', references, { ref: ['text', (ref) => ref] })} join payout_attempt a on a.item_reference = i.ref`,
  );
  return new Set(rows.map((row) => row.ref));
}

export interface NewSubmission {
  readonly publicId: string;
  readonly batchId: bigint;
  readonly provider: string;
  readonly currency: string;
  readonly providerKey: string;
  readonly itemCount: number;
  readonly total: bigint;
}

/** Writes submissions ready to be claimed, in one statement; answers their ids in the same order. */
export async function insertSubmissions(
  tx: Db,
  submissions: readonly NewSubmission[],
  now: Date,
): Promise<bigint[]> {
  if (submissions.length === 0) return [];
  const rows = await all(
    tx,
    sql<{
      id: bigint;
      publicId: string;
    }>`insert into submission (public_id, batch_id, provider, currency, provider_key,
        item_count, total, created_at, next_action_at)
      select public_id, batch_id, provider, currency, provider_key, item_count, total, ${now}, ${now}
      from ${rowsOf('i', submissions, {
        public_id: ['text', (row) => row.publicId],
        batch_id: ['bigint', (row) => row.batchId],
        provider: ['text', (row) => row.provider],
        currency: ['text', (row) => row.currency],
        provider_key: ['text', (row) => row.providerKey],
        item_count: ['int', (row) => row.itemCount],
        total: ['bigint', (row) => row.total],
      })} returning id, public_id as "publicId"`,
  );
  const ids = new Map(rows.map((row) => [row.publicId, row.id]));
  return submissions.map(({ publicId }) => {
    const id = ids.get(publicId);
    if (id === undefined) throw new Error('a submission was not written');
    return id;
  });
}

/**
 * Writes payouts and attempts, each of its submission, or all of them refused offline. New payouts and retried ones go
 * through one statement; a payout that exists must still be `failed`, `returned` or `approved`, else the count differs and
 * the caller gives up the transaction. The partial unique indexes refuse a second live attempt or a second live payout of an
 * earning, whatever raced.
 */
export async function insertAttempts(
  tx: Db,
  scope: { batchId: bigint; cycleId: bigint | null; refused: boolean; automatic?: boolean },
  attempts: readonly PlannedAttempt[],
  now: Date,
): Promise<WrittenAttempt[]> {
  const state = scope.refused ? 'failed' : 'queued';
  if (attempts.some((attempt) => (attempt.submissionId === null) !== scope.refused)) {
    throw new Error('an attempt is sent with a submission, or refused without one');
  }
  const retried = attempts.filter((attempt) => attempt.payoutId !== null).length;
  if (retried > 0) await requeue(tx, attempts, { state, automatic: scope.automatic === true }, retried, now);
  const written = await all(
    tx,
    sql<WrittenAttempt>`with i as (select * from ${planned(attempts)}),
      created as (
        insert into payout (public_id, payee_id, cycle_id, amount, currency, state, attempt_count, reason_code, reason_detail,
          created_at, state_at)
        select public_id, payee_id, ${scope.cycleId}, amount, currency, ${state}::payout_state, 1, reason_code,
          reason_detail, ${now}, ${now}
        from i where payout_id is null
        returning id, public_id),
      linked as (
        insert into payout_earning (payout_id, earning_id, amount)
        select c.id, i.earning_id, i.amount from created c join i using (public_id))
      insert into payout_attempt (payout_id, batch_id, submission_id, method_id, ordinal, position, item_reference, amount,
        currency, state, live, reason_code, reason_detail, persistence, created_at, state_at)
      select coalesce(i.payout_id, c.id), ${scope.batchId}, i.submission_id, i.method_id, i.ordinal, i.position,
        i.item_reference, i.amount, i.currency,
        case when i.submission_id is null then 'failed' else 'pending' end::attempt_state,
        i.submission_id is not null, i.reason_code,
        i.reason_detail, case when i.submission_id is null then 'permanent' end, ${now}, ${now}
      from i left join created c using (public_id)
      returning id, item_reference as "itemReference"`,
  );
  if (written.length !== attempts.length) {
    throw new Error(`wrote ${written.length} of ${attempts.length} attempts`);
  }
  return written;
}

async function requeue(
  tx: Db,
  attempts: readonly PlannedAttempt[],
  { state, automatic }: { state: string; automatic: boolean },
  expected: number,
  now: Date,
): Promise<void> {
  const changed = await run(
    tx,
    sql`update payout p set state = ${state}::payout_state, version = p.version + 1, attempt_count = i.ordinal,
        reason_code = i.reason_code, reason_detail = i.reason_detail, state_at = ${now}, completed_at = null,
        next_retry_at = null, auto_retries = case when ${automatic}::boolean then p.auto_retries + 1 else 0 end,
        paid_by_hand_at = null, paid_reference = null, paid_notes = null, paid_on = null
      from ${planned(attempts)}
      where p.id = i.payout_id and (p.state in ('failed', 'returned') or (p.state = 'approved' and i.reserved))
        and p.attempt_count = i.ordinal - 1`,
  );
  if (changed === expected) return;
  // As if the database had found out: the transaction is tried again, and sees what they are now.
  const lost = new Error(`${expected - changed} payouts changed while they were prepared`);
  throw Object.assign(lost, { code: '40001' });
}

function planned(attempts: readonly PlannedAttempt[]) {
  return rowsOf('i', attempts, {
    payout_id: ['bigint', (row) => row.payoutId],
    public_id: ['text', (row) => row.payoutPublicId],
    earning_id: ['bigint', (row) => row.earningId],
    payee_id: ['bigint', (row) => row.payeeId],
    method_id: ['bigint', (row) => row.methodId],
    ordinal: ['int', (row) => row.ordinal],
    submission_id: ['bigint', (row) => row.submissionId],
    position: ['int', (row) => row.position],
    item_reference: ['text', (row) => row.itemReference],
    amount: ['bigint', (row) => row.amount],
    currency: ['text', (row) => row.currency],
    reason_code: ['text', (row) => row.reasonCode],
    reason_detail: ['text', (row) => row.reasonDetail],
    reserved: ['boolean', (row) => row.reserved === true],
  });
}
