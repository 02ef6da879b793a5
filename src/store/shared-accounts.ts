import { sql } from 'kysely';
import { openAlerts } from './alerts.ts';
import type { Db } from './db.ts';
import { all, one } from './db.ts';

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
  const alerts = shared.map(({ first, type, masked, payees, named }) => ({
    kind: 'shared_account',
    subject: first,
    message:
      `For information: ${payees} payees are paid to the same ${type} account ${masked}: ${named.join(', ')}` +
      `${payees > BigInt(named.length) ? ' and others' : ''}. If that is not meant, put them on hold and ask.`,
  }));
  await openAlerts(tx, alerts, now);
}

/** Whether a payout has ever arrived at this method. Read along the payouts of its payee, newest first. */
export async function wasPaidTo(db: Db, methodId: bigint): Promise<boolean> {
  const row = await one(
    db,
    sql<{
      paid: boolean;
    }>`select exists (select 1 from payout_method m join payout p on p.payee_id = m.payee_id
        and p.state = 'completed'
      left join payout_attempt a on a.payout_id = p.id and a.ordinal = p.attempt_count
      where m.id = ${methodId}
        and m.id = case when p.paid_by_hand_at is null then a.method_id else p.method_id end) as paid`,
  );
  return row?.paid === true;
}

/** How many other payees are paid to the account of a method. */
export async function otherPayeesOf(db: Db, methodId: bigint): Promise<number> {
  const row = await one(
    db,
    sql<{ others: number }>`select count(distinct o.payee_id)::int as others from payout_method m
      join payout_method o on o.fingerprint = m.fingerprint and o.payee_id <> m.payee_id and o.retired_at is null
      where m.id = ${methodId}`,
  );
  return row?.others ?? 0;
}
