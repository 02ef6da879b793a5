import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { SoughtAmount } from '../core/amount-search.ts';
import type { Db } from './db.ts';
import { all } from './db.ts';
import type { PayoutRow } from './payouts.ts';
import { payoutColumns, payoutJoins } from './payouts.ts';

/** Of each amount in each currency, so many of the newest payouts are looked at. */
const payoutsOfAmountMax = 1_000;

/** What the page of a list is limited to. */
export interface Among {
  /** True for payouts `o` that stand behind the page before. */
  readonly older: RawBuilder<unknown>;
  /** True for payouts `p` that a filter lets through. */
  readonly match: RawBuilder<unknown>;
  readonly limit: number;
}

/** Ids of payouts of exactly one of these amounts: each looked up along its own index, the newest first. */
export function idsOfAmounts(
  sought: readonly SoughtAmount[],
  { older, match, limit }: Among,
): RawBuilder<unknown> {
  return sql`select x.id from unnest(${sought.map(({ amount }) => amount)}::bigint[],
      ${sought.map(({ currency }) => currency)}::char(3)[]) as s(amount, currency)
    cross join lateral (select p.id from (select * from payout o
        where o.amount = s.amount and o.currency = s.currency and ${older}
        order by o.amount desc, o.currency desc, o.id desc limit ${payoutsOfAmountMax}) p
      where ${match} order by p.id desc limit ${limit}) x`;
}

/** The newest payouts of exactly one of these amounts. */
export async function payoutsOfAmounts(
  db: Db,
  sought: readonly SoughtAmount[],
  limit: number,
): Promise<PayoutRow[]> {
  if (sought.length === 0) return [];
  const among = { older: sql`true`, match: sql`true`, limit };
  return all(
    db,
    sql<PayoutRow>`select ${payoutColumns} from payout p ${payoutJoins}
      where p.id = any(array(select id from (${idsOfAmounts(sought, among)}) found order by id desc limit ${limit}))
      order by p.id desc`,
  );
}
