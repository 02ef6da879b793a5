import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Db } from './db.ts';
import { all } from './db.ts';
import type { FailedOfBatch, Scope } from './eligibility.ts';
import { failedOfBatch, failedPayouts, owing } from './eligibility.ts';
import { payable } from './payable.ts';
import { settledAtText } from './settled.ts';
import { unmended } from './unmended.ts';

/** Payouts that failed before for one reason, and that a run or a retry would try again. Amount in minor units. */
export interface TriedBefore {
  code: string;
  currency: string;
  /** They would go to the same method again, and fail there. */
  unmended: boolean;
  count: bigint;
  amount: bigint;
}

/** By reason, what of a cycle failed before and a run would take again, whether or not it leaves out what is unmended. */
export async function triedBefore(db: Db, scope: Scope, method: string, now: Date): Promise<TriedBefore[]> {
  return byReason(db, failedPayouts({ ...scope, leaveOutUnmended: false }), method, now);
}

/** The same of what failed in a batch and has not moved on since. */
export async function triedInBatch(
  db: Db,
  batchId: FailedOfBatch['batchId'],
  method: string,
  now: Date,
): Promise<TriedBefore[]> {
  return byReason(db, failedOfBatch({ batchId }), method, now);
}

/** A payout of a batch that failed, and whose payee says since that what stopped it is settled. */
export interface SaidSettled {
  payoutId: string;
  payeeId: string;
  payeeName: string;
  saidAt: Date;
}

/** The first of those in a batch that a retry would try again. */
export async function settledInBatch(
  db: Db,
  batchId: FailedOfBatch['batchId'],
  method: string,
  limit: number,
): Promise<SaidSettled[]> {
  return all(
    db,
    sql<SaidSettled>`select p.public_id as "payoutId", y.external_id as "payeeId", y.name as "payeeName", s.at as "saidAt"
      from (${failedOfBatch({ batchId })}) x join payout p on p.id = x.payout_id join payee y on y.id = x.payee_id
      join payout_method m on m.payee_id = x.payee_id and m.is_default and m.type = ${method}
      cross join lateral (select ${sql.raw(settledAtText)} as at) s
      where s.at is not null and (x.pinned_id is null or x.pinned_id = m.id) order by p.id limit ${limit}`,
  );
}

async function byReason(
  db: Db,
  source: RawBuilder<unknown>,
  method: string,
  now: Date,
): Promise<TriedBefore[]> {
  return all(
    db,
    sql<TriedBefore>`select coalesce(p.reason_code, 'provider_error') as code, p.currency, ${unmended} as unmended,
        count(*) as count, sum(x.amount)::bigint as amount
      from (${source}) x join payout p on p.id = x.payout_id join payee y on y.id = x.payee_id
      join payout_method m on m.payee_id = x.payee_id and m.is_default and m.type = ${method}
      where ${payable(now)} and not ${owing} and (x.pinned_id is null or x.pinned_id = m.id)
      group by 1, 2, 3 order by 3 desc, 4 desc, 1, 2`,
  );
}
