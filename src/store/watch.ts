import { sql } from 'kysely';
import { retriesMax } from '../core/retry.ts';
import type { Db } from './db.ts';
import { all, one, run } from './db.ts';

/** How many attempts of a provider ended, one way or the other, and how many of them failed. */
export interface FailureCount {
  provider: string;
  ended: number;
  failed: number;
}

/** Attempts that were made since a moment and have ended, by provider. Refusals before sending are the file's, not the provider's. */
export async function failuresSince(db: Db, since: Date): Promise<FailureCount[]> {
  return all(
    db,
    sql<FailureCount>`select s.provider, count(*)::int as ended, count(*) filter (where a.state = 'failed')::int as failed
      from payout_attempt a join submission s on s.id = a.submission_id
      where a.created_at >= ${since} and a.state in ('completed', 'failed', 'returned') group by s.provider
      order by s.provider`,
  );
}

export interface StuckBatch {
  publicId: string;
  openItems: number;
}

/**
 * Batches that began before a moment and still have an attempt of which nothing final is known. A review by the provider is
 * an answer, and an unknown outcome has an alert of its own. Few batches are active: they have an index of their own.
 */
export async function stuckBatches(db: Db, before: Date, limit: number): Promise<StuckBatch[]> {
  return all(
    db,
    sql<StuckBatch>`select b.public_id as "publicId", b.open_items as "openItems" from payout_batch b
      where b.state in ('preparing', 'processing') and b.created_at <= ${before}
        and exists (select 1 from payout_attempt a join submission s on s.id = a.submission_id
          where a.batch_id = b.id and a.state = 'pending' and s.state <> 'unknown')
      order by b.id limit ${limit}`,
  );
}

/** True when one of these kinds is open: an idle look writes nothing. */
export async function anyOpen(db: Db, kinds: readonly string[]): Promise<boolean> {
  const row = await one(
    db,
    sql<{ open: boolean }>`select exists (select 1 from alert where closed_at is null
      and kind = any(${kinds as string[]}::text[])) as open`,
  );
  return row?.open === true;
}

/** Closes alerts of a kind whose subject is not among these any more. */
export async function closeOthers(
  tx: Db,
  kind: string,
  subjects: readonly string[],
  now: Date,
): Promise<void> {
  await run(
    tx,
    sql`update alert set closed_at = ${now} where kind = ${kind} and closed_at is null
      and subject <> all(${subjects}::text[])`,
  );
}

/** Closes alerts about batches in which nothing waits for a person any more, as what failed there was paid, tried again or cancelled. */
export async function closeRetriedOut(tx: Db, kind: string, now: Date): Promise<void> {
  await run(
    tx,
    sql`update alert t set closed_at = ${now} where t.kind = ${kind} and t.closed_at is null
      and not exists (select 1 from payout_batch b join payout_attempt a on a.batch_id = b.id
        join payout p on p.id = a.payout_id and p.attempt_count = a.ordinal
        where b.public_id = t.subject and a.off_state = 'failed' and p.state = 'failed' and p.auto_retries >= ${retriesMax})`,
  );
}

/** Closes alerts about payouts that are not waiting any more. */
export async function closeSettled(tx: Db, kind: string, now: Date): Promise<void> {
  await run(
    tx,
    sql`update alert t set closed_at = ${now} from payout p
      where t.kind = ${kind} and t.closed_at is null and p.public_id = t.subject and p.state <> 'failed'`,
  );
}
