import { sql } from 'kysely';
import { openAlerts } from './alerts.ts';
import type { Db } from './db.ts';
import { all } from './db.ts';

/** Payees that one alert names. */
const namedMax = 10;

/**
 * Opens an alert for each account of these payees that another payee is paid to, too. It may be a family, or somebody who
 * collects what belongs to others; a person decides. Fingerprints tell equal addresses without reading them.
 */
export async function flagShared(tx: Db, payeeIds: readonly bigint[], now: Date): Promise<void> {
  const shared = await all(
    tx,
    sql<{ first: string; type: string; masked: string; payees: bigint; named: string[] }>`with mine as (
        select distinct fingerprint from payout_method
        where payee_id = any(${payeeIds as bigint[]}::bigint[]) and retired_at is null and fingerprint is not null)
      select (array_agg(m.public_id order by m.id))[1] as first, min(m.type) as type,
        (array_agg(m.masked order by m.id))[1] as masked, count(*) as payees,
        (array_agg(y.public_id order by m.id))[1:${sql.lit(namedMax)}] as named
      from mine join payout_method m using (fingerprint) join payee y on y.id = m.payee_id
      where m.retired_at is null group by fingerprint having count(*) > 1`,
  );
  const alerts = shared.map(
    ({ first, payees, ...facts }) =>
      ({ kind: 'shared_account', subject: first, facts: { ...facts, payees: Number(payees) } }) as const,
  );
  await openAlerts(tx, alerts, now);
}

/** Newest payouts of a payee that are looked at to say whether one of them has arrived at a method. */
const payoutsLookedAtMax = 1000;

/** What an approver should know of a method before money goes there. */
export interface MethodFacts {
  /** Other payees who are paid to the same account. */
  others: number;
  /** A payout has arrived there. */
  paidBefore: boolean;
}

/** The same of several methods, by their ids. Read along the newest payouts of their payees. */
export async function methodFacts(db: Db, methodIds: readonly bigint[]): Promise<Map<bigint, MethodFacts>> {
  const rows = await all(
    db,
    sql<MethodFacts & { id: bigint }>`select m.id,
        (select count(distinct o.payee_id)::int from payout_method o
          where o.fingerprint = m.fingerprint and o.payee_id <> m.payee_id and o.retired_at is null) as others,
        exists (select 1 from (select * from payout n where n.payee_id = m.payee_id
            order by n.payee_id desc, n.id desc limit ${payoutsLookedAtMax}) p
          left join payout_attempt a on a.payout_id = p.id and a.ordinal = p.attempt_count
          where p.state = 'completed'
            and m.id = case when p.paid_by_hand_at is null then a.method_id else p.method_id end) as "paidBefore"
      from payout_method m where m.id = any(${methodIds as bigint[]}::bigint[])`,
  );
  return new Map(rows.map(({ id, ...facts }) => [id, facts]));
}
