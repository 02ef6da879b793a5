import { sql } from 'kysely';
import type { Db } from './db.ts';
import { one } from './db.ts';
import type { Scope } from './eligibility.ts';
import { candidates, owing } from './eligibility.ts';
import { payable } from './payable.ts';

/** What a person should see before a run: payees who are paid another way than the last time, and accounts that several share. */
export interface MethodRisks {
  changedMethods: number;
  sharedAccounts: number;
}

/** Counts them among the eligible payees of a scope; the last time is the last attempt of the newest payout. */
export async function methodRisks(db: Db, scope: Scope, method: string, now: Date): Promise<MethodRisks> {
  const row = await one(
    db,
    sql<MethodRisks>`with paid as (
        select distinct m.id, m.payee_id, m.fingerprint from (${candidates(scope, now)}) x
        join payee y on y.id = x.payee_id
        join payout_method m on m.payee_id = x.payee_id and m.is_default and m.type = ${method}
        where ${payable(now)} and not ${owing})
      select (select count(*)::int from paid cross join lateral (
          select a.method_id from payout p join payout_attempt a on a.payout_id = p.id and a.ordinal = p.attempt_count
          where p.payee_id = paid.payee_id order by p.id desc limit 1) last
        where last.method_id <> paid.id) as "changedMethods",
        (select count(distinct paid.fingerprint)::int from paid where exists (select 1 from payout_method o
          where o.fingerprint = paid.fingerprint and o.payee_id <> paid.payee_id and o.retired_at is null))
          as "sharedAccounts"`,
  );
  return row ?? { changedMethods: 0, sharedAccounts: 0 };
}
