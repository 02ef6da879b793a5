import { sql } from 'kysely';
import type { MoneyPlace } from '../core/payout.ts';
import { payoutStates, placeOf } from '../core/payout.ts';
import { retriesMax } from '../core/retry.ts';
import type { Broken, Rules } from './verify-books.ts';

/** Rules about payouts, attempts, submissions and batches. Each selects the rows that break it. */
export function payoutRules(): Rules {
  return { ...moneyRules(), ...attemptRules(), ...submissionRules(), ...batchRules() };
}

/** All of an earning `e`, or what is covered of one that was taken back while no payout carried it. */
const carried = sql`(l.amount = e.net or e.reversed_at is not null and l.amount = e.covered)`;

function moneyRules(): Rules {
  return {
    'money of a payout is where its state says': placeRule(),
    'payout is of its earnings': sql<Broken>`
      select 'payout ' || p.public_id as subject, coalesce(p.source_amount, p.amount) || ' against earnings of ' || coalesce(l.linked, 0) || ' less ' ||
        coalesce(c.recovered, 0) as detail
      from payout p
      left join (select l.payout_id, sum(l.amount) as linked, bool_and(${carried}) as whole, count(distinct (e.payee_id, e.currency)) as kinds,
          min(e.payee_id) as payee_id, min(e.currency) as currency
        from payout_earning l join earning e on e.id = l.earning_id group by l.payout_id) l on l.payout_id = p.id
      left join (select payout_id, sum(amount) as recovered from payout_recovery group by payout_id) c on c.payout_id = p.id
      where (p.kind <> 'legacy' or p.state not in ('failed', 'returned') or l.payout_id is not null)
        and (coalesce(p.source_amount, p.amount) <> coalesce(l.linked, 0) - coalesce(c.recovered, 0) or not l.whole
        or (l.kinds, l.payee_id, l.currency)
          is distinct from (1::bigint, p.payee_id, coalesce(p.source_currency, p.currency)::text))`,
    // A payout that will never be paid frees its earnings; no other does, as they could be paid a second time.
    'earning is free exactly when its payout is over without payment': sql<Broken>`
      select 'payout ' || p.public_id as subject, p.state || ', earning ' || l.earning_id ||
        case when l.released_at is null then ' bound' else ' free' end as detail
      from payout p join payout_earning l on l.payout_id = p.id
      where (l.released_at is not null) <> (p.state in ('cancelled', 'declined')
        or (p.kind = 'legacy' and p.state in ('failed', 'returned')))`,
  };
}

function attemptRules(): Rules {
  return {
    'payout counts its attempts': sql<Broken>`
      select 'payout ' || p.public_id as subject, p.attempt_count || ' against ' || count(a.id) || ' attempts' as detail
      from payout p left join payout_attempt a on a.payout_id = p.id group by p.id
      having p.attempt_count <> count(a.id) or p.attempt_count <> coalesce(max(a.ordinal), 0)`,
    'payout and its last attempt agree': sql<Broken>`
      select 'payout ' || p.public_id as subject, p.state || ' but attempt ' || a.item_reference || ' is ' || a.state as detail
      from payout p join payout_attempt a on a.payout_id = p.id and a.ordinal = p.attempt_count
      where a.state::text <> case when p.state in ('queued', 'sending', 'sent') then 'pending' else p.state::text end
        and not (p.state in ('completed', 'cancelled', 'pending_approval', 'approved', 'declined') and a.state in ('failed', 'returned'))
        and not (p.state = 'returned' and a.state = 'failed' and (p.paid_by_hand_at is not null
          or exists (select 1 from payout_attempt x where x.payout_id = p.id and x.state = 'returned')))`,
    'payout is tried again by itself only for a temporary reason, and so often': sql<Broken>`
      select 'payout ' || p.public_id as subject, p.auto_retries || ' retries, failed for a reason that is ' ||
        coalesce(a.persistence, 'not known') as detail
      from payout p join payout_attempt a on a.payout_id = p.id and a.ordinal = p.attempt_count
      where p.next_retry_at is not null
        and (a.persistence is distinct from 'temporary' or p.auto_retries >= ${sql.lit(retriesMax)})`,
    'attempt is of its payout': sql<Broken>`
      select 'attempt ' || a.item_reference as subject, a.amount || ' ' || a.currency || ' for a payout of ' ||
        coalesce(p.amount || ' ' || p.currency, 'nothing') as detail
      from payout_attempt a left join payout p on p.id = a.payout_id
      where (a.amount, a.currency) is distinct from (p.amount, p.currency)`,
    'attempt that ended was posted so': sql<Broken>`
      select 'attempt ' || a.item_reference as subject, a.state || ' without such a posting' as detail
      from payout_attempt a
      where a.submission_id is not null and a.state in ('completed', 'failed', 'returned', 'cancelled')
        and not exists (select 1 from journal j
          where j.source_type = 'attempt' and j.source_id = a.id and j.kind = a.state::text)`,
    'payout on its way agrees with its submission': sql<Broken>`
      select 'payout ' || p.public_id as subject, p.state || ' in a submission that is ' || s.state as detail
      from payout p join payout_attempt a on a.payout_id = p.id and a.ordinal = p.attempt_count
      join submission s on s.id = a.submission_id
      where s.state::text <> all(case p.state when 'queued' then array['planned'] when 'sending' then array['sending', 'unknown']
        when 'sent' then array['accepted'] when 'held' then array['accepted'] when 'unclaimed' then array['accepted']
        else array[s.state::text] end)`,
  };
}

