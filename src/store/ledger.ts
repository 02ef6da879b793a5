import { sql } from 'kysely';
import { isGuarded } from '../ledger/accounts.ts';
import type { Fact, Line } from '../ledger/postings.ts';
import type { Db } from './db.ts';
import { all, one, rowsOf, run } from './db.ts';

/** Money that an account does not hold was asked of it; the transaction must be given up. */
export class BalanceError extends Error {
  override readonly name = 'BalanceError';
}

/**
 * Posts facts of one kind in sets, each with its own journal. A fact posted before makes the whole call fail on the
 * journal's unique key: callers post only what they have just changed under a lock, so a repeat is a bug and must be loud.
 * Balance rows of guarded accounts must exist (`openBalances`), are locked in key order, and are changed by one statement.
 * With `mayOwe` what is available may fall below zero: for facts that are so, whatever the balance says.
 */
export async function post(
  tx: Db,
  sourceType: string,
  kind: string,
  facts: readonly Fact[],
  now: Date,
  { mayOwe = false }: { mayOwe?: boolean } = {},
): Promise<void> {
  if (facts.length === 0) return;
  const lines = facts.flatMap((fact) =>
    fact.lines.map((line, index) => ({ ...line, source: fact.sourceId, line: index + 1 })),
  );
  const written = await run(
    tx,
    sql`with posted as (
        insert into journal (source_type, source_id, kind, posted_at)
        select ${sourceType}, f.source_id, ${kind}, ${now}
        from ${rowsOf('f', facts, { source_id: ['bigint', (fact) => fact.sourceId] })}
        returning id, source_id)
      insert into entry (journal_id, line, account, owner_id, currency, amount)
      select posted.id, l.line, l.account::account_kind, l.owner_id, l.currency, l.amount
      from ${rowsOf('l', lines, {
        source_id: ['bigint', (line) => line.source],
        line: ['int', (line) => line.line],
        account: ['text', (line) => line.account],
        owner_id: ['bigint', (line) => line.ownerId],
        currency: ['text', (line) => line.currency],
        amount: ['bigint', (line) => line.amount],
      })} join posted using (source_id)`,
  );
  if (written !== lines.length) throw new Error(`posted ${written} of ${lines.length} lines`);
  await moveBalances(tx, lines, mayOwe);
}

/** Sums the lines per guarded account first, so that an account in many facts costs one update. */
async function moveBalances(tx: Db, lines: readonly Line[], mayOwe: boolean): Promise<void> {
  const sums = new Map<string, Line>();
  for (const line of lines) {
    if (!isGuarded(line.account)) continue;
    const key = `${line.ownerId} ${line.account} ${line.currency}`;
    sums.set(key, { ...line, amount: line.amount + (sums.get(key)?.amount ?? 0n) });
  }
  const deltas = [...sums.values()];
  if (deltas.length === 0) return;
  const changed = await all(
    tx,
    sql<{ account: string; amount: bigint; delta: bigint }>`with delta as (
        select d.* from ${rowsOf('d', deltas, {
          account: ['text', (line) => line.account],
          owner_id: ['bigint', (line) => line.ownerId],
          currency: ['text', (line) => line.currency],
          amount: ['bigint', (line) => line.amount],
        })}),
      held as (
        select b.owner_id, b.account, b.currency, d.amount as delta from balance b
        join delta d on b.owner_id = d.owner_id and b.account = d.account::account_kind and b.currency = d.currency
        order by b.owner_id, b.account, b.currency for update of b)
      -- By key, not by ctid: a row that was waited for has moved, and only its key leads to the version that is locked.
      update balance b set amount = b.amount + held.delta from held
      where b.owner_id = held.owner_id and b.account = held.account and b.currency = held.currency
      returning b.account, b.amount, held.delta`,
  );
  if (changed.length !== deltas.length) {
    throw new Error(`${deltas.length - changed.length} guarded accounts have no balance row`);
  }
  if (
    !mayOwe &&
    changed.some((row) => row.account === 'payee_available' && row.delta < 0n && row.amount < 0n)
  ) {
    throw new BalanceError(
      'A payee does not have the available balance for this payout. Nothing was changed.',
    );
  }
}

/** Makes sure the balance rows of these payees exist, in key order. */
export async function openBalances(
  tx: Db,
  owners: readonly { ownerId: bigint; currency: string; pending?: boolean }[],
): Promise<void> {
  await sql`insert into balance (account, owner_id, currency, amount)
    select k.account, o.owner_id, o.currency, 0
    from (select owner_id, currency, bool_or(pending) as pending from ${rowsOf('o', owners, {
      owner_id: ['bigint', (row) => row.ownerId],
      currency: ['text', (row) => row.currency],
      pending: ['boolean', (row) => row.pending === true],
    })} group by owner_id, currency) o
    join (values ('payee_available'::account_kind, false), ('payee_reserved'::account_kind, false),
      ('payee_pending'::account_kind, true)) k(account, waits) on o.pending or not k.waits
    order by o.owner_id, k.account, o.currency
    on conflict do nothing`.execute(tx);
}

/** The books per account kind and currency; credit positive, minor units. */
export async function trialBalance(
  db: Db,
): Promise<{ account: string; currency: string; amount: bigint; entries: bigint }[]> {
  return all(
    db,
    sql`select account::text as account, currency, sum(amount)::bigint as amount, count(*) as entries
      from entry group by account, currency order by account, currency`,
  );
}

/** Guarded balances of one payee and currency, minor units. */
export async function balanceOf(
  db: Db,
  payeeId: bigint,
  currency: string,
): Promise<{ available: bigint; reserved: bigint }> {
  const row = await one(
    db,
    sql<{ available: bigint | null; reserved: bigint | null }>`select
      sum(amount) filter (where account = 'payee_available')::bigint as available,
      sum(amount) filter (where account = 'payee_reserved')::bigint as reserved
      from balance where owner_id = ${payeeId} and currency = ${currency}`,
  );
  return { available: row?.available ?? 0n, reserved: row?.reserved ?? 0n };
}

/**
 * The fees of a submission that has nothing open, less what was posted of them: an item that is claimed late brings its
 * fee after the others. `kind` is the next free one. Undefined when nothing is missing; minor units.
 */
export async function unpostedFees(
  tx: Db,
  submissionId: bigint,
): Promise<{ currency: string; fees: bigint; kind: string } | undefined> {
  const row = await one(
    tx,
    sql<{ currency: string; fees: bigint; postings: bigint }>`select a.currency,
        (coalesce(sum(a.fee), 0) - p.posted)::bigint as fees, p.postings
      from payout_attempt a cross join (
        select count(distinct j.id) as postings, coalesce(-sum(e.amount), 0) as posted
        from journal j join entry e on e.journal_id = j.id and e.account = 'platform_costs'
        where j.source_type = 'submission' and j.source_id = ${submissionId}) p
      where a.submission_id = ${submissionId} group by a.currency, p.posted, p.postings
      having bool_and(a.state not in ('pending', 'held')) and coalesce(sum(a.fee), 0) <> p.posted`,
  );
  if (!row) return undefined;
  const kind = row.postings === 0n ? 'fees' : `fees-${row.postings + 1n}`;
  return { currency: row.currency, fees: row.fees, kind };
}
