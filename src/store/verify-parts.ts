import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Broken, Rules } from './verify-books.ts';
import { halfEven } from './verify-conversions.ts';

/** Rules about parts of completed payments that came back. */
export function partRules(): Rules {
  return {
    'part that came back is posted as the attempt says': partRule(),
    'part that came back is worth what left the balance for it': worthRule(),
    'part that was decided about is kept, paid again or used, once': usedRule(),
  };
}

/**
 * Each posting of a part, and of a decision, is named by what had come back, or was decided about, in all by then: a part in
 * what was paid, a decision in what left the balance. Their sums must say the same.
 */
function partRule() {
  const posted = (kind: string, accounts: RawBuilder<unknown>, sign: RawBuilder<unknown>) => sql`(
    select source_id, max(told) as amount, bool_or(told <> so_far) as torn, sum(worth) as worth from (
      select j.source_id, substring(j.kind from '[0-9]+$')::bigint as told, t.worth,
        sum(t.amount) over (partition by j.source_id order by substring(j.kind from '[0-9]+$')::bigint) as so_far
      from journal j left join lateral (
        select sum(${sign} * t.amount) filter (where t.account in (${accounts})) as amount,
          sum(t.amount) filter (where t.account = 'payee_available') as worth
        from entry t where t.journal_id = j.id) t on true
      where j.source_type = 'attempt' and j.kind ~ ${sql.lit(`^${kind}-[0-9]+$`)}) steps group by source_id)`;
  const floats = sql`'provider_float', 'legacy_paid'`;
  return sql<Broken>`
    select 'attempt ' || coalesce(a.item_reference, a.id::text, c.source_id::text, d.source_id::text) as subject,
      'come back ' || coalesce(a.returned_part, 0) || ', in the balance ' || coalesce(a.returned, 0) || ' and decided ' ||
      coalesce(a.decided, 0) || ', posted ' || coalesce(c.amount, 0) || ', ' || coalesce(c.worth, 0) || ' and ' ||
      coalesce(d.amount, 0) as detail
    from (select a.item_reference, coalesce(a.id, t.attempt_id) as id, a.returned_part, t.returned, t.decided,
        t.attempt_id is null or a.id is null as apart
      from (select * from payout_attempt where returned_part > 0) a full join payout_part t on t.attempt_id = a.id) a
    full join ${posted('part', floats, sql`-1`)} c on c.source_id = a.id
    full join ${posted('settled', sql`'source'`, sql`1`)} d on d.source_id = coalesce(a.id, c.source_id)
    where coalesce(a.returned_part, 0) <> coalesce(c.amount, 0) or coalesce(a.returned, 0) <> coalesce(c.worth, 0)
      or coalesce(a.decided, 0) <> coalesce(d.amount, 0) or a.apart
      or c.torn is not false and c.source_id is not null or d.torn is not false and d.source_id is not null`;
}

/** In proportion to what came back in all, half to even, as `core/part.ts` works it out. */
function worthRule() {
  return sql<Broken>`
    select 'attempt ' || a.item_reference as subject, t.returned || ' for ' || a.returned_part || ' of ' || p.amount as detail
    from payout_part t join payout_attempt a on a.id = t.attempt_id join payout p on p.id = a.payout_id
    where t.returned <> ${worth(sql`a.returned_part`)} or t.decided <> ${worth(sql`a.settled_part`)}`;
}

/** What so much of a payout `p` is of what had left the balance for it. */
function worth(part: RawBuilder<unknown>): RawBuilder<unknown> {
  return halfEven(sql`(coalesce(p.source_amount, p.amount)::numeric * ${part})`, sql`p.amount::numeric`);
}

/**
 * What was decided about was kept, paid again as an earning that stands, or used against earnings of the payout that were taken
 * back, or against such a one that had paid it again. An earning under the name of one that pays again may be older than the
 * reserved name and somebody else's; one that is covered may be so by its own payment or by the part that it had paid again.
 */
function usedRule() {
  return sql<Broken>`
    select 'attempt ' || a.item_reference as subject, 'decided ' || t.decided || ': kept ' || t.kept || ', used ' ||
      coalesce(c.covered, 0) || ', paid again ' || coalesce(g.net, 0) as detail
    from payout_part t join payout_attempt a on a.id = t.attempt_id
    left join (select l.payout_id, sum(e.covered) as covered,
        sum(e.covered) filter (where e.source_type = 'returned_part') as again
      from earning e join payout_earning l on l.earning_id = e.id and l.released_at is null
      where e.reversed_at is not null and e.covered > 0 group by l.payout_id) c on c.payout_id = a.payout_id and t.decided > 0
    left join (select substring(external_id from '^(.*):[0-9]+$') as item_reference,
        sum(case when reversed_at is null then net else covered end) as net
      from earning where source_type = 'returned_part' group by 1) g on g.item_reference = a.item_reference
    where t.decided - t.kept - coalesce(c.covered, 0) not between -coalesce(c.again, 0) and coalesce(g.net, 0)`;
}
