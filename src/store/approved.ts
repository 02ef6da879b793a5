import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Db } from './db.ts';
import { all } from './db.ts';
import type { Cursor, Eligible } from './eligibility.ts';
import { columns, firstEarning, ofPayout } from './eligibility.ts';
import { doubted } from './doubts.ts';
import { inExport } from './hand-transfers.ts';
import type { Moment } from './payable.ts';
import { payable } from './payable.ts';

/** True for an approved payout `p` of payee `y`, pinned to method `m`, that is sent with the next ones. */
export function isReady(now: Moment): RawBuilder<boolean> {
  return sql<boolean>`(p.off_state = 'approved' and (p.hold_reason is null or p.hold_until <= ${now}) and not ${inExport}
    and not ${doubted} and ${payable(now)})`;
}

/**
 * A page of approved payouts whose pinned method the provider pays and is usable, that are not on hold nor in doubt, that were
 * not handed over to be paid by hand (somebody may be paying them), and whose payee is active and not on hold. They are
 * locked: whoever marks one as paid by hand waits or comes first, and what somebody else has locked is left for later.
 */
export async function approvedPage(
  tx: Db,
  method: string,
  now: Date,
  after: Cursor,
  limit: number,
): Promise<Eligible[]> {
  return all(
    tx,
    sql<Eligible>`with x as materialized (
        select ${ofPayout}, p.method_id from payout p ${firstEarning}
        join payout_method m on m.id = p.method_id and m.is_default and m.type = ${method}
        join payee y on y.id = p.payee_id
        where ${isReady(now)} and (p.currency, e.id) > (${after.currency}, ${after.earningId}::bigint)
        order by p.currency, e.id limit ${limit} for update of p skip locked)
      select ${columns}, true as reserved from x join payee y on y.id = x.payee_id
      join payout_method m on m.id = x.method_id order by x.currency, x.earning_id`,
  );
}
