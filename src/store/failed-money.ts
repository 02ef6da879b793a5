import { sql } from 'kysely';
import type { FailedMoney } from '../core/failed-money.ts';
import type { Db } from './db.ts';
import { all } from './db.ts';

/** Newest payouts of a payee among which those that failed are looked for. */
const lookedAtMax = 1000;

/**
 * What payouts carry that failed or came back, in the currency of the balance it counts as available in. Their own index leads
 * to them, so payouts that were paid cost nothing here.
 */
export async function failedMoney(db: Db, payeeId: bigint): Promise<FailedMoney[]> {
  return all(
    db,
    sql<FailedMoney>`select coalesce(p.source_currency, p.currency) as currency, count(*)::int as count,
        sum(coalesce(p.source_amount, p.amount))::bigint as amount
      from (select * from payout f where f.payee_id = ${payeeId} and f.state in ('failed', 'returned')
        and f.kind <> 'legacy' limit ${lookedAtMax}) p
      group by 1 order by 1`,
  );
}
