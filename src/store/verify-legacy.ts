import { sql } from 'kysely';
import type { Broken, Rules } from './verify-books.ts';

/** Rules about what was imported from an earlier system. Each selects the rows that break it. */
export function legacyRules(): Rules {
  return {
    'imported payout has its row': sql<Broken>`
      select 'payout ' || p.public_id as subject, count(r.id) || ' matched rows' as detail
      from payout p left join legacy_row r on r.payout_id = p.id and r.result = 'matched'
      where p.kind = 'legacy' group by p.id having count(r.id) <> 1`,
    'matched row is of its payout': sql<Broken>`
      select 'import row ' || r.public_id as subject, r.amount || ' ' || r.currency || ' for payout ' ||
        coalesce(p.public_id || ' of ' || p.amount || ' ' || p.currency, 'that is not there') as detail
      from legacy_row r left join payout p on p.id = r.payout_id where r.result = 'matched'
        and (p.kind, p.payee_id, p.amount, p.currency) is distinct from ('legacy'::text, r.payee_id, r.amount, r.currency)`,
    'matched row and its payout name the same earning': sql<Broken>`
      select 'import row ' || r.public_id as subject, 'earning ' || coalesce(r.earning_id::text, 'none') || ', its payout ' ||
        coalesce(l.earning_id::text, 'none') as detail
      from legacy_row r left join payout_earning l on l.payout_id = r.payout_id
      where r.result = 'matched' and l.earning_id is distinct from r.earning_id`,
    'earning of an import is of its row': sql<Broken>`
      select 'earning ' || e.external_id as subject, 'is of no import, or not as its row says' as detail
      from legacy_row r join earning e on e.id = r.earning_id
      where r.own_earning <> (e.source_type = 'legacy' and e.external_id = r.public_id)`,
    // What an earlier system paid left before these books began: it touches no account of a provider, and nothing else its own.
    'money of an earlier system stays apart': sql<Broken>`
      select 'journal ' || j.id as subject, e.account || ' of ' || j.source_type || ' ' || j.source_id as detail
      from entry e join journal j on j.id = e.journal_id
      left join payout p on j.source_type = 'payout' and p.id = j.source_id
      where (e.account in ('legacy_clearing', 'legacy_paid') and p.kind is distinct from 'legacy')
        or (e.account in ('provider_clearing', 'provider_float') and p.kind = 'legacy')`,
    'import counts its rows': sql<Broken>`
      select 'import ' || coalesce(i.public_id, 'that is not there') as subject, coalesce(t.result, r.result) || ' ' ||
        coalesce(t.currency, r.currency) || ': ' || coalesce(t.rows, 0) || ' rows of ' || coalesce(t.amount, 0) ||
        ' counted, ' || coalesce(r.rows, 0) || ' of ' || coalesce(r.amount, 0) || ' there' as detail
      from (select * from legacy_tally where rows > 0 or amount > 0) t
      full join (select import_id, result, case when amount is null then '' else coalesce(currency, '') end as currency,
          count(*) as rows, coalesce(sum(amount), 0) as amount from legacy_row group by 1, 2, 3) r
        on r.import_id = t.import_id and r.result = t.result and r.currency = t.currency
      left join legacy_import i on i.id = coalesce(t.import_id, r.import_id)
      where coalesce(t.rows, 0) <> coalesce(r.rows, 0) or coalesce(t.amount, 0) <> coalesce(r.amount, 0)`,
  };
}
