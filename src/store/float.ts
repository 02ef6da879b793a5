import { sql } from 'kysely';
import type { Reading } from '../core/float.ts';
import { providerOwners } from '../ledger/accounts.ts';
import { isReady } from './approved.ts';
import type { Db } from './db.ts';
import { all, one, rowsOf, run } from './db.ts';

/** A sum by provider and currency. Minor units. */
export interface NeedRow {
  provider: string;
  currency: string;
  count: bigint;
  amount: bigint;
}

export interface AccountRow {
  provider: string;
  askedAt: Date | null;
  answeredAt: Date | null;
  error: string | null;
}

export type ReadingRow = Reading & { readonly provider: string; readonly currency: string };

/** When an account is asked: `every` after the last question, `gap` after it when somebody wants a newer answer. */
export interface Pace {
  readonly everyMs: number;
  readonly gapMs: number;
}

/** True for an account `f` that is due. A question from the future was asked by a clock that was set back. */
function isDue(now: Date, { everyMs, gapMs }: Pace) {
  const before = (ms: number) => new Date(now.getTime() - ms);
  return sql`(f.asked_at is null or f.asked_at <= ${before(everyMs)} or f.asked_at > ${now}
    or (f.wanted_at > f.asked_at and f.asked_at <= ${before(gapMs)}))`;
}

/** Which of these accounts are due; only looks, as most rounds find nothing. */
export async function dueAccounts(
  db: Db,
  providers: readonly string[],
  now: Date,
  pace: Pace,
): Promise<string[]> {
  const rows = await all(
    db,
    sql<{
      provider: string;
    }>`select i.provider from ${rowsOf('i', providers, { provider: ['text', (name) => name] })}
      left join float_account f on f.provider = i.provider where f.provider is null or ${isDue(now, pace)}`,
  );
  return rows.map(({ provider }) => provider);
}

/** Takes a due account for one question, if nobody else has; answers its number. */
export async function claimAccount(
  db: Db,
  provider: string,
  now: Date,
  pace: Pace,
): Promise<bigint | undefined> {
  const row = await one(
    db,
    sql<{
      asks: bigint;
    }>`insert into float_account as f (provider, asks, asked_at) values (${provider}, 1, ${now})
      on conflict (provider) do update set asks = f.asks + 1, asked_at = excluded.asked_at where ${isDue(now, pace)}
      returning f.asks`,
  );
  return row?.asks;
}

/** Locks the account of a question, and answers it unless a later question was asked. */
export async function lockAccount(tx: Db, provider: string, asks: bigint): Promise<AccountRow | undefined> {
  return one(
    tx,
    sql<AccountRow>`select provider, asked_at as "askedAt", answered_at as "answeredAt", error from float_account
      where provider = ${provider} and asks = ${asks} for update`,
  );
}

/** Keeps what an account answered in place of what it had answered before. */
export async function saveReadings(
  tx: Db,
  provider: string,
  balances: readonly { currency: string; available: bigint; pending: bigint; asOf: Date }[],
  now: Date,
): Promise<void> {
  await run(tx, sql`delete from float_reading where provider = ${provider}`);
  await run(
    tx,
    sql`insert into float_reading (provider, currency, available, pending, as_of, read_at)
      select ${provider}, currency, available, pending, as_of::timestamptz, ${now} from ${rowsOf(
        'i',
        balances,
        {
          currency: ['text', (row) => row.currency],
          available: ['bigint', (row) => row.available],
          pending: ['bigint', (row) => row.pending],
          as_of: ['text', (row) => row.asOf.toISOString()],
        },
      )}`,
  );
  await run(
    tx,
    sql`update float_account set answered_at = ${now}, error = null where provider = ${provider}`,
  );
}

/** Keeps why an account gave no answer; what it had answered before stays, and grows old. */
export async function saveUnread(tx: Db, provider: string, error: string): Promise<void> {
  await run(tx, sql`update float_account set error = ${error} where provider = ${provider}`);
}

/** Writes the wish for newer answers, once for many who look. */
export async function wantReadings(
  db: Db,
  providers: readonly string[],
  now: Date,
  olderThan: Date,
): Promise<void> {
  await run(
    db,
    sql`insert into float_account as f (provider, wanted_at)
      select provider, ${now} from ${rowsOf('i', providers, { provider: ['text', (name) => name] })}
      on conflict (provider) do update set wanted_at = excluded.wanted_at
      where f.asked_at <= ${olderThan} and (f.wanted_at is null or f.wanted_at <= f.asked_at)`,
  );
}

