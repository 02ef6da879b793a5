import { sql } from 'kysely';
import type { Db } from './db.ts';
import { all, one, run } from './db.ts';

/** What is due of one cycle, or, with null, of payouts without one. */
export interface DueGroup {
  cycleId: bigint | null;
  cyclePublicId: string | null;
}

/** True when a retry is due; one look into the index, as it is asked every round. */
export async function isRetryDue(db: Db, now: Date): Promise<boolean> {
  const row = await one(
    db,
    sql<{ due: boolean }>`select exists (select 1 from payout where next_retry_at <= ${now}) as due`,
  );
  return row?.due === true;
}

/** The cycles of the retries that are due for longest, of which `limit` are looked at. */
export async function dueGroups(db: Db, now: Date, limit: number): Promise<DueGroup[]> {
  return all(
    db,
    sql<DueGroup>`select x.cycle_id as "cycleId", c.public_id as "cyclePublicId"
      from (select distinct cycle_id from (select cycle_id from payout where next_retry_at <= ${now}
        order by next_retry_at, id limit ${limit}) due) x
      left join cycle c on c.id = x.cycle_id order by x.cycle_id nulls first`,
  );
}

/** Locks what is due of a group, at most `limit`; what another worker, a person or a provider's report has locked is left for later. */
export async function lockDue(
  tx: Db,
  cycleId: bigint | null,
  now: Date,
  limit: number,
): Promise<{ id: bigint; publicId: string }[]> {
  return all(
    tx,
    sql<{ id: bigint; publicId: string }>`select id, public_id as "publicId" from payout
      where next_retry_at <= ${now} and state = 'failed' and cycle_id is not distinct from ${cycleId}::bigint
      order by next_retry_at, id limit ${limit} for update skip locked`,
  );
}

/** Puts off what is due of a cycle, as it cannot be prepared now. The payouts stay as they are. */
export async function putOff(tx: Db, payoutIds: readonly bigint[], until: Date): Promise<void> {
  await run(
    tx,
    sql`update payout set next_retry_at = ${until}
      where id = any(${payoutIds}::bigint[]) and next_retry_at is not null`,
  );
}

/** Takes the time of the next retry away from those of these payouts that still have it; answers their public ids. */
export async function stopRetries(tx: Db, payoutIds: readonly bigint[]): Promise<string[]> {
  const rows = await all(
    tx,
    sql<{ id: string }>`update payout set next_retry_at = null
      where id = any(${payoutIds}::bigint[]) and next_retry_at is not null returning public_id as id`,
  );
  return rows.map((row) => row.id);
}

/** Nothing is tried again by itself any more. */
export async function stopAllRetries(tx: Db): Promise<void> {
  await run(tx, sql`update payout set next_retry_at = null where next_retry_at is not null`);
}
