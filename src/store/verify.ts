import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { MoneyPlace } from '../core/payout.ts';
import { payoutStates, placeOf } from '../core/payout.ts';
import type { Db } from './db.ts';
import { all } from './db.ts';

/** One thing the books and the tables disagree about. */
export interface Difference {
  readonly rule: string;
  readonly subject: string;
  readonly detail: string;
}

/** Differences listed per rule; the count beyond it is said in words. */
const differencesPerRuleMax = 20;

type Row = { subject: string; detail: string };

/** Rules by name. Each selects the rows that break it; nothing else is trusted, everything is re-derived from entries. */
export function rules(): Record<string, RawBuilder<Row>> {
  return {
    'journal sums to zero': sql<Row>`
      select 'journal ' || journal_id as subject, currency || ' sums to ' || sum(amount) as detail
      from entry group by journal_id, currency having sum(amount) <> 0`,
    'journal has entries': sql<Row>`
      select 'journal ' || j.id as subject, source_type || ' ' || source_id || ' ' || kind as detail
      from journal j where not exists (select 1 from entry e where e.journal_id = j.id)`,
    'balance equals its entries': sql<Row>`
      select 'payee ' || coalesce(b.owner_id, e.owner_id) as subject,
        coalesce(b.account, e.account) || ' ' || coalesce(b.currency, e.currency) || ' is ' || coalesce(b.amount::text,
        'missing') || ', entries say ' || coalesce(e.amount, 0) as detail
      from balance b full join (select account, owner_id, currency, sum(amount) as amount from entry
        where account in ('payee_pending', 'payee_available', 'payee_reserved')
        group by account, owner_id, currency) e
        on e.owner_id = b.owner_id and e.account = b.account and e.currency = b.currency
      where coalesce(b.amount, 0) <> coalesce(e.amount, 0) or (b.amount is null and e.amount is not null)`,
    'earning is posted once and in full': sql<Row>`
      select 'earning ' || e.external_id as subject, 'net ' || e.net || ', posted ' || coalesce(p.net, 0) as detail
      from earning e left join (select j.source_id, sum(t.amount) as net from journal j join entry t on t.journal_id = j.id
        where j.source_type = 'earning' and t.account in ('payee_available', 'payee_pending')
        group by j.source_id) p on p.source_id = e.id
      where coalesce(p.net, 0) <> e.net`,
    'money of a payout is where its state says': placeRule(),
    'payout amount equals its earnings': sql<Row>`
      select 'payout ' || p.public_id as subject, p.amount || ' against earnings of ' || coalesce(sum(l.amount), 0) as detail
      from payout p left join payout_earning l on l.payout_id = p.id
      group by p.id having p.amount <> coalesce(sum(l.amount), 0)`,
    'payout and its last attempt agree': sql<Row>`
      select 'payout ' || p.public_id as subject, p.state || ' but attempt ' || coalesce(a.item_reference, 'missing') ||
        ' is ' || coalesce(a.state::text, 'missing') as detail
      from payout p left join payout_attempt a on a.payout_id = p.id and a.ordinal = p.attempt_count
      where (p.attempt_count > 0 and a.id is null)
        or (a.id is not null and (p.amount <> a.amount or p.currency <> a.currency or a.state::text <> case
          when p.state in ('queued', 'sending', 'sent') then 'pending' else p.state::text end)
          and not (p.state in ('completed', 'cancelled') and a.state in ('failed', 'returned')))`,
    'submission total equals its attempts': sql<Row>`
      select 'submission ' || s.provider_key as subject, s.total || ' for ' || s.item_count || ' items against ' ||
        coalesce(sum(a.amount), 0) || ' for ' || count(a.id) as detail
      from submission s left join payout_attempt a on a.submission_id = s.id
      where s.state not in ('rejected') group by s.id
      having s.total <> coalesce(sum(a.amount), 0) or s.item_count <> count(a.id)`,
    'batch total equals its attempts': sql<Row>`
      select 'batch ' || b.public_id as subject, b.total_items || ' items against ' || count(a.id) || ' attempts' as detail
      from payout_batch b left join payout_attempt a on a.batch_id = b.id group by b.id having b.total_items <> count(a.id)`,
    'batch is completed exactly when nothing is open': sql<Row>`
      select 'batch ' || b.public_id as subject, b.state || ' with ' || count(a.id) || ' open attempts' as detail
      from payout_batch b left join payout_attempt a on a.batch_id = b.id and a.state in ('pending', 'held')
      group by b.id
      having b.open_items <> count(a.id) or (b.state = 'completed' and count(a.id) > 0)
        or (b.state = 'processing' and count(a.id) = 0)`,
    'nothing names a row that is not there': orphans(),
    'frozen request is unchanged': sql<Row>`
      select 'submission ' || s.provider_key as subject, 'stored hash ' || r.body_hash as detail
      from submission_request r join submission s on s.id = r.submission_id
      where encode(sha256(r.body), 'hex') <> r.body_hash`,
    'submission that left has its frozen request': sql<Row>`
      select 'submission ' || s.provider_key as subject, s.state::text as detail
      from submission s left join submission_request r on r.submission_id = s.id
      where s.state in ('sending', 'unknown', 'accepted') and r.submission_id is null`,
  };
}