export async function floatAccounts(db: Db, providers: readonly string[]): Promise<AccountRow[]> {
  return all(
    db,
    sql<AccountRow>`select provider, asked_at as "askedAt", answered_at as "answeredAt", error from float_account
      where provider = any(${providers as string[]}::text[]) order by provider`,
  );
}

/** The last readings, each with what was accepted after the moment it speaks of. */
export async function floatReadings(db: Db, providers: readonly string[]): Promise<ReadingRow[]> {
  return all(
    db,
    sql<ReadingRow>`select r.provider, r.currency, r.available, r.pending, r.as_of as "asOf", r.read_at as "readAt",
        (select coalesce(sum(s.total), 0)::bigint from submission s
          where s.accepted_at > r.as_of and s.provider = r.provider and s.currency = r.currency) as "sentSince"
      from float_reading r where r.provider = any(${providers as string[]}::text[]) order by r.provider, r.currency`,
  );
}

/** What is prepared and not accepted: reserved, sending, or sent with an outcome nobody knows yet. */
export async function queuedNeeds(db: Db, providers: readonly string[]): Promise<NeedRow[]> {
  return all(
    db,
    sql<NeedRow>`select provider, currency, sum(item_count) as count, sum(total)::bigint as amount from submission
      where state in ('planned', 'sending', 'unknown') and provider = any(${providers as string[]}::text[])
      group by 1, 2 order by 1, 2`,
  );
}

/** The same of one batch. */
export async function queuedOfBatch(db: Db, batchPublicId: string): Promise<NeedRow[]> {
  return all(
    db,
    sql<NeedRow>`select s.provider, s.currency, sum(s.item_count) as count, sum(s.total)::bigint as amount
      from payout_batch b join submission s on s.batch_id = b.id
      where b.public_id = ${batchPublicId} and s.state in ('planned', 'sending', 'unknown') group by 1, 2 order by 1, 2`,
  );
}

/** What is approved and would be taken by the next batch of what is approved. */
export async function approvedNeeds(db: Db, providers: readonly string[], now: Date): Promise<NeedRow[]> {
  return all(
    db,
    sql<NeedRow>`select m.type as provider, p.currency, count(*) as count, sum(p.amount)::bigint as amount
      from payout p join payout_method m on m.id = p.method_id and m.is_default
      join payee y on y.id = p.payee_id
      where ${isReady(now)} and m.type = any(${providers as string[]}::text[]) group by 1, 2 order by 1, 2`,
  );
}

/** The same by when: what is ready by the first of these times, what by the second and not before, and so on. */
export async function approvedByTimes(
  db: Db,
  providers: readonly string[],
  times: readonly Date[],
): Promise<(NeedRow & { nth: number })[]> {
  // What waits is ready at the end of its longest hold; what is kept without an end never is.
  return all(
    db,
    sql<
      NeedRow & { nth: number }
    >`select x.provider, x.currency, x.nth, count(*) as count, sum(x.amount)::bigint as amount
      from (select m.type as provider, p.currency, p.amount, (select count(*)::int from unnest(${times as Date[]}::timestamptz[]) t(at)
          where t.at < greatest(p.hold_until, y.hold_until, m.usable_from)) as nth
        from payout p join payout_method m on m.id = p.method_id and m.is_default
        join payee y on y.id = p.payee_id
        where ${isReady(sql`timestamptz 'infinity'`)} and m.type = any(${providers as string[]}::text[])) x
      where x.nth < ${times.length} group by 1, 2, 3 order by 1, 2, 3`,
  );
}

/** The newest open cycles: each is a run that may come. */
export async function openCycles(
  db: Db,
  limit: number,
): Promise<{ id: bigint; publicId: string; name: string }[]> {
  return all(
    db,
    sql<{ id: bigint; publicId: string; name: string }>`select id, public_id as "publicId", name from cycle
      where status = 'open' order by id desc limit ${limit}`,
  );
}

/** What left through each provider by the books, fees and what came back included. Reads every entry. */
export async function paidByBooks(
  db: Db,
  providers: readonly string[],
): Promise<{ provider: string; currency: string; amount: bigint }[]> {
  const owners = Object.entries(providerOwners).filter(([name]) => providers.includes(name));
  return all(
    db,
    sql<{ provider: string; currency: string; amount: bigint }>`select i.provider, e.currency,
        sum(e.amount)::bigint as amount
      from ${rowsOf('i', owners, {
        provider: ['text', ([name]) => name],
        owner_id: ['bigint', ([, owner]) => owner],
      })} join entry e on e.account = 'provider_float' and e.owner_id = i.owner_id
      group by 1, 2 order by 1, 2`,
  );
}
