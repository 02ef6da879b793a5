import { sql } from 'kysely';
import type { Db } from './db.ts';
import { all, one } from './db.ts';
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

/** Why the provider says that the account of the payee's method cannot be paid; null: it can, or nobody knows. */
export async function accountFault(
  db: Db,
  payeeId: bigint,
): Promise<{ code: string; detail: string | null } | null> {
  const row = await one(
    db,
    sql<{ code: string; detail: string | null }>`select
        coalesce(k.reason_code, 'receiver_not_enabled') as code, k.reason_detail as detail from payout_method m
      join provider_account k on k.provider = m.type and k.fingerprint = m.fingerprint and k.state = 'not_ready'
      where m.payee_id = ${payeeId} and m.is_default`,
  );
  return row ?? null;
}
