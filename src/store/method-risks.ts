import { sql } from 'kysely';
import { accountOf } from '../core/payout-method.ts';
import type { Db } from './db.ts';
import { one, rowsOf } from './db.ts';
import type { Scope } from './eligibility.ts';
import { candidates, owing } from './eligibility.ts';
import { payable } from './payable.ts';
import type { GivenMethod } from './payout-methods.ts';
import type { DbVault } from './vault.ts';

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

/** How many given addresses are those on record, how many another one, and how many the first of their payee. */
export async function compareMethods(
  db: Db,
  vault: DbVault,
  given: readonly (GivenMethod & { externalId: string })[],
): Promise<{ known: number; changed: number; added: number }> {
  const input = rowsOf('i', given, {
    external_id: ['text', (row) => row.externalId],
    type: ['text', (row) => row.type],
    fingerprint: ['text', (row) => vault.fingerprint(accountOf(row))],
  });
  const row = await one(
    db,
    sql<{ known: number; changed: number; added: number }>`select
        count(*) filter (where (m.type, m.fingerprint) = (i.type, i.fingerprint))::int as known,
        count(*) filter (where (m.type, m.fingerprint) <> (i.type, i.fingerprint))::int as changed,
        count(*) filter (where m.id is null)::int as added
      from ${input} left join payee y on y.external_id = i.external_id
      left join payout_method m on m.payee_id = y.id and m.is_default`,
  );
  return row ?? { known: 0, changed: 0, added: 0 };
}
