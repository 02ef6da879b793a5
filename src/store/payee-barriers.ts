import { sql } from 'kysely';
import { accountFaultCodes } from '../core/reasons.ts';
import type { Db } from './db.ts';
import { all } from './db.ts';
import { payable } from './payable.ts';

/** Newest attempts to a method among which the last that is over is looked for. */
const lookedAtMax = 100;

/**
 * Why the last payout that went to the method `m` did not stay there; no row or null: it did, nothing has gone there yet, or the
 * provider has said since that the account can be paid. The index of a method's attempts leads there, the newest first.
 */
const lastFaults = sql`select case when p.state = 'completed' or coalesce((select k.state = 'ready' and k.checked_at > p.state_at
        from provider_account k where k.provider = m.type and k.fingerprint = m.fingerprint), false)
      then null else p.reason_code end as code
    from (select t.id, t.payout_id, t.ordinal from payout_attempt t where t.method_id = m.id
      order by t.method_id desc, t.id desc limit ${sql.lit(lookedAtMax)}) a
    join payout p on p.id = a.payout_id and p.attempt_count = a.ordinal
    where p.state in ('failed', 'returned', 'completed') and p.next_retry_at is null
    order by a.id desc limit 1`;

/** What stands between a payee and their money, beside holds. */
export interface Barrier {
  payeeId: bigint;
  /** Why the provider says that the account of the method in use cannot be paid; null: it can, or nobody knows. */
  notReadyCode: string | null;
  notReadyDetail: string | null;
  lastFault: string | null;
}

/** Of each of these payees who has a payout method, in one statement. */
export async function barriersOf(db: Db, payeeIds: readonly bigint[]): Promise<Map<bigint, Barrier>> {
  const rows = await all(
    db,
    sql<Barrier>`select m.payee_id as "payeeId",
        case when k.id is not null then coalesce(k.reason_code, 'receiver_not_enabled') end as "notReadyCode",
        k.reason_detail as "notReadyDetail", f.code as "lastFault"
      from payout_method m
      left join provider_account k on k.provider = m.type and k.fingerprint = m.fingerprint and k.state = 'not_ready'
      left join lateral (${lastFaults}) f on true
      where m.is_default and m.payee_id = any(${payeeIds as bigint[]}::bigint[])`,
  );
  return new Map(rows.map((row) => [row.payeeId, row]));
}

/**
 * Whether nothing is in the way of paying a payee `y`: the same as `blocksOf` of core says in words. One look into each index
 * per payee, so it is asked of as many as a page may look at.
 */
export function canBePaid(now: Date) {
  return sql`coalesce((select ${payable(now)}
      and not coalesce((${lastFaults}) = any(${accountFaultCodes}::text[]), false)
    from payout_method m where m.payee_id = y.id and m.is_default), false)`;
}
