import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Db } from './db.ts';
import { all } from './db.ts';

/** True for an earning `r` that was taken back while its money had left or was leaving, and that no payout has recovered. */
export const isOwed = sql<boolean>`(r.reversed_at is not null
  and exists (select 1 from payout_earning ol where ol.earning_id = r.id and ol.released_at is null)
  and not exists (select 1 from payout_recovery oc where oc.earning_id = r.id and oc.released_at is null))`;

/**
 * True when a payee owes in this currency. Columns by name, such as `x.payee_id`. Most payees never had anything taken back,
 * so the outer look into the small index decides.
 */
export function owes(payee: string, currency: string): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from earning r where r.payee_id = ${sql.raw(payee)}
    and r.currency = ${sql.raw(currency)} and ${isOwed})`;
}

/** What a payee owes in a currency, earning by earning, oldest first; minor units. */
export async function owedEarnings(
  db: Db,
  payeeId: bigint,
  currency: string,
): Promise<{ id: bigint; amount: bigint }[]> {
  return all(
    db,
    sql<{ id: bigint; amount: bigint }>`select r.id, r.net as amount from earning r
      where r.payee_id = ${payeeId} and r.currency = ${currency} and ${isOwed} order by r.id`,
  );
}
