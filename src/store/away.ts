import { sql } from 'kysely';
import type { MoneyPlace } from '../core/payout.ts';
import { payoutStates, placeOf } from '../core/payout.ts';

const statesAt = (place: MoneyPlace) =>
  sql.join(payoutStates.filter((state) => placeOf(state) === place).map((state) => sql.lit(state)));
const amountAt = (place: MoneyPlace) =>
  sql`coalesce(sum(amount) filter (where state in (${statesAt(place)})), 0)::bigint`;

/**
 * What has left the accounts of each payee as their payouts tell it, (payee_id, currency, on_its_way, paid) in minor units of
 * the balance. Reads every payout: what is asked for often stands in `balance`, and this says whether it is right.
 */
export const awayByPayouts = sql`(
  select payee_id, currency, ${amountAt('clearing')} as on_its_way, ${amountAt('paid')} as paid
  from (
    select payee_id, coalesce(source_currency, currency) as currency, state, coalesce(source_amount, amount) as amount
    from payout where state in (${statesAt('clearing')}, ${statesAt('paid')})
    union all
    select p.payee_id, coalesce(p.source_currency, p.currency), 'completed', -t.returned
    from payout_part t join payout_attempt a on a.id = t.attempt_id and a.state = 'completed'
    join payout p on p.id = a.payout_id) left_them
  group by payee_id, currency)`;
