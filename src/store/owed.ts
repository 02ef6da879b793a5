import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Db } from './db.ts';
import type { OwedEarning } from '../core/cover.ts';
import { all } from './db.ts';

/** True for an earning `r` that was taken back while its money had left or was leaving, and that neither a payout has recovered nor what came back of its payment covers. */
export const isOwed = sql<boolean>`(r.reversed_at is not null and r.covered < r.net
  and exists (select 1 from payout_earning ol where ol.earning_id = r.id and ol.released_at is null and ol.amount > r.covered)
  and not exists (select 1 from payout_recovery oc where oc.earning_id = r.id and oc.released_at is null))`;

/** What is owed of an earning `r`; minor units. A payout that carries what is covered of it pays nothing that is owed. */
export const owedAmount = sql<bigint>`((select ol.amount from payout_earning ol
  where ol.earning_id = r.id and ol.released_at is null) - r.covered)`;

/**
 * True when a payee owes in this currency. Columns by name, such as `x.payee_id`. Most payees never had anything taken back,
 * so the outer look into the small index decides.
 */
export function owes(payee: string, currency: string): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from earning r where r.payee_id = ${sql.raw(payee)}
    and r.currency = ${sql.raw(currency)} and ${isOwed})`;
}

/** True of a payout `p` that is planned to be tried again, and is not, as its payee owes. Looked for where a retry is planned alone. */
export const owesAtRetry = sql<boolean>`(p.next_retry_at is not null
  and ${owes('p.payee_id', 'coalesce(p.source_currency, p.currency)')})`;

/** What a payee owes in a currency, earning by earning, oldest first; minor units. */
export async function owedEarnings(
  db: Db,
  payeeId: bigint,
  currency: string,
): Promise<{ id: bigint; amount: bigint }[]> {
  return all(
    db,
    sql<{ id: bigint; amount: bigint }>`select r.id, ${owedAmount} as amount from earning r
      where r.payee_id = ${payeeId} and r.currency = ${currency} and ${isOwed} order by r.id`,
  );
}

/** What is owed of the earnings that a payout paid, locked, oldest first. The payee is locked, so that none is recovered meanwhile. */
export async function lockOwedOf(tx: Db, payoutId: bigint): Promise<OwedEarning[]> {
  return all(
    tx,
    sql<OwedEarning>`select r.id, ${owedAmount} as owed from payout_earning l join earning r on r.id = l.earning_id
      where l.payout_id = ${payoutId} and l.released_at is null and ${isOwed} order by r.id for update of r`,
  );
}

/** Some of what a payout paid was taken back and recovered by another payout. */
export async function isRecovered(tx: Db, payoutId: bigint): Promise<boolean> {
  const rows = await all(
    tx,
    sql`select 1 from payout_earning l join payout_recovery c on c.earning_id = l.earning_id and c.released_at is null
      where l.payout_id = ${payoutId} and l.released_at is null limit 1`,
  );
  return rows.length > 0;
}
