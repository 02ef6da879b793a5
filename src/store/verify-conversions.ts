import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import { payoutStates, placeOf } from '../core/payout.ts';
import type { Broken, Rules } from './verify-books.ts';

/** Rules about converted payouts: what was kept, what it follows from, and what the books say of it. */
export function conversionRules(): Rules {
  return {
    'payout is converted as it was kept': sql<Broken>`
      select 'payout ' || coalesce(p.public_id, k.payout_id::text) as subject,
        coalesce(p.source_amount || ' ' || p.source_currency, 'nothing') || ' for ' || coalesce(p.amount || ' ' || p.currency,
          'nothing') || ', kept ' || coalesce(k.source_amount || ' ' || k.source_currency, 'nothing') || ' for ' ||
        coalesce(k.amount || ' ' || k.currency, 'nothing') as detail
      from (select * from payout where source_currency is not null) p full join payout_conversion k on k.payout_id = p.id
      where (p.source_currency, p.source_amount, p.currency, p.amount, p.spread_amount)
        is distinct from (k.source_currency, k.source_amount, k.currency, k.amount, k.spread_amount)`,
    'conversion used the rate that was entered': sql<Broken>`
      select 'payout conversion ' || k.payout_id as subject, k.mantissa || 'e-' || k.scale || ' by ' || k.rate_source ||
        ', entered ' || coalesce(r.mantissa || 'e-' || r.scale || ' by ' || r.source, 'nothing') as detail
      from payout_conversion k left join fx_rate r on r.id = k.rate_id
      where (k.source_currency, k.currency, k.mantissa, k.scale, k.rate_source, k.rate_at)
        is distinct from (r.base, r.quote, r.mantissa, r.scale, r.source, r.valid_at)`,
    'conversion follows from its rate': arithmeticRule(),
    'clearing of currencies is what payouts converted': clearingRule(),
  };
}

/** `convert` of core/conversion.ts once more, in the database's own exact numbers. */
function arithmeticRule() {
  return sql<Broken>`
    select 'payout conversion ' || payout_id as subject, amount || ' and a spread of ' || spread_amount || ', its rate says ' ||
      paid || ' and ' || whole - paid as detail
    from (select k.*, ${halfEven(sql`above`, sql`below`)} * step as whole,
        ${halfEven(sql`above * (10000 - spread_bps)`, sql`below * 10000`)} * step as paid
      from (select c.*, source_amount::numeric * mantissa * ('1e' || exponent)::numeric as above,
          ('1e' || (source_exponent + scale))::numeric * step as below from payout_conversion c) k) x
    where amount <> paid or spread_amount <> whole - paid`;
}

/** The fraction as a whole number, half to even. */
export function halfEven(above: RawBuilder<unknown>, below: RawBuilder<unknown>) {
  return sql`(div(${above}, ${below}) + case when mod(${above}, ${below}) * 2 > ${below}
    or (mod(${above}, ${below}) * 2 = ${below} and mod(div(${above}, ${below}), 2) = 1) then 1 else 0 end)`;
}

/**
 * While the money of a converted payout is away from its payee, the clearing accounts hold its legs, less those of the part that
 * came back; else nothing of it.
 */
function clearingRule() {
  const away = payoutStates.filter((state) => ['clearing', 'paid'].includes(placeOf(state)));
  const isAway = sql`p.state in (${sql.join(away.map((state) => sql.lit(state)))})`;
  return sql<Broken>`
    select 'payout ' || p.public_id as subject, p.state || ': ' || coalesce(m.source, 0) || ' in, ' || coalesce(m.paid, 0) ||
      ' out, spread ' || coalesce(m.spread, 0) as detail
    from payout p left join (
      select f.payout_id, sum(e.amount) filter (where e.account = 'fx_clearing' and e.currency = f.source_currency) as source,
        sum(e.amount) filter (where e.account = 'fx_clearing' and e.currency = f.currency) as paid,
        sum(e.amount) filter (where e.account = 'fx_spread') as spread,
        count(*) filter (where f.source_currency is null
          or e.currency not in (f.source_currency, f.currency)) as strange
      from (select x.id as payout_id, x.currency, x.source_currency, a.id as source_id, 'attempt' as source_type
          from payout_attempt a join payout x on x.id = a.payout_id
        union all select id, currency, source_currency, id, 'payout' from payout) f
      join journal j on j.source_type = f.source_type and j.source_id = f.source_id
      join entry e on e.journal_id = j.id and e.account in ('fx_clearing', 'fx_spread')
      group by f.payout_id) m on m.payout_id = p.id
    left join (
      select a.payout_id, a.returned_part, t.returned,
        ${halfEven(sql`(coalesce(x.spread_amount, 0)::numeric * a.returned_part)`, sql`x.amount::numeric`)} as spread
      from payout_part t join payout_attempt a on a.id = t.attempt_id and a.state = 'completed'
      join payout x on x.id = a.payout_id) c on c.payout_id = p.id
    where (p.source_currency is not null or m.payout_id is not null) and (
      coalesce(m.source, 0) <> case when ${isAway} then coalesce(p.source_amount, 0) - coalesce(c.returned, 0) else 0 end
      or coalesce(m.paid, 0) <> case when ${isAway}
        then coalesce(c.returned_part + c.spread, 0) - (p.amount + coalesce(p.spread_amount, 0)) else 0 end
      or coalesce(m.spread, 0) <> case when ${isAway} then coalesce(p.spread_amount, 0) - coalesce(c.spread, 0) else 0 end
      or coalesce(m.strange, 0) > 0)`;
}
