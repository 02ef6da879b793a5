import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Db } from './db.ts';
import { all } from './db.ts';
import type { EligibilityTotals, Scope } from './eligibility.ts';
import { candidates, owing } from './eligibility.ts';
import { freesAt, methodBarred, payeeBarred } from './payable.ts';

/** Count, sum and two sums of 64-bit hashes of what is paid in one currency: the same for the same set in any order. */
export interface SealRow {
  currency: string;
  count: bigint;
  amount: bigint;
  hashA: string;
  hashB: string;
}

/** When the clock frees the first of those that it alone keeps. */
interface Freed {
  freesAt: Date | null;
}

/** The seeds that make two hashes of one. */
const seedA = 1;
const seedB = 2;

/** Who gets what through which method, in which try: everything that a person who looked at a preview has agreed to. */
function hashes(
  of: Record<'earning' | 'payee' | 'method' | 'amount' | 'currency' | 'ordinal', RawBuilder<unknown>>,
) {
  const text = sql`concat_ws('|', ${of.earning}, ${of.payee}, ${of.method}, ${of.amount}, ${of.currency}, ${of.ordinal})`;
  // Sums of 64-bit numbers are exact decimals in PostgreSQL, and carried as text.
  return sql`sum(hashtextextended(${text}, ${sql.lit(seedA)}))::text as "hashA",
    sum(hashtextextended(${text}, ${sql.lit(seedB)}))::text as "hashB"`;
}

/** What `eligibleTotals` answers for one provider beside `others`, sealed: one pass over the candidates, nothing of them in memory. */
export async function sealedTotals(
  db: Db,
  scope: Scope,
  method: string,
  now: Date,
  others: readonly string[] = [],
): Promise<(EligibilityTotals & SealRow & Freed)[]> {
  const of = {
    earning: sql.raw('x.earning_id'),
    payee: sql.raw('x.payee_id'),
    method: sql.raw('m.id'),
    amount: sql.raw('x.amount'),
    currency: sql.raw('x.currency'),
    ordinal: sql.raw('x.attempt_count + 1'),
  };
  return all(
    db,
    sql<EligibilityTotals & SealRow & Freed>`select x.currency, case ${payeeBarred(now)}
        when m.id is null then 'no_method'
        when m.type = ${method} then case ${methodBarred(now)} when ${owing} then 'payee_owes' else 'eligible' end
        when m.type = any(${others as string[]}::text[]) then 'other_provider' else 'no_method' end as status, count(*) as count,
        sum(x.amount)::bigint as amount, min(${freesAt(method, now)}) as "freesAt", ${hashes(of)}
      from (${candidates(scope, now)}) x join payee y on y.id = x.payee_id
      left join payout_method m on m.payee_id = x.payee_id and m.is_default
      group by 1, 2 order by 1, 2`,
  );
}

/** The same of what a batch was really made of, to be compared with what was seen. */
export async function sealOfBatch(tx: Db, batchPublicId: string): Promise<SealRow[]> {
  const of = {
    earning: sql.raw('l.earning_id'),
    payee: sql.raw('p.payee_id'),
    method: sql.raw('a.method_id'),
    amount: sql.raw('a.amount'),
    currency: sql.raw('a.currency'),
    ordinal: sql.raw('a.ordinal'),
  };
  return all(
    tx,
    sql<SealRow>`select a.currency, count(*) as count, sum(a.amount)::bigint as amount, ${hashes(of)}
      from payout_batch b join payout_attempt a on a.batch_id = b.id join payout p on p.id = a.payout_id
      join payout_earning l on l.payout_id = p.id and l.released_at is null
      where b.public_id = ${batchPublicId} group by 1 order by 1`,
  );
}
