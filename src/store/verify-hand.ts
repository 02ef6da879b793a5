import { sql } from 'kysely';
import type { Broken, Rules } from './verify-books.ts';

/** Rules about what was handed over to be paid by hand. Each selects the rows that break it. */
export function handRules(): Rules {
  return {
    // The mark keeps a provider from sending what somebody may be paying. Once it came back, nobody is.
    'payout is marked as handed over exactly when it is in an export and has not come back since': sql<Broken>`
      select 'payout ' || coalesce(p.public_id, h.payout_id::text) as subject,
        case when h.payout_id is null then 'marked, but in no export' else 'in an export, but not marked' end as detail
      from (select id, public_id from payout where hand_exported_at is not null) p
      full join (select distinct t.payout_id from hand_transfer t where not exists (
        select 1 from payout_event r where r.payout_id = t.payout_id and r.event = 'return' and r.id >
          (select max(x.id) from payout_event x where x.payout_id = t.payout_id and x.event = 'export'))) h on h.payout_id = p.id
      where p.id is null or h.payout_id is null`,
    'reference a payout was paid under by hand is kept': sql<Broken>`
      select 'payout ' || p.public_id as subject, 'paid under ' || p.paid_reference || ', which is not kept' as detail
      from payout p where p.paid_reference is not null and not exists (select 1 from payout_paid_reference u
        where u.payout_id = p.id and u.reference = p.paid_reference)`,
    'transfer is of its payout': sql<Broken>`
      select 'export ' || x.public_id as subject, h.amount || ' ' || h.currency || ' by ' || x.method || ' for a payout of ' ||
        coalesce(p.amount || ' ' || p.currency, 'nothing') as detail
      from hand_transfer h join hand_transfer_export x on x.id = h.export_id left join payout p on p.id = h.payout_id
      left join payout_method m on m.id = h.method_id
      where (h.amount, h.currency, m.payee_id, m.type) is distinct from (p.amount, p.currency, p.payee_id, x.method)`,
    'export counts its transfers': sql<Broken>`
      select 'export ' || coalesce(x.public_id, h.export_id::text) as subject,
        coalesce(x.transfer_count, 0) || ' against ' || coalesce(h.transfers, 0) as detail
      from hand_transfer_export x
      full join (select export_id, count(*) as transfers from hand_transfer group by export_id) h on h.export_id = x.id
      where x.transfer_count is distinct from h.transfers`,
  };
}
