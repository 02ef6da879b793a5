import { sql } from 'kysely';
import type { Db } from './db.ts';
import { all } from './db.ts';

/** A batch that is left alone, and what was tried of it in vain. */
interface LeftAlone {
  readonly batchId: string;
  readonly comparedAt: Date;
  readonly tries: number;
}

/**
 * Closes alerts of a kind about batches that completed before a moment and were compared since they completed, or since somebody
 * asked: of these alone nothing more is asked (`unreconciledBatches`). Few alerts are open, each with one batch.
 */
export async function closeLeftAlone(
  tx: Db,
  kind: string,
  completedBefore: Date,
  now: Date,
): Promise<LeftAlone[]> {
  return all(
    tx,
    sql<LeftAlone>`update alert t set closed_at = ${now} from payout_batch b
      cross join lateral (select max(r.id) as id, max(r.started_at) as at from reconciliation_run r
        where r.batch_id = b.id and r.finished_at is not null) last
      where t.kind = ${kind} and t.closed_at is null and b.public_id = t.subject and b.completed_at <= ${completedBefore}
        and last.at >= greatest(b.completed_at, b.reconcile_requested_at)
      returning b.public_id as "batchId", last.at as "comparedAt",
        (select count(*)::int from reconciliation_run u where u.batch_id = b.id and u.id > last.id and not u.gave_way) as tries`,
  );
}
