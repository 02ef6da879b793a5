import { sql } from 'kysely';
import type { Db } from './db.ts';
import { all } from './db.ts';

/** What an export says of a payout beside its row. */
export interface PayoutExtras {
  id: bigint;
  payeeRowId: bigint;
  email: string | null;
  methodType: string | null;
  masked: string | null;
  tickets: bigint;
  firstAt: Date | null;
  lastAt: Date | null;
  /** Each e-mail address that money of the payee goes to: its method, a blank, its fingerprint. */
  paidTo: string[];
}

/**
 * Of these payouts: their payee, the method they are pinned to (else that of the last attempt), and how many earnings they
 * carry from when to when. Earnings that were freed since count, as the payout was asked for with them.
 */
export async function extrasOf(db: Db, payoutIds: readonly bigint[]): Promise<Map<bigint, PayoutExtras>> {
  const rows = await all(
    db,
    sql<PayoutExtras>`select p.id, p.payee_id as "payeeRowId", y.email, m.type as "methodType", m.masked,
        coalesce(t.tickets, 0) as tickets, t.first_at as "firstAt", t.last_at as "lastAt",
        array(select k.type || ' ' || k.fingerprint from payout_method k where k.payee_id = p.payee_id and k.kind = 'email'
          and k.fingerprint is not null) as "paidTo"
      from unnest(${payoutIds as bigint[]}::bigint[]) as i(id) join payout p on p.id = i.id join payee y on y.id = p.payee_id
      left join payout_method m on m.id = coalesce(p.method_id,
        (select a.method_id from payout_attempt a where a.payout_id = p.id and a.ordinal = p.attempt_count))
      left join lateral (select count(*) as tickets, min(e.created_at) as first_at, max(e.created_at) as last_at
        from payout_earning l join earning e on e.id = l.earning_id where l.payout_id = p.id) t on true`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}
