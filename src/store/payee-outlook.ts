import { sql } from 'kysely';
import type { Db } from './db.ts';
import { all } from './db.ts';
import type { PayoutRow } from './payouts.ts';
import { payoutColumns, payoutJoins } from './payouts.ts';

/** Newest payouts of a payee among which those under way are looked for. */
const lookedAtMax = 1000;

/** Payouts of a payee that are neither paid nor called off, the newest first, at most `limit`. */
export async function payoutsUnderWay(db: Db, payeeId: bigint, limit: number): Promise<PayoutRow[]> {
  return all(
    db,
    sql<PayoutRow>`with hit as materialized (
        select n.id from (select o.id, o.state from payout o where o.payee_id = ${payeeId}
            order by o.payee_id desc, o.id desc limit ${lookedAtMax}) n
          where n.state not in ('completed', 'declined', 'cancelled') order by n.id desc limit ${limit})
      select ${payoutColumns} from hit join payout p on p.id = hit.id ${payoutJoins} order by p.id desc`,
  );
}
