import { sql } from 'kysely';
import type { Db } from './db.ts';
import { one } from './db.ts';
import { retryTime } from './auto-retries.ts';
import { lookedAtMax } from './windows.ts';

export interface SinceRow {
  /** Items of the batch that failed or came back, up to one more than are looked at. */
  looked: number;
  paid: number;
  underWay: number;
  /** Those that are tried again by themselves. */
  retrying: number;
  nextRetryAt: Date | null;
}

/**
 * What became since of the items of a batch that failed or came back, whichever batch or person paid them: the batch itself
 * counts attempts and never changes. They are found along their own index, at most as many as a page may look at.
 */
export async function batchSince(db: Db, batchId: bigint): Promise<SinceRow> {
  const row = await one(
    db,
    sql<SinceRow>`select count(*)::int as looked,
        count(*) filter (where p.state = 'completed')::int as paid,
        count(*) filter (where p.state in ('queued', 'sending', 'sent', 'held', 'unclaimed'))::int as "underWay",
        count(*) filter (where p.next_retry_at is not null)::int as retrying, min(${retryTime}) as "nextRetryAt"
      from (select off.payout_id from (
          (select id, payout_id from payout_attempt where batch_id = ${batchId} and off_state = 'failed'
            order by batch_id, off_state, id limit ${lookedAtMax + 1})
          union all
          (select id, payout_id from payout_attempt where batch_id = ${batchId} and off_state = 'returned'
            order by batch_id, off_state, id limit ${lookedAtMax + 1})) off
        limit ${lookedAtMax + 1}) a join payout p on p.id = a.payout_id
        left join payee y on y.id = p.payee_id and p.next_retry_at is not null
        left join payout_method m on m.payee_id = y.id and m.is_default`,
  );
  if (!row) throw new Error('counting answers one row');
  return row;
}
