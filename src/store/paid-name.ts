import { sql } from 'kysely';

/** Of the payee of a payout `p` that moves to `i.to_state`: the name they have when the money arrives, kept with the payout for ever. */
export const paidName = sql`case when i.to_state = 'completed' then (select y.name from payee y where y.id = p.payee_id)
  else p.paid_name end`;
