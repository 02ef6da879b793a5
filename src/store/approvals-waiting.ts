import { sql } from 'kysely';
import type { Db } from './db.ts';
import { all } from './db.ts';
import type { PayoutRow } from './payouts.ts';
import { payoutColumns, payoutJoins } from './payouts.ts';
import type { Found } from './windows.ts';
import { foundIn } from './windows.ts';

/** A page of what waits for approval, the oldest first, along the index of what is off its way. */
export async function waitingForApproval(db: Db, size: number, after: bigint): Promise<Found<PayoutRow>> {
  const rows = await all(
    db,
    sql<PayoutRow>`with hit as materialized (
        select w.id from payout w where w.off_state = 'pending_approval' and w.id > ${after}
          order by w.off_state, w.id limit ${size + 1})
      select ${payoutColumns} from hit join payout p on p.id = hit.id ${payoutJoins} order by p.id`,
  );
  return foundIn(db, rows, size, null);
}
