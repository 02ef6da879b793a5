import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import { platformOwner, providerOwners } from '../ledger/accounts.ts';

/** A row that breaks a rule. */
export interface Broken {
  readonly subject: string;
  readonly detail: string;
}

export type Rules = Record<string, RawBuilder<Broken>>;

/** Rules about the books alone, and about the facts they were posted for. Each selects the rows that break it. */
export function bookRules(): Rules {
  return {
    'journal sums to zero': sql<Broken>`
      select 'journal ' || journal_id as subject, currency || ' sums to ' || sum(amount) as detail
      from entry group by journal_id, currency having sum(amount) <> 0`,
    'journal has entries': sql<Broken>`
      select 'journal ' || j.id as subject, source_type || ' ' || source_id || ' ' || kind as detail
      from journal j where not exists (select 1 from entry e where e.journal_id = j.id)`,
    'journal belongs to a fact': sql<Broken>`
      select 'journal ' || j.id as subject, source_type || ' ' || source_id || ' ' || kind as detail from journal j
      where not case source_type
        when 'earning' then exists (select 1 from earning e where e.id = j.source_id)
        when 'payout' then exists (select 1 from payout p where p.id = j.source_id)
        when 'attempt' then exists (select 1 from payout_attempt a where a.id = j.source_id)
        when 'submission' then exists (select 1 from submission s where s.id = j.source_id)
        else false end`,
    'entry has an owner of its kind': sql<Broken>`
      select 'journal ' || journal_id as subject, account || ' of owner ' || owner_id as detail from entry
      where (account in ('source', 'platform_fees', 'platform_costs', 'legacy_clearing', 'legacy_paid', 'fx_clearing', 'fx_spread') and owner_id <> ${platformOwner}::bigint)
        or (account in ('provider_clearing', 'provider_float')
          and owner_id <> all(${Object.values(providerOwners)}::bigint[]))`,
    'balance equals its entries': sql<Broken>`
      select 'payee ' || coalesce(b.owner_id, e.owner_id) as subject,
        coalesce(b.account, e.account) || ' ' || coalesce(b.currency, e.currency) || ' is ' || coalesce(b.amount::text,
        'missing') || ', entries say ' || coalesce(e.amount, 0) as detail
      from balance b full join (select account, owner_id, currency, sum(amount) as amount from entry
        where account in ('payee_pending', 'payee_available', 'payee_reserved')
        group by account, owner_id, currency) e
        on e.owner_id = b.owner_id and e.account = b.account and e.currency = b.currency
      where coalesce(b.amount, 0) <> coalesce(e.amount, 0) or (b.amount is null and e.amount is not null)`,
    'earning is posted once and in full': earningRule(),
    'fees are posted as the provider told them': feeRule(),
  };
}

function earningRule() {
  return sql<Broken>`
    select 'earning ' || e.external_id as subject, 'net ' || e.net || ' of ' || e.gross || ', posted ' ||
      coalesce(p.net, 0) || ' of ' || coalesce(p.gross, 0) as detail
    from earning e left join (
      select j.source_id, sum(t.amount) filter (where t.account in ('payee_available', 'payee_pending')) as net,
        coalesce(sum(t.amount) filter (where t.account = 'platform_fees'), 0) as fee,
        -sum(t.amount) filter (where t.account = 'source') as gross,
        min(t.owner_id) filter (where t.account in ('payee_available', 'payee_pending')) as payee_id,
        min(t.currency) as currency
      from journal j join entry t on t.journal_id = j.id where j.source_type = 'earning' and j.kind <> 'reversed' and j.kind !~ '^covered-'
      group by j.source_id) p
      on p.source_id = e.id
    where p.source_id is null or (p.net, p.fee, p.gross, p.payee_id, p.currency)
      is distinct from (e.net, e.fee, e.gross, e.payee_id, e.currency)`;
}

/** Posting follows the poll that told of a fee, so fewer may be posted for a while, but never more. */
function feeRule() {
  return sql<Broken>`
    select 'submission ' || s.provider_key as subject, 'fees of ' || p.posted || ' posted, ' || coalesce(f.fees, 0) ||
      ' known' as detail
    from (select j.source_id, -sum(e.amount) filter (where e.account = 'platform_costs') as posted,
        sum(e.amount) filter (where e.account = 'provider_float') as paid
      from journal j join entry e on e.journal_id = j.id where j.source_type = 'submission' group by j.source_id) p
    join submission s on s.id = p.source_id
    left join (select submission_id, sum(fee) as fees from payout_attempt group by submission_id) f
      on f.submission_id = s.id
    where coalesce(p.posted, 0) > coalesce(f.fees, 0) or p.posted is distinct from p.paid`;
}
