import { sql } from 'kysely';
import type { Db } from './db.ts';
import { all } from './db.ts';
import { paidPerhaps } from './doubts.ts';
import type { ProviderTotals, Within } from './eligibility.ts';
import { failedPayouts, totals } from './eligibility.ts';
import { freeAmount } from './requests.ts';
import { isScheduled } from './scheduled.ts';

// What is there to be paid, from a table that holds nothing else: the history of what was paid is not read. For looks only.

/** True for an unpaid earning `e` that was not taken back in the moment it came free. Few are taken back, and a small index finds them. */
const isThere = sql<boolean>`(not exists (select 1 from earning r where r.payee_id = e.payee_id and r.currency = e.currency
    and r.id = e.id and r.reversed_at is not null)
  and not ${paidPerhaps})`;

/** What `eligibleTotals` answers, of several whole cycles in one go: cycle after cycle would do the work around each of them as often. */
export async function eligibleTotalsOf(
  db: Db,
  cycleIds: readonly bigint[],
  methods: readonly string[],
  now: Date,
): Promise<(ProviderTotals & { cycleId: bigint })[]> {
  const scope: Within = { cycleId: sql`any(${cycleIds}::bigint[])`, newOnly: false, earningIds: null };
  const unpaid = sql`select e.payee_id, e.net as amount, e.currency, null::char(3) as source_currency, e.cycle_id
    from earning_unpaid e where e.cycle_id = ${scope.cycleId} and e.available_at <= ${now} and ${isThere}`;
  // The column beside the state is in an index, the state is not.
  const failed = sql`select f.payee_id, f.amount, f.currency, f.source_currency, f.cycle_id
    from (${failedPayouts(scope)} and p.off_state = 'failed') f`;
  return all(db, totals(sql`${unpaid} union all ${failed}`, methods, now));
}

/**
 * What is free for the clock to pay, of the payee and currency `k`. Minor units. What was taken back, recovered and then set
 * free by its payout is free too: the small index of what was taken back finds it.
 */
export const scheduledOf = sql`((select coalesce(sum(e.net), 0) from earning_unpaid e
    where e.payee_id = k.payee_id and e.currency = k.currency and e.cycle_id is null and ${isThere})
  + (select coalesce(sum(${freeAmount}), 0) from earning e
    where e.payee_id = k.payee_id and e.currency = k.currency and e.reversed_at is not null and ${isScheduled}))`;
