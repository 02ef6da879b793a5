import { sql } from 'kysely';
import type { Db } from './db.ts';
import { one } from './db.ts';

/** The event by which a payee says that what stopped a payment of a run is settled. It leaves the payout in its state. */
export const payeeSettled = 'payee_settled';

/** When the payee of payout `p` said so since it last moved; null: not. One look into the index of its events. */
export const settledAtText = `case when p.kind = 'cycle' and p.state in ('failed', 'returned') then
  (select e.at from payout_event e where e.payout_id = p.id and e.event = '${payeeSettled}'
    and not exists (select 1 from payout_event n where n.payout_id = p.id and n.id > e.id
      and n.from_state is distinct from n.to_state) order by e.id desc limit 1) end`;

/** The same of one payout. */
export async function settledSince(db: Db, payoutId: bigint): Promise<Date | null> {
  const row = await one(
    db,
    sql<{ at: Date | null }>`select ${sql.raw(settledAtText)} as at from payout p where p.id = ${payoutId}`,
  );
  return row?.at ?? null;
}