/** What foreign keys would say of the tables that are written in sets. */
function orphans(): RawBuilder<Row> {
  const references = [
    ['earning', 'payee_id', 'payee'],
    ['earning', 'cycle_id', 'cycle'],
    ['payout', 'payee_id', 'payee'],
    ['payout', 'cycle_id', 'cycle'],
    ['payout_earning', 'payout_id', 'payout'],
    ['payout_earning', 'earning_id', 'earning'],
    ['payout_attempt', 'payout_id', 'payout'],
    ['payout_attempt', 'batch_id', 'payout_batch'],
    ['payout_attempt', 'submission_id', 'submission'],
    ['payout_attempt', 'method_id', 'payout_method'],
    ['submission', 'batch_id', 'payout_batch'],
    ['submission_request', 'submission_id', 'submission'],
    ['entry', 'journal_id', 'journal'],
  ] as const;
  const arms = references.map(
    ([table, column, target]) => sql`select ${sql.lit(`${table}.${column}`)} as subject, 'names ' ||
      t.${sql.raw(column)} || ', which is not there' as detail from ${sql.raw(table)} t
      left join ${sql.raw(target)} r on r.id = t.${sql.raw(column)} where t.${sql.raw(column)} is not null and r.id is null`,
  );
  return sql<Row>`${sql.join(arms, sql` union all `)}`;
}

/** Net of an attempt's journals per account must be what the payout's state says: each cent is in exactly one place. */
function placeRule(): RawBuilder<Row> {
  const byPlace = (place: MoneyPlace) =>
    sql.join(payoutStates.filter((state) => placeOf(state) === place).map((state) => sql.lit(state)));
  return sql<Row>`
    select 'payout ' || p.public_id as subject, p.state || ': reserved ' || coalesce(m.reserved, 0) || ', clearing ' ||
      coalesce(m.clearing, 0) || ', paid ' || coalesce(m.paid, 0) || ' of ' || p.amount as detail
    from payout p left join (
      select a.payout_id,
        sum(e.amount) filter (where e.account = 'payee_reserved') as reserved,
        sum(e.amount) filter (where e.account = 'provider_clearing') as clearing,
        sum(e.amount) filter (where e.account = 'provider_float') as paid
      from payout_attempt a join journal j on j.source_type = 'attempt' and j.source_id = a.id
      join entry e on e.journal_id = j.id group by a.payout_id) m on m.payout_id = p.id
    where coalesce(m.reserved, 0) <> case when p.state in (${byPlace('reserved')}) then p.amount else 0 end
      or coalesce(m.clearing, 0) <> case when p.state in (${byPlace('clearing')}) then p.amount else 0 end
      or coalesce(m.paid, 0) <> case when p.state in (${byPlace('paid')}) then p.amount else 0 end`;
}

/** Re-derives balances, payout places, summaries and frozen requests from the entries; answers what differs. */
export async function verify(db: Db): Promise<{ rules: number; differences: Difference[] }> {
  const differences: Difference[] = [];
  const checks = Object.entries(rules());
  for (const [rule, query] of checks) {
    const rows = await all(
      db,
      sql<Row & { total: bigint }>`select *, count(*) over () as total from (${query}) broken
        order by subject limit ${differencesPerRuleMax}`,
    );
    for (const row of rows) differences.push({ rule, subject: row.subject, detail: row.detail });
    const more = Number(rows[0]?.total ?? 0n) - rows.length;
    if (more > 0) differences.push({ rule, subject: `${more} more`, detail: 'not listed' });
  }
  return { rules: checks.length, differences };
}

/** Rebuilds every guarded balance from the entries in a shadow table and answers what differs; with `apply`, corrects it. */
export async function rebuild(tx: Db, apply: boolean): Promise<Difference[]> {
  if (apply) await sql`lock table balance in exclusive mode`.execute(tx);
  await sql`create temporary table balance_shadow on commit drop as
    select account, owner_id, currency, sum(amount)::bigint as amount from entry
    where account in ('payee_pending', 'payee_available', 'payee_reserved')
    group by account, owner_id, currency`.execute(tx);
  const rows = await all(
    tx,
    sql<Row>`select 'payee ' || coalesce(b.owner_id, s.owner_id) as subject, coalesce(b.account, s.account) || ' ' ||
      coalesce(b.currency, s.currency) || ': ' || coalesce(b.amount::text, 'missing') || ' becomes ' ||
      coalesce(s.amount, 0) as detail
      from balance b full join balance_shadow s using (owner_id, account, currency)
      where coalesce(b.amount, 0) <> coalesce(s.amount, 0)`,
  );
  if (apply && rows.length > 0) {
    await sql`update balance b set amount = coalesce((select s.amount from balance_shadow s
      where s.owner_id = b.owner_id and s.account = b.account and s.currency = b.currency), 0)`.execute(tx);
    await sql`insert into balance (account, owner_id, currency, amount)
      select account, owner_id, currency, amount from balance_shadow on conflict do nothing`.execute(tx);
  }
  return rows.map((row) => ({ rule: 'balance equals its entries', ...row }));
}
