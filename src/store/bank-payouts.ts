import { sql } from 'kysely';
import type { BankPayout, BankPayoutStatus } from '../core/bank-payout.ts';
import { bankPayoutStatuses } from '../core/bank-payout.ts';
import type { Db } from './db.ts';
import { all, one, run } from './db.ts';

/**
 * Keeps what was told of a payment to a bank, unless something later is known. Undefined when it tells nothing new: the same
 * event again, or an older one that comes late.
 */
export async function keepBankPayout(
  tx: Db,
  accountId: bigint,
  told: BankPayout,
  now: Date,
): Promise<{ id: bigint; isNew: boolean } | undefined> {
  const rank = (status: unknown) => sql`array_position(${[...bankPayoutStatuses]}::text[], ${status})`;
  return one(
    tx,
    sql<{
      id: bigint;
      isNew: boolean;
    }>`insert into bank_payout (account_id, provider_payout_id, status, amount, currency,
        failure_code, told_at, first_seen_at, seen_at)
      values (${accountId}, ${told.id}, ${told.status}, ${told.amount}, ${told.currency}, ${told.failureCode}, ${told.toldAt},
        ${now}, ${now})
      on conflict (account_id, provider_payout_id) do update set status = excluded.status,
        failure_code = excluded.failure_code, told_at = excluded.told_at, seen_at = excluded.seen_at
        where bank_payout.status <> excluded.status and (excluded.told_at, ${rank(sql`excluded.status`)})
          > (bank_payout.told_at, ${rank(sql`bank_payout.status`)})
      returning id, first_seen_at = seen_at as "isNew"`,
  );
}

/**
 * Names the payout whose money it is, where exactly one payment that arrived through this account has this amount and no
 * other payment to the bank was taken for it. Where several could be meant, nobody is told something that may be wrong.
 */
export async function attributeBankPayout(tx: Db, id: bigint): Promise<void> {
  await run(
    tx,
    sql`update bank_payout b set payout_id = (
        select case when count(*) = 1 then min(p.id) end
        from provider_account k join payout_method m on m.type = k.provider and m.fingerprint = k.fingerprint
        join payout p on p.payee_id = m.payee_id and p.state = 'completed' and p.amount = b.amount and p.currency = b.currency
        join payout_attempt a on a.payout_id = p.id and a.ordinal = p.attempt_count and a.method_id = m.id
          and a.state = 'completed'
        where k.id = b.account_id and not exists (select 1 from bank_payout o where o.payout_id = p.id))
      where b.id = ${id} and b.payout_id is null`,
  );
}

export interface BankPayoutRow {
  providerPayoutId: string;
  status: BankPayoutStatus;
  amount: bigint;
  currency: string;
  failureCode: string | null;
  toldAt: Date;
  /** The payout whose money it is, when that is certain. */
  payoutId: string | null;
}

/** The last payments of an account to the bank, newest first. */
export async function bankPayoutsOf(db: Db, accountId: bigint, limit: number): Promise<BankPayoutRow[]> {
  return all(
    db,
    sql<BankPayoutRow>`select b.provider_payout_id as "providerPayoutId", b.status, b.amount, b.currency,
        b.failure_code as "failureCode", b.told_at as "toldAt", p.public_id as "payoutId"
      from bank_payout b left join payout p on p.id = b.payout_id
      where b.account_id = ${accountId} order by b.id desc limit ${limit}`,
  );
}

/** Payees who are paid through an account: their external ids, at most `limit`. */
export async function payeesOfAccount(db: Db, accountId: bigint, limit: number): Promise<string[]> {
  const rows = await all(
    db,
    sql<{ id: string }>`select distinct y.external_id as id from provider_account k
      join payout_method m on m.type = k.provider and m.fingerprint = k.fingerprint join payee y on y.id = m.payee_id
      where k.id = ${accountId} order by 1 limit ${limit}`,
  );
  return rows.map(({ id }) => id);
}
