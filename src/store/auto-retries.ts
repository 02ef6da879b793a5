import { sql } from 'kysely';
import type { Db } from './db.ts';
import { all, one, run } from './db.ts';
import { owes } from './owed.ts';
import { isUnready } from './provider-accounts.ts';

/** What is due of one cycle, or, with null, of payouts without one. */
export interface DueGroup {
  cycleId: bigint | null;
  cyclePublicId: string | null;
}

/**
 * When a payout `p` is tried again by itself that goes to method `m` of payee `y`: as planned, or once what passes by itself no
 * longer keeps it. Holds that are over, being in the past, change nothing.
 */
export const retryTime = sql.raw(
  `greatest(p.next_retry_at, case when y.hold_reason is not null then y.hold_until end, m.usable_from)`,
);

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

/**
 * Of what was due and no provider took: what only a hold keeps that is going to end, or a cool-off, is looked at again when that
 * ends, `lookAt` at the latest, as somebody may end it before. Answers how many. What it would go to must be payable then, so the
 * blocked, the frozen, those who owe and methods that no provider here pays are not among them. `core/retry-ahead.ts` says it in words.
 */
export async function waitForHolds(
  tx: Db,
  payoutIds: readonly bigint[],
  providers: readonly string[],
  now: Date,
  lookAt: Date,
): Promise<number> {
  const payeeHeld = sql`(y.hold_reason is not null and (y.hold_until is null or y.hold_until > ${now}))`;
  return run(
    tx,
    sql`update payout p set next_retry_at = least(${lookAt}::timestamptz, greatest(
        case when ${payeeHeld} then coalesce(y.hold_until, ${lookAt}) end,
        case when m.usable_from > ${now} then m.usable_from end))
      from payee y join payout_method m on m.payee_id = y.id and m.is_default
      where p.id = any(${payoutIds}::bigint[]) and p.next_retry_at is not null and y.id = p.payee_id
        and y.status = 'active' and m.frozen_at is null and m.type = any(${providers}::text[])
        and (p.method_id is null or p.method_id = m.id) and not ${isUnready}
        and not ${owes('p.payee_id', 'coalesce(p.source_currency, p.currency)')}
        and (${payeeHeld} or m.usable_from > ${now})`,
  );
}

/** Takes the time of the next retry away from those of these payouts that are still due; answers their public ids. */
export async function stopRetries(tx: Db, payoutIds: readonly bigint[], now: Date): Promise<string[]> {
  const rows = await all(
    tx,
    sql<{ id: string }>`update payout set next_retry_at = null
      where id = any(${payoutIds}::bigint[]) and next_retry_at <= ${now} returning public_id as id`,
  );
  return rows.map((row) => row.id);
}

/** Nothing is tried again by itself any more. */
export async function stopAllRetries(tx: Db): Promise<void> {
  await run(tx, sql`update payout set next_retry_at = null where next_retry_at is not null`);
}
