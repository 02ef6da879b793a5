import { sql } from 'kysely';
import { provenAbsent } from '../core/resolution.ts';
import type { Db } from './db.ts';
import { all } from './db.ts';

/**
 * True for a payout `p` with an attempt that failed and may have been paid after all: the provider has said so, or a person
 * called it unsent, while the provider has named a batch for it since, or an event about it waits to be looked at. Paying it
 * again could pay twice, so nothing does until the provider has said what became of that attempt.
 */
export const doubted = sql`exists (select 1 from payout_attempt d join submission ds on ds.id = d.submission_id
  where d.payout_id = p.id and (d.told_otherwise_at is not null or d.state = 'failed' and d.reason_code = ${sql.lit(provenAbsent)}
    and (ds.state <> 'rejected' or ds.hinted_batch_id is not null
      or exists (select 1 from provider_event v where v.processed_at is null and v.provider = ds.provider
        and v.provider_key = ds.provider_key))))`;

/**
 * True for an earning `e` of a payout that was given up, while the provider says since that an attempt of it has paid. Few
 * attempts are marked, and a small index finds them.
 */
export const paidPerhaps = sql`exists (select 1 from payout_attempt d join payout_earning dl on dl.payout_id = d.payout_id
  where d.told_otherwise_at is not null and dl.earning_id = e.id and dl.released_at is not null)`;

/** Which of these payouts are in doubt, by their public ids. */
export async function doubtedAmong(tx: Db, payoutIds: readonly bigint[]): Promise<string[]> {
  const rows = await all(
    tx,
    sql<{ id: string }>`select p.public_id as id from payout p
      where p.id = any(${payoutIds as bigint[]}::bigint[]) and ${doubted} order by p.id`,
  );
  return rows.map((row) => row.id);
}

/** Positions of the items of a submission whose payouts are in doubt. Only later attempts can be. */
export async function doubtedPositions(tx: Db, submissionId: bigint): Promise<number[]> {
  const rows = await all(
    tx,
    sql<{ position: number }>`select a.position from payout_attempt a join payout p on p.id = a.payout_id
      where a.submission_id = ${submissionId} and a.ordinal > 1 and ${doubted} order by a.position`,
  );
  return rows.map((row) => row.position);
}

/** How many payouts of a submission have been tried again since. */
export async function triedAgain(tx: Db, submissionId: bigint): Promise<number> {
  const rows = await all(
    tx,
    sql<{ n: bigint }>`select count(*) as n from payout_attempt a join payout p on p.id = a.payout_id
      where a.submission_id = ${submissionId} and a.ordinal < p.attempt_count`,
  );
  return Number(rows[0]?.n ?? 0n);
}
