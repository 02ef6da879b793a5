import { sql } from 'kysely';
import type { StatementTotals } from '../core/receipt.ts';
import type { Db } from './db.ts';
import { all, one } from './db.ts';
import type { Found } from './windows.ts';

/** A line of a payout's statement: an earning it pays, or one taken back that it recovers. Minor units. */
export interface StatementRow {
  /** The place of the line: what a cursor names. */
  id: bigint;
  kind: 'earning' | 'recovery';
  sourceType: string;
  externalId: string;
  note: string | null;
  gross: bigint;
  fee: bigint;
  net: bigint;
  /** What it adds to the payout; below zero when it is recovered. */
  amount: bigint;
  currency: string;
  earnedAt: Date;
}

const columns = sql`e.source_type as "sourceType", e.external_id as "externalId", e.note, e.gross, e.fee, e.net, e.currency,
  e.created_at as "earnedAt"`;

/**
 * A page of what went into a payout, in the order it was earned. Places are twice the id of the earning, one more for a
 * recovery, so that both tables are read along their own keys. What was freed since is listed too: it was asked for.
 */
export async function statementPage(
  db: Db,
  payoutId: bigint,
  size: number,
  after: bigint,
): Promise<Found<StatementRow>> {
  const rows = await all(
    db,
    sql<StatementRow>`select * from (
        (select l.earning_id * 2 as id, 'earning' as kind, ${columns}, l.amount
          from payout_earning l join earning e on e.id = l.earning_id
          where l.payout_id = ${payoutId} and l.earning_id > ${after / 2n} order by l.earning_id limit ${size + 1})
        union all
        (select l.earning_id * 2 + 1, 'recovery', ${columns}, -l.amount
          from payout_recovery l join earning e on e.id = l.earning_id
          where l.payout_id = ${payoutId} and l.earning_id >= ${(after + 1n) / 2n} order by l.earning_id limit ${size + 1})
      ) lines order by id limit ${size + 1}`,
  );
  const shown = rows.slice(0, size);
  return { rows: shown, next: rows.length > size ? (shown.at(-1)?.id ?? null) : null };
}

/** Sums of all lines of a statement; gross is of what the payout carries, so that gross less fees is net. */
export async function statementTotals(db: Db, payoutId: bigint): Promise<StatementTotals> {
  const row = await one(
    db,
    sql<StatementTotals>`select count(*) as earnings, coalesce(sum(l.amount + e.fee), 0)::bigint as gross,
        coalesce(sum(e.fee), 0)::bigint as fee, coalesce(sum(l.amount), 0)::bigint as net,
        (select count(*) from payout_recovery c where c.payout_id = ${payoutId}) as recoveries,
        (select coalesce(sum(c.amount), 0)::bigint from payout_recovery c where c.payout_id = ${payoutId}) as recovered
      from payout_earning l join earning e on e.id = l.earning_id where l.payout_id = ${payoutId}`,
  );
  if (!row) throw new Error('a sum is missing');
  return row;
}
