import { sql } from 'kysely';
import { awayByPayouts } from './away.ts';
import type { Db } from './db.ts';
import { all } from './db.ts';
import type { Difference } from './verify.ts';
import type { Broken } from './verify-books.ts';

/**
 * Rebuilds every balance row in a shadow table, from the entries and, for what has left a payee, from their payouts; answers what
 * differs, and with `apply` corrects it. Who posts waits for the lock, so nothing is posted between the sums and the correction.
 */
export async function rebuild(tx: Db, apply: boolean): Promise<Difference[]> {
  if (apply) await sql`lock table balance in exclusive mode`.execute(tx);
  await sql`create temporary table balance_shadow on commit drop as
    select account, owner_id, currency, sum(amount)::bigint as amount, sum(on_its_way)::bigint as on_its_way, sum(paid)::bigint as paid
    from (
      select account, owner_id, currency, amount, 0 as on_its_way, 0 as paid from entry
        where account in ('payee_pending', 'payee_available', 'payee_reserved')
      union all
      select 'payee_reserved', payee_id, currency, 0, on_its_way, paid from ${awayByPayouts} x) parts
    group by account, owner_id, currency`.execute(tx);
  const rows = await all(tx, differing);
  if (apply && rows.length > 0) {
    await sql`update balance b set (amount, on_its_way, paid) = (
      select coalesce(sum(s.amount), 0), coalesce(sum(s.on_its_way), 0), coalesce(sum(s.paid), 0) from balance_shadow s
      where s.owner_id = b.owner_id and s.account = b.account and s.currency = b.currency)`.execute(tx);
    await sql`insert into balance (account, owner_id, currency, amount, on_its_way, paid)
      select account, owner_id, currency, amount, on_its_way, paid from balance_shadow on conflict do nothing`.execute(
      tx,
    );
  }
  return rows.map((row) => ({ rule: 'balance equals its entries', ...row }));
}

const differing = sql<Broken>`select 'payee ' || coalesce(b.owner_id, s.owner_id) as subject, coalesce(b.account, s.account) || ' ' ||
    coalesce(b.currency, s.currency) || ': ' || coalesce(b.amount::text, 'missing') || ' becomes ' ||
    coalesce(s.amount, 0) ||
    case when (coalesce(b.on_its_way, 0), coalesce(b.paid, 0)) <> (coalesce(s.on_its_way, 0), coalesce(s.paid, 0))
      then ', on its way ' || coalesce(b.on_its_way, 0) || ' becomes ' || coalesce(s.on_its_way, 0) || ', paid ' ||
        coalesce(b.paid, 0) || ' becomes ' || coalesce(s.paid, 0) else '' end as detail
  from balance b full join balance_shadow s using (owner_id, account, currency)
  where coalesce(b.amount, 0) <> coalesce(s.amount, 0) or coalesce(b.on_its_way, 0) <> coalesce(s.on_its_way, 0)
    or coalesce(b.paid, 0) <> coalesce(s.paid, 0)`;
