import { sql } from 'kysely';
import type { OwedEarning } from '../core/cover.ts';
import { returnedPartSource } from '../core/source-types.ts';
import type { Db } from './db.ts';
import { all, one, rowsOf, run } from './db.ts';

/** A part that came back, locked, and what of it was kept. Minor units of the balance. */
export interface KeptPart {
  attemptId: bigint;
  payoutId: bigint;
  kept: bigint;
}

/**
 * Parts of the payouts that paid these earnings, and of those that these earnings pay again. Few payouts have one. After their
 * payouts and before any balance, which is the order in which what books a part locks them.
 */
export async function lockKept(tx: Db, earningIds: readonly bigint[]): Promise<KeptPart[]> {
  return all(
    tx,
    sql<KeptPart>`select t.attempt_id as "attemptId", a.payout_id as "payoutId", t.kept
      from payout_part t join payout_attempt a on a.id = t.attempt_id and a.state = 'completed'
      where a.payout_id in (
        select l.payout_id from payout_earning l
          where l.earning_id = any(${earningIds as bigint[]}::bigint[]) and l.released_at is null
        union all select x.payout_id from ${paidAgain(earningIds)})
      order by t.attempt_id for update of t`,
  );
}

/** The attempts of whose parts these earnings are, as they are named by. */
const paidAgain = (earningIds: readonly bigint[]) => sql`earning g join payout_attempt x
  on x.item_reference = substring(g.external_id from '^(.*):[0-9]+$') and g.source_type = ${sql.lit(returnedPartSource)}
    and g.id = any(${earningIds}::bigint[])`;

/**
 * Of these earnings, those that paid a part again do so no more, as they are taken back: that part, which is locked, is kept.
 * Answers how much of each is kept then.
 */
export async function keepAfterAll(
  tx: Db,
  earningIds: readonly bigint[],
): Promise<{ attemptId: bigint; kept: bigint }[]> {
  return all(
    tx,
    sql<{ attemptId: bigint; kept: bigint }>`update payout_part t set kept = least(t.decided, t.kept + s.net)
      from (select x.id, sum(g.net)::bigint as net from ${paidAgain(earningIds)} group by x.id) s where s.id = t.attempt_id
      returning t.attempt_id as "attemptId", t.kept`,
  );
}

/**
 * Of these earnings, which are taken back now, what is not covered of those that paid this part again, locked, oldest first,
 * whether a payout carries them or none does. Their payees are locked.
 */
export async function lockTakenAgain(
  tx: Db,
  attemptId: bigint,
  earningIds: readonly bigint[],
): Promise<OwedEarning[]> {
  return all(
    tx,
    sql<OwedEarning>`select r.id, r.net - r.covered as owed from earning r where r.id in (
        select g.id from ${paidAgain(earningIds)} where x.id = ${attemptId}) and r.covered < r.net order by r.id for update of r`,
  );
}

/**
 * What other payouts recovered of the earnings of the payout of a part, less what was given back for that already, as the part
 * was kept as well: what of the part was decided about and is neither kept, nor paid again, nor used for earnings of its
 * payout. Below zero where what had recovered is over without payment since. Minor units.
 */
export async function recoveredOf(
  tx: Db,
  { attemptId, payoutId }: Pick<KeptPart, 'attemptId' | 'payoutId'>,
): Promise<bigint> {
  const row = await one(
    tx,
    sql<{ amount: bigint }>`select (coalesce((select sum(c.amount) from payout_earning l
          join payout_recovery c on c.earning_id = l.earning_id and c.released_at is null
          where l.payout_id = ${payoutId} and l.released_at is null), 0)
        - greatest(0, t.decided - t.kept
          - coalesce((select sum(e.covered) from payout_earning l join earning e on e.id = l.earning_id
            where l.payout_id = ${payoutId} and l.released_at is null), 0)
          - coalesce((select sum(g.net) from earning g where g.source_type = ${sql.lit(returnedPartSource)}
            and g.reversed_at is null and substring(g.external_id from '^(.*):[0-9]+$') = x.item_reference), 0)))::bigint as amount
      from payout_part t join payout_attempt x on x.id = t.attempt_id where t.attempt_id = ${attemptId}`,
  );
  return row?.amount ?? 0n;
}

/** So much less of a part is kept. */
export async function useKept(tx: Db, attemptId: bigint, used: bigint): Promise<void> {
  await run(tx, sql`update payout_part set kept = kept - ${used}::bigint where attempt_id = ${attemptId}`);
}

/** An earning that is covered by what came back of its payment; `covered` is so in all, minor units. */
export interface CoveredEarning {
  id: bigint;
  payeeId: bigint;
  currency: string;
  amount: bigint;
  covered: bigint;
}

/** Covers earnings, which are locked, by so much more. */
export async function addCovered(
  tx: Db,
  covers: readonly { id: bigint; amount: bigint }[],
): Promise<CoveredEarning[]> {
  return all(
    tx,
    sql<CoveredEarning>`update earning e set covered = e.covered + i.amount
      from ${rowsOf('i', covers, {
        id: ['bigint', (row) => row.id],
        amount: ['bigint', (row) => row.amount],
      })} where e.id = i.id returning e.id, e.payee_id as "payeeId", e.currency, i.amount, e.covered`,
  );
}
