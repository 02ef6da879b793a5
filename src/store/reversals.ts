import { sql } from 'kysely';
import type { PayoutState } from '../core/payout.ts';
import type { Db } from './db.ts';
import { all, rowsOf, run } from './db.ts';

/** An earning that shall be taken back, with the payout it is in. Amounts in minor units. */
export interface ReversibleEarning {
  id: bigint;
  externalId: string;
  payeeId: bigint;
  net: bigint;
  fee: bigint;
  currency: string;
  pending: boolean;
  reversedAt: Date | null;
}

/**
 * Earnings by their external ids, locked with their payees: whoever asks for a payout of one of them waits, or has
 * finished and its payout is seen. Payees first, both in the order of their ids.
 */
export async function lockEarnings(
  tx: Db,
  earnings: readonly { sourceType: string; externalId: string }[],
): Promise<(ReversibleEarning & { sourceType: string })[]> {
  const wanted = sql`${rowsOf('i', earnings, {
    source_type: ['text', (row) => row.sourceType],
    external_id: ['text', (row) => row.externalId],
  })} join earning e on e.source_type = i.source_type and e.external_id = i.external_id`;
  await run(
    tx,
    sql`select y.id from payee y where y.id in (select e.payee_id from ${wanted}) order by y.id for no key update`,
  );
  return all(
    tx,
    sql<ReversibleEarning & { sourceType: string }>`select e.id, e.source_type as "sourceType",
        e.external_id as "externalId", e.payee_id as "payeeId", e.net, e.fee, e.currency, e.pending,
        e.reversed_at as "reversedAt"
      from ${wanted} order by e.id for update of e`,
  );
}

/** The live payouts of these earnings, and the state they are in; a look without locks. */
export async function livePayoutsOf(
  tx: Db,
  earningIds: readonly bigint[],
): Promise<{ earningId: bigint; payoutId: bigint; publicId: string; state: PayoutState }[]> {
  return all(
    tx,
    sql<{
      earningId: bigint;
      payoutId: bigint;
      publicId: string;
      state: PayoutState;
    }>`select l.earning_id as "earningId",
        p.id as "payoutId", p.public_id as "publicId", p.state
      from payout_earning l join payout p on p.id = l.payout_id
      where l.earning_id = any(${earningIds as bigint[]}::bigint[]) and l.released_at is null`,
  );
}

/** Those of these earnings that are not taken back, locked. */
export async function lockUnreversed(tx: Db, earningIds: readonly bigint[]): Promise<Set<bigint>> {
  const rows = await all(
    tx,
    sql<{ id: bigint }>`select id from earning where id = any(${earningIds as bigint[]}::bigint[])
      and reversed_at is null order by id for update`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Marks earnings as taken back; a count that differs gives up the transaction. */
export async function markReversed(
  tx: Db,
  earnings: readonly { id: bigint; reason: string }[],
  now: Date,
): Promise<void> {
  const changed = await run(
    tx,
    sql`update earning e set reversed_at = ${now}, reversed_reason = i.reason, pending = false
      from ${rowsOf('i', earnings, {
        id: ['bigint', (row) => row.id],
        reason: ['text', (row) => row.reason],
      })} where e.id = i.id and e.reversed_at is null`,
  );
  if (changed !== earnings.length) throw new Error(`reversed ${changed} of ${earnings.length} earnings`);
}