function submissionRules(): Rules {
  return {
    'submission total equals its attempts': sql<Broken>`
      select 'submission ' || s.provider_key as subject, s.total || ' for ' || s.item_count || ' items against ' ||
        coalesce(sum(a.amount), 0) || ' for ' || count(a.id) as detail
      from submission s left join payout_attempt a on a.submission_id = s.id
      where s.state <> 'rejected' group by s.id
      having s.total <> coalesce(sum(a.amount), 0) or s.item_count <> count(a.id)`,
    'submission is where its last event left it': sql<Broken>`
      select 'submission ' || s.provider_key as subject, s.state || ' after ' || coalesce(v.event, 'nothing') as detail
      from submission s left join lateral (select event, to_state from submission_event
        where submission_id = s.id order by id desc limit 1) v on true
      where s.state <> coalesce(v.to_state, 'planned')`,
    'frozen request is the one that left': sql<Broken>`
      select 'submission ' || s.provider_key as subject, 'stored hash ' || r.body_hash as detail
      from submission_request r join submission s on s.id = r.submission_id
      where not exists (select 1 from submission_event v
        where v.submission_id = s.id and v.event = 'send' and v.detail = 'bytes ' || r.body_hash)`,
    'submission that left has its frozen request': sql<Broken>`
      select 'submission ' || s.provider_key as subject, s.state::text as detail
      from submission s left join submission_request r on r.submission_id = s.id
      where s.state in ('sending', 'unknown', 'accepted') and r.submission_id is null`,
  };
}

function batchRules(): Rules {
  return {
    'batch total equals its attempts': sql<Broken>`
      select 'batch ' || b.public_id as subject, b.total_items || ' items against ' || count(a.id) || ' attempts' as detail
      from payout_batch b left join payout_attempt a on a.batch_id = b.id group by b.id having b.total_items <> count(a.id)`,
    'batch is completed exactly when nothing is open': sql<Broken>`
      select 'batch ' || b.public_id as subject, b.state || ' with ' || count(a.id) || ' open attempts, ' || b.open_items ||
        ' counted' as detail
      from payout_batch b left join payout_attempt a on a.batch_id = b.id and a.state in ('pending', 'held')
      group by b.id
      having b.open_items <> count(a.id) or (b.state in ('completed', 'failed', 'cancelled') and count(a.id) > 0)
        or (b.state = 'processing' and count(a.id) = 0)`,
    'batch is cancelled exactly when all of it is': sql<Broken>`
      select 'batch ' || b.public_id as subject, b.state || ' with ' || count(a.id) || ' cancelled attempts' as detail
      from payout_batch b left join payout_attempt a on a.batch_id = b.id and a.state = 'cancelled'
      group by b.id having (b.state = 'cancelled') <> (b.total_items > 0 and count(a.id) = b.total_items)`,
    // The hash of the keys it began with; a submission that carries on after a refusal came later.
    'batch checksum is of its submissions': sql<Broken>`
      select 'batch ' || b.public_id as subject, 'stored checksum ' || b.checksum as detail
      from payout_batch b left join submission s on s.batch_id = b.id
        and not exists (select 1 from submission_event v where v.submission_id = s.id and v.event = 'replace')
      where b.state <> 'preparing' group by b.id
      having b.checksum <> encode(sha256(convert_to(coalesce(string_agg(s.provider_key, E'\\n' order by s.id), ''),
        'UTF8')), 'hex')`,
  };
}

/** Net of the journals of a payout and its attempts per account must be what the payout's state says: each cent is in exactly one place. */
function placeRule() {
  const byPlace = (place: MoneyPlace) =>
    sql.join(payoutStates.filter((state) => placeOf(state) === place).map((state) => sql.lit(state)));
  return sql<Broken>`
    select 'payout ' || p.public_id as subject, p.state || ': reserved ' || coalesce(m.reserved, 0) || ', clearing ' ||
      coalesce(m.clearing, 0) || ', paid ' || coalesce(m.paid, 0) || ' of ' || p.amount || ', come back ' ||
      coalesce(c.part, 0) as detail
    from payout p left join (
      select f.payout_id,
        sum(e.amount) filter (where e.account = 'payee_reserved') as reserved,
        sum(e.amount) filter (where e.account in ('provider_clearing', 'legacy_clearing')) as clearing,
        sum(e.amount) filter (where e.account in ('provider_float', 'legacy_paid')) as paid,
        count(*) filter (where (e.account = 'payee_reserved' and e.owner_id <> f.payee_id)
          or e.currency <> case when e.account in ('provider_clearing', 'provider_float', 'fx_spread') then f.currency
            when e.account = 'fx_clearing' then e.currency else coalesce(f.source_currency, f.currency) end) as strange
      from (select x.id as payout_id, x.payee_id, x.currency, x.source_currency, a.id as source_id, 'attempt' as source_type
          from payout_attempt a join payout x on x.id = a.payout_id
        union all select id, payee_id, currency, source_currency, id, 'payout' from payout where kind <> 'cycle' or paid_by_hand_at is not null
          or state in ('cancelled', 'returned')) f
      join journal j on j.source_type = f.source_type and j.source_id = f.source_id
      join entry e on e.journal_id = j.id group by f.payout_id) m on m.payout_id = p.id
    left join (select payout_id, sum(returned_part) as part from payout_attempt
      where returned_part > 0 and state = 'completed' group by payout_id) c on c.payout_id = p.id
    where coalesce(m.reserved, 0) <>
        case when p.state in (${byPlace('reserved')}) then coalesce(p.source_amount, p.amount) else 0 end
      or coalesce(m.clearing, 0) <> case when p.state in (${byPlace('clearing')}) then p.amount else 0 end
      or coalesce(m.paid, 0) <> case when p.state in (${byPlace('paid')}) then p.amount - coalesce(c.part, 0) else 0 end
      or coalesce(m.strange, 0) > 0`;
}
