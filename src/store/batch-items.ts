import { sql } from 'kysely';
import type { AttemptState } from '../core/attempt.ts';
import type { PayoutState } from '../core/payout.ts';
import { attemptStates } from '../core/attempt.ts';
import type { Db } from './db.ts';
import { all } from './db.ts';
import type { AttemptRow } from './payouts.ts';
import type { Found } from './windows.ts';
import { foundIn, lookedAtMax } from './windows.ts';

export interface BatchItemRow extends AttemptRow {
  id: bigint;
  payoutId: string;
  payeeId: string;
  payeeName: string;
  /** External id of the earning it pays, which is the reference of a file; null when it pays several. */
  reference: string | null;
  payoutState: PayoutState;
  /** The batch of the payout's last attempt, when it is a later one. */
  laterBatchId: string | null;
  /** The payout went on after this attempt: by a later one, by hand, or it was called off. */
  wentOn: boolean;
}

/** States that every item goes through; they are not in the column `off_state`. */
const onTheWay = new Set<AttemptState>(['pending', 'completed']);

/**
 * A page of the items of a batch in order, optionally of some states only. The page is cut first, along an index of the
 * batch, and then joined. The reference is read by two keys and not by a join, which a planner without statistics (the
 * embedded database gathers none) turns into a scan per item. Released earnings count too: a cancelled item was made for them.
 */
export async function batchItems(
  db: Db,
  batchId: bigint,
  states: readonly AttemptState[],
  size: number,
  after: bigint,
): Promise<Found<BatchItemRow>> {
  const { looked, rest } = lookedAt(batchId, states, after);
  const rows = await all(
    db,
    sql<BatchItemRow>`with hit as materialized (
        select i.id from (${looked} limit ${rest ? lookedAtMax : size + 1}) i
          where ${rest ?? sql`true`} order by i.id limit ${size + 1})
      select a.id, p.public_id as "payoutId", y.external_id as "payeeId", y.name as "payeeName",
        (select e.external_id from earning e where e.id = (
          select case when count(*) = 1 then min(l.earning_id) end from payout_earning l where l.payout_id = a.payout_id))
          as reference,
        a.item_reference as "itemReference", a.ordinal, a.state, a.amount, a.currency, a.fee, a.reason_code as "reasonCode",
        a.reason_detail as "reasonDetail", a.provider_item_id as "providerItemId", a.provider_raw as "providerRaw",
        a.transaction_id as "transactionId", ''::text as "batchId", s.provider, s.provider_key as "providerKey",
        s.provider_batch_id as "providerBatchId", s.state as "submissionState", m.masked,
        a.created_at as "createdAt", a.state_at as "stateAt", p.state as "payoutState",
        (select b.public_id from payout_attempt l join payout_batch b on b.id = l.batch_id
          where p.attempt_count > a.ordinal and l.payout_id = a.payout_id and l.ordinal = p.attempt_count) as "laterBatchId",
        (p.attempt_count > a.ordinal or (a.state in ('failed', 'returned') and p.state::text <> a.state::text)) as "wentOn"
      from hit join payout_attempt a on a.id = hit.id join payout p on p.id = a.payout_id join payee y on y.id = p.payee_id
      join payout_method m on m.id = a.method_id left join submission s on s.id = a.submission_id
      order by a.id`,
  );
  return foundIn(db, rows, size, rest ? looked : null);
}

/** The rows an index leads to, in order, and what is looked for among them. */
function lookedAt(batchId: bigint, states: readonly AttemptState[], after: bigint) {
  const [off, ...others] = states;
  if (off !== undefined && others.length === 0 && !onTheWay.has(off)) {
    const looked = sql`select a.id, a.state from payout_attempt a
      where a.batch_id = ${batchId} and a.off_state = ${off}::attempt_state and a.id > ${after}
      order by a.batch_id, a.off_state, a.id`;
    return { looked, rest: null };
  }
  // Without an open item there is none to look for.
  const open = states.every((state) => state === 'pending' || state === 'held')
    ? sql`(select open_items > 0 from payout_batch where id = ${batchId})`
    : sql`true`;
  const looked = sql`select a.id, a.state from payout_attempt a where ${open} and a.batch_id = ${batchId} and a.id > ${after}
    order by a.batch_id, a.id`;
  const isWhole = attemptStates.every((state) => states.includes(state));
  const rest = sql`i.state = any(${states}::text[]::attempt_state[])`;
  return { looked, rest: isWhole ? null : rest };
}
