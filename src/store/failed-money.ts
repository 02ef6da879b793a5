import { sql } from 'kysely';
import type { FailedMoney } from '../core/failed-money.ts';
import type { Db } from './db.ts';
import { all, one } from './db.ts';

/** Newest payouts of a payee among which those that failed are looked for. */
const lookedAtMax = 1000;

const newest = (payeeId: bigint) => sql`(select * from payout n where n.payee_id = ${payeeId}
  order by n.payee_id desc, n.id desc limit ${lookedAtMax})`;

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

/**
 * Why the last payout that went to the method in use did not stay there; null: it did, nothing has gone there yet, or the
 * provider has said since that the account can be paid.
 */
export async function lastFault(db: Db, payeeId: bigint): Promise<string | null> {
  const row = await one(
    db,
    sql<{ code: string | null; isReady: boolean }>`select case when p.state in ('failed', 'returned')
          then coalesce(p.reason_code, '') end as code,
        coalesce(k.state = 'ready' and k.checked_at > p.state_at, false) as "isReady"
      from ${newest(payeeId)} p join payout_attempt a on a.payout_id = p.id and a.ordinal = p.attempt_count
      join payout_method m on m.id = a.method_id and m.is_default
      left join provider_account k on k.provider = m.type and k.fingerprint = m.fingerprint
      where p.state in ('failed', 'returned', 'completed') and p.next_retry_at is null
      order by a.id desc limit 1`,
  );
  return row && !row.isReady && row.code !== '' ? row.code : null;
}
