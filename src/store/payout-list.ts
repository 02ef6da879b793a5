import { sql } from 'kysely';
import { amountsIn } from '../core/amount-search.ts';
import type { Db } from './db.ts';
import { all } from './db.ts';
import { idsOfAmounts } from './payout-amounts.ts';
import type { Condition, PayoutFilter } from './payout-filter.ts';
import { conditionsOn, every, present, windowOf } from './payout-filter.ts';
import type { PayoutRow } from './payouts.ts';
import { payoutColumns, payoutJoins } from './payouts.ts';
import { wordsIn } from './search.ts';
import type { Found } from './windows.ts';
import { foundIn, lookedAtMax } from './windows.ts';

/** A payout in a list, with its place in it: its id, or in a batch the id of its attempt there. */
export interface ListedPayout extends PayoutRow {
  place: bigint;
}

/** Payees that a search by name looks at. */
const namesakesMax = 100;

/** Of each, so many of the newest payouts. */
const payoutsOfNamesakeMax = 1_000;

/** A page of payouts, newest first; of a batch in the reverse order of its items. */
export async function listPayouts(
  db: Db,
  filter: PayoutFilter,
  size: number,
  before: bigint | null,
): Promise<Found<ListedPayout>> {
  if (filter.q) return search(db, filter.q, conditionsOn(filter), size, before);
  const { looked, rest } = windowOf(await present(db, filter), size + 1, before);
  const rows = await all(
    db,
    sql<ListedPayout>`with hit as materialized (
        select p.payout_id, p.id as place from (${looked} limit ${rest.length === 0 ? size + 1 : lookedAtMax}) p
          where ${every(rest)} order by p.id desc limit ${size + 1})
      select ${payoutColumns}, hit.place from hit join payout p on p.id = hit.payout_id ${payoutJoins}
      order by hit.place desc`,
  );
  return foundIn(db, rows, size, rest.length === 0 ? null : looked, (row) => row.place);
}

export interface PayoutSum {
  currency: string;
  count: number;
  amount: bigint;
}

/** How many payouts a filter lets through among the rows a page may look at, and how much, by currency. */
export async function countPayouts(
  db: Db,
  filter: Omit<PayoutFilter, 'q'>,
): Promise<{ sums: PayoutSum[]; capped: boolean }> {
  const { looked, rest } = windowOf(await present(db, filter), lookedAtMax + 1, null);
  const rows = await all(
    db,
    sql<PayoutSum & { looked: number }>`with l as materialized (${looked} limit ${lookedAtMax + 1})
      select p.currency, count(*)::int as count, sum(p.amount)::bigint as amount,
        (select count(*)::int from l) as looked
      from (select * from l limit ${lookedAtMax}) p where ${every(rest)} group by 1
      union all select '', 0, 0, (select count(*)::int from l) order by 1`,
  );
  const [all0, ...sums] = rows;
  return {
    sums: sums.map(({ currency, count, amount }) => ({ currency, count, amount })),
    capped: (all0?.looked ?? 0) > lookedAtMax,
  };
}

/**
 * What people type: whole ids, the address or the beginnings of the words of the name of a payee, or an amount. Of each payee found the newest payouts are taken
 * along the index of the payee; the ids go as an array, which a planner looks up one by one.
 */
async function search(
  db: Db,
  q: string,
  filters: readonly Condition[],
  size: number,
  before: bigint | null,
): Promise<Found<ListedPayout>> {
  const conditions = before === null ? filters : [...filters, sql`p.id < ${before}`];
  const older = before === null ? sql`true` : sql`o.id < ${before}`;
  const sought = amountsIn(q);
  const among = { older, match: every(conditions), limit: size + 1 };
  const ofAmounts = sought.length === 0 ? sql`` : sql`union ${idsOfAmounts(sought, among)}`;
  const rows = await all(
    db,
    sql<ListedPayout>`with who as materialized (
        select id from payee where external_id = ${q} or public_id = ${q}
        union
        select id from payee where lower(email) = lower(${q}) and email is not null
        union
        (select id from payee where to_tsvector('simple', name) @@ to_tsquery('simple', ${wordsIn(q)}) limit ${namesakesMax})),
      hit as materialized (
        select id from payout where public_id = ${q}
        union select payout_id from payout_attempt where item_reference = ${q}
        union select x.id from who cross join lateral (
          select p.id from (select * from payout o where o.payee_id = who.id and ${older}
            order by o.payee_id desc, o.id desc limit ${payoutsOfNamesakeMax}) p
          where ${every(conditions)} order by p.id desc limit ${size + 1}) x
        ${ofAmounts})
      select ${payoutColumns}, p.id as place from payout p ${payoutJoins}
      where p.id = any(array(select id from hit)) and ${every(conditions)} order by p.id desc limit ${size + 1}`,
  );
  return foundIn(db, rows, size, null);
}
