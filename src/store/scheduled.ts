import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Frequency } from '../core/schedule.ts';
import type { Db } from './db.ts';
import { all, rowsOf } from './db.ts';
import { isOwed, owedAmount } from './owed.ts';
import { againUnderWay, freeAmount, isFree } from './requests.ts';

/** A payee and a currency for which a payout is to be asked. Amounts in minor units. */
export interface Candidate {
  payeeId: bigint;
  currency: string;
  /** What a payout must come to at least. */
  least: bigint;
  /** What it comes to, as far as a look without locks tells. */
  amount: bigint;
}

/** Whose run it is, from a payee and currency on. */
export interface DuePage {
  readonly frequencies: readonly Frequency[];
  /** Of payees who chose nothing. */
  readonly usual: Frequency;
  readonly afterPayee: bigint;
  readonly afterCurrency: string;
}

/** Least amount of a payout by currency. */
export type Minimums = readonly { readonly currency: string; readonly minimum: bigint }[];

/** What has no cycle is paid by the clock; what belongs to a cycle is paid by its runs. */
export const isScheduled = sql`(${isFree} and e.cycle_id is null)`;

/** The next candidates of a run, at most `limit`, in the order of payee and currency. */
export async function dueCandidates(
  db: Db,
  minimums: Minimums,
  page: DuePage,
  limit: number,
): Promise<Candidate[]> {
  const { frequencies, usual, afterPayee, afterCurrency } = page;
  const isDue = sql<boolean>`coalesce((select s.frequency from payee_schedule s where s.payee_id = b.owner_id),
      ${usual}) = any(${frequencies}::text[])
    and (b.owner_id, b.currency) > (${afterPayee}::bigint, ${afterCurrency}::char(3))`;
  return candidates(db, minimums, isDue, sql`a.minimum`, limit);
}

/** Those who have as much as they set for asking by itself, from a payee and currency on. */
export async function thresholdCandidates(
  db: Db,
  minimums: Minimums,
  after: Pick<Candidate, 'payeeId' | 'currency'>,
  limit: number,
): Promise<Candidate[]> {
  const isSet = sql<boolean>`a.request_at is not null
    and (b.owner_id, b.currency) > (${after.payeeId}::bigint, ${after.currency}::char(3))`;
  return candidates(db, minimums, isSet, sql`a.request_at`, limit);
}

/**
 * Payees who can be paid and have no request under way, with what a payout would come to: earnings without a cycle less what
 * is owed. The balance is never less than that, so it decides first.
 */
async function candidates(
  db: Db,
  minimums: Minimums,
  which: RawBuilder<boolean>,
  own: RawBuilder<unknown>,
  limit: number,
): Promise<Candidate[]> {
  return all(
    db,
    sql<Candidate>`select x."payeeId", x.currency, x.least, (x.free - x.owed)::bigint as amount
      from (
        select b.owner_id as "payeeId", b.currency, greatest(m.minimum, ${own}) as least,
          (select coalesce(sum(${freeAmount}), 0) from earning e
            where e.payee_id = b.owner_id and e.currency = b.currency and ${isScheduled}) as free,
          (select coalesce(sum(${owedAmount}), 0) from earning r
            where r.payee_id = b.owner_id and r.currency = b.currency and ${isOwed}) as owed
        from balance b
        join ${rowsOf('m', minimums, {
          currency: ['text', (row) => row.currency],
          minimum: ['bigint', (row) => row.minimum],
        })} on m.currency = b.currency
        join payee y on y.id = b.owner_id and y.status = 'active'
        join payout_method d on d.payee_id = b.owner_id and d.is_default
        left join payee_schedule_amount a on a.payee_id = b.owner_id and a.currency = b.currency
        where b.account = 'payee_available' and b.amount >= greatest(m.minimum, ${own}) and ${which}
          and not exists (select 1 from payout p
            where p.payee_id = b.owner_id and coalesce(p.source_currency, p.currency) = b.currency and p.open_request)
          and not exists (select 1 from payout p
            where p.payee_id = b.owner_id and coalesce(p.source_currency, p.currency) = b.currency and ${againUnderWay})
        -- Keeps the sums from being worked out twice.
        order by b.owner_id, b.currency offset 0) x
      where x.free - x.owed >= x.least order by x."payeeId", x.currency limit ${limit}`,
  );
}

/** An earning of a payee. Amount in minor units. */
export interface PayeeItem {
  payeeId: bigint;
  currency: string;
  id: bigint;
  amount: bigint;
}

/** What scheduled payouts of these may carry, by payee and currency, at most `limit` rows. */
export async function scheduledEarnings(
  tx: Db,
  of: readonly { payeeId: bigint; currency: string }[],
  limit: number,
): Promise<PayeeItem[]> {
  return all(
    tx,
    sql<PayeeItem>`select e.payee_id as "payeeId", e.currency, e.id, ${freeAmount} as amount from ${keys(of)}
      join earning e on e.payee_id = k.payee_id and e.currency = k.currency
      where ${isScheduled} order by e.payee_id, e.currency, e.id limit ${limit}`,
  );
}

/** What these owe, earning by earning. */
export async function owedBy(
  tx: Db,
  of: readonly { payeeId: bigint; currency: string }[],
): Promise<PayeeItem[]> {
  return all(
    tx,
    sql<PayeeItem>`select r.payee_id as "payeeId", r.currency, r.id, ${owedAmount} as amount from ${keys(of)}
      join earning r on r.payee_id = k.payee_id and r.currency = k.currency
      where ${isOwed} order by r.payee_id, r.currency, r.id`,
  );
}

function keys(of: readonly { payeeId: bigint; currency: string }[]): RawBuilder<unknown> {
  return rowsOf('k', of, {
    payee_id: ['bigint', (row) => row.payeeId],
    currency: ['text', (row) => row.currency],
  });
}
