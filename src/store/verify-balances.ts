import { sql } from 'kysely';
import { payoutStates, placeOf } from '../core/payout.ts';
import { awayByPayouts } from './away.ts';
import type { Broken, Rules } from './verify-books.ts';

/** Rules about earnings that wait or were taken back, and about what a payee's balance is made of. */
export function balanceRules(): Rules {
  return {
    'earning that waits or was taken back is booked so': sql<Broken>`
      select 'earning ' || e.external_id as subject, 'pending ' || e.pending || ', reversed ' || (e.reversed_at is not null) ||
        ', booked pending ' || coalesce(b.pending, 0) || ' and ' || coalesce(b.reversed, 0) || ' reversals' as detail
      from earning e left join (
        select j.source_id, sum(t.amount) filter (where t.account = 'payee_pending') as pending,
          count(*) filter (where j.kind = 'reversed' and t.account = 'source') as reversed,
          sum(t.amount) filter (where j.kind = 'reversed' and t.account = 'source') as back,
          sum(t.amount) filter (where j.kind ~ '^covered-' and t.account = 'payee_available') as covered
        from journal j join entry t on t.journal_id = j.id where j.source_type = 'earning' group by j.source_id) b
        on b.source_id = e.id
      where coalesce(b.pending, 0) <> case when e.pending then e.net else 0 end
        or coalesce(b.back, 0) <> case when e.reversed_at is null then 0 else e.gross end
        or coalesce(b.covered, 0) <> e.covered`,
    'what is there to be paid is what no payout carries': sql<Broken>`
      select 'earning ' || coalesce(e.external_id, u.id::text) as subject, case when u.id is null then 'not there' when e.id is null
        then 'of nothing known' else 'there, ' || u.net || ' ' || u.currency end as detail
      from earning e full join earning_unpaid u on u.id = e.id
        left join payout_earning l on l.earning_id = e.id and l.released_at is null
      where case when e.id is null then true
        -- What was taken back in the moment it came free may be there, and is left out by whoever reads it.
        when e.reversed_at is not null then false
        when e.pending or l.earning_id is not null then u.id is not null
        else (u.payee_id = e.payee_id and u.cycle_id is not distinct from e.cycle_id and u.currency = e.currency
          and u.net = e.net and u.available_at = e.available_at) is not true end`,
    'available balance is made of its earnings': availableRule(),
    'what has left a payee is what their payouts say': awayRule(),
    'recovery is of what was taken back': sql<Broken>`
      select 'recovery of earning ' || c.earning_id as subject, c.amount || ' by payout ' || coalesce(p.public_id, 'nothing') as detail
      from payout_recovery c left join payout p on p.id = c.payout_id left join earning e on e.id = c.earning_id
      where (e.reversed_at is not null and (e.net - e.covered = c.amount or c.released_at is not null) and e.payee_id = p.payee_id
        and e.currency = coalesce(p.source_currency, p.currency)
        and (c.released_at is not null) = (p.state in ('cancelled', 'declined'))) is not true`,
    'payout waits for approval as long as it says': sql<Broken>`
      select 'payout ' || public_id as subject, state::text as detail from payout
      where (state = 'pending_approval') <> (expires_at is not null)`,
    'payout paid by hand says so': sql<Broken>`
      select 'payout ' || p.public_id as subject, p.state || ', by hand ' || (p.paid_by_hand_at is not null) as detail
      from payout p where p.state = 'completed' and p.kind <> 'legacy' and (p.paid_by_hand_at is null)
        <> exists (select 1 from payout_attempt a where a.payout_id = p.id and a.state = 'completed')`,
  };
}

/**
 * What is available: earnings that wait no more and are in no live payout, what failed or came back, and parts that came back
 * and nobody has decided about; less what was taken back and not recovered. A payout holds its earnings less its recoveries.
 */
function availableRule() {
  const back = payoutStates.filter((state) => placeOf(state) === 'available');
  return sql<Broken>`
    select 'payee ' || coalesce(b.owner_id, x.payee_id) as subject, coalesce(b.currency, x.currency) || ' available ' ||
      coalesce(b.amount, 0) || ', its parts say ' || coalesce(x.amount, 0) as detail
    from (select owner_id, currency, amount from balance where account = 'payee_available') b
    full join (select payee_id, currency, sum(amount) as amount from (
        select e.payee_id, e.currency, e.net as amount from earning e
        where not e.pending
          and not exists (select 1 from payout_earning l where l.earning_id = e.id and l.released_at is null)
        union all
        select e.payee_id, e.currency, e.covered - coalesce((
            select l.amount from payout_earning l where l.earning_id = e.id and l.released_at is null), e.net) from earning e
        where e.reversed_at is not null
          and not exists (select 1 from payout_recovery c where c.earning_id = e.id and c.released_at is null)
        union all
        select p.payee_id, coalesce(p.source_currency, p.currency), coalesce(p.source_amount, p.amount) from payout p
        where p.state in (${sql.join(back.map((state) => sql.lit(state)))})
          and exists (select 1 from payout_earning l where l.payout_id = p.id and l.released_at is null)
        union all
        select p.payee_id, coalesce(p.source_currency, p.currency), t.returned - t.decided from payout_part t
        join payout_attempt a on a.id = t.attempt_id and a.state = 'completed' join payout p on p.id = a.payout_id) parts
      group by payee_id, currency) x on x.payee_id = b.owner_id and x.currency = b.currency
    where coalesce(b.amount, 0) <> coalesce(x.amount, 0)`;
}

function awayRule() {
  return sql<Broken>`
    select 'payee ' || coalesce(b.owner_id, x.payee_id) as subject, coalesce(b.currency, x.currency) || ' on its way ' ||
      coalesce(b.on_its_way, 0) || ' and paid ' || coalesce(b.paid, 0) || ', payouts say ' || coalesce(x.on_its_way, 0) ||
      ' and ' || coalesce(x.paid, 0) as detail
    from (select owner_id, currency, on_its_way, paid from balance where account = 'payee_reserved') b
    full join ${awayByPayouts} x on x.payee_id = b.owner_id and x.currency = b.currency
    where coalesce(b.on_its_way, 0) <> coalesce(x.on_its_way, 0) or coalesce(b.paid, 0) <> coalesce(x.paid, 0)`;
}
