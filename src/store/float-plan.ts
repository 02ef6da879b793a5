import { sql } from 'kysely';
import type { Frequency } from '../core/schedule.ts';
import type { Db } from './db.ts';
import { all, one, rowsOf } from './db.ts';
import { retryTime } from './auto-retries.ts';
import type { NeedRow } from './float.ts';
import { isOwed, owedAmount } from './owed.ts';
import { againUnderWay } from './requests.ts';
import type { Minimums } from './scheduled.ts';
import { scheduledOf } from './unpaid.ts';

/** What becomes available for a payee at a moment. Minor units. */
export interface Maturing {
  payeeId: bigint;
  currency: string;
  at: Date;
  amount: bigint;
}

/**
 * What becomes available until a moment and is paid by the clock. Of what waits, the first `limit` earnings are looked at, in
 * the order of their times, whatever else waits; `complete` false: there are more.
 */
export async function maturingUntil(
  db: Db,
  until: Date,
  limit: number,
): Promise<{ rows: Maturing[]; complete: boolean }> {
  const rows = await all(
    db,
    sql<Maturing>`select x.payee_id as "payeeId", x.currency, x.available_at as at, sum(x.net)::bigint as amount
      from (select payee_id, currency, available_at, net, cycle_id, reversed_at from earning
        where pending and available_at <= ${until} order by available_at, id limit ${limit}) x
      where x.cycle_id is null and x.reversed_at is null group by 1, 2, 3 order by 1, 2, 3`,
  );
  const more = await one(
    db,
    sql<{ id: bigint }>`select id from earning where pending and available_at <= ${until}
      order by available_at, id offset ${limit} limit 1`,
  );
  return { rows, complete: more === undefined };
}

/** A payee who is paid by the clock in a currency. Minor units. */
export interface SaverRow {
  payeeId: bigint;
  currency: string;
  provider: string;
  frequency: Frequency;
  least: bigint;
  free: bigint;
}

/**
 * Payees whose run is one of these and who have as much as it takes, or get more (`also`), at most `limit`, with what a payout
 * would carry now. Whoever has a request under way is left out, as a run asks them for nothing.
 */
export async function saversOf(
  db: Db,
  minimums: Minimums,
  of: {
    readonly frequencies: readonly Frequency[];
    readonly usual: Frequency;
    readonly providers: readonly string[];
    readonly also: readonly { payeeId: bigint; currency: string }[];
  },
  limit: number,
): Promise<SaverRow[]> {
  const { frequencies, usual, providers, also } = of;
  return all(
    db,
    sql<SaverRow>`select k.payee_id as "payeeId", k.currency, d.type as provider, coalesce(s.frequency, ${usual}) as frequency,
        greatest(m.minimum, a.minimum) as least,
        (${scheduledOf}
          - (select coalesce(sum(${owedAmount}), 0) from earning r
            where r.payee_id = k.payee_id and r.currency = k.currency and ${isOwed}))::bigint as free
      from (select b.owner_id as payee_id, b.currency from balance b
          join ${minimumRows('n', minimums)} on n.currency = b.currency
          where b.account = 'payee_available' and b.amount >= n.minimum
        union select payee_id, currency::char(3) from ${rowsOf('i', also, {
          payee_id: ['bigint', (row) => row.payeeId],
          currency: ['text', (row) => row.currency],
        })}) k
      join ${minimumRows('m', minimums)} on m.currency = k.currency
      join payee y on y.id = k.payee_id and y.status = 'active'
      join payout_method d on d.payee_id = k.payee_id and d.is_default and d.type = any(${providers as string[]}::text[])
      left join payee_schedule s on s.payee_id = k.payee_id
      left join payee_schedule_amount a on a.payee_id = k.payee_id and a.currency = k.currency
      where coalesce(s.frequency, ${usual}) = any(${frequencies as string[]}::text[])
        and not exists (select 1 from payout p
          where p.payee_id = k.payee_id and coalesce(p.source_currency, p.currency) = k.currency and p.open_request)
        and not exists (select 1 from payout p
          where p.payee_id = k.payee_id and coalesce(p.source_currency, p.currency) = k.currency and ${againUnderWay})
      order by k.payee_id, k.currency limit ${limit}`,
  );
}

function minimumRows(name: string, minimums: Minimums) {
  return rowsOf(name, minimums, {
    currency: ['text', (row) => row.currency],
    minimum: ['bigint', (row) => row.minimum],
  });
}

/** What is asked for and waits for approval, by the account that would pay it. */
export async function requestedNeeds(db: Db, providers: readonly string[]): Promise<NeedRow[]> {
  return all(
    db,
    sql<NeedRow>`select m.type as provider, p.currency, count(*) as count, sum(p.amount)::bigint as amount
      from payout p join payout_method m on m.id = p.method_id
      where p.off_state = 'pending_approval' and m.type = any(${providers as string[]}::text[]) group by 1, 2 order by 1, 2`,
  );
}

/** What failed and is tried again by itself, by account and day of a zone; `at` is the first of its day. */
export async function retryNeeds(
  db: Db,
  providers: readonly string[],
  zone: string,
): Promise<(NeedRow & { at: Date })[]> {
  return all(
    db,
    sql<
      NeedRow & { at: Date }
    >`select m.type as provider, p.currency, count(*) as count, sum(p.amount)::bigint as amount,
        min(${retryTime}) as at
      from payout p join payee y on y.id = p.payee_id join payout_method m on m.payee_id = y.id and m.is_default
      where p.next_retry_at is not null and m.type = any(${providers as string[]}::text[])
      group by m.type, p.currency, date_trunc('day', ${retryTime} at time zone ${zone}) order by 1, 2, 5`,
  );
}
