import { sql } from 'kysely';
import type { AccountKind } from '../ledger/accounts.ts';
import { isGuarded } from '../ledger/accounts.ts';
import type { Fact } from '../ledger/postings.ts';
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
  options: { mayOwe?: boolean } = {},
): Promise<void> {
  await postKinds(tx, sourceType, [[kind, facts]], now, options);
}

/** The same for facts of several kinds, so that the balances of all of them are locked in one order and changed once. */
export async function postKinds(
  tx: Db,
  sourceType: string,
  kinds: Iterable<readonly [string, readonly Fact[]]>,
  now: Date,
  { mayOwe = false }: { mayOwe?: boolean } = {},
): Promise<void> {
  const posted: Fact[] = [];
  for (const [kind, facts] of kinds) {
    if (facts.length > 0) await writeJournals(tx, sourceType, kind, facts, now);
    posted.push(...facts);
  }
  await moveBalances(tx, changesOf(posted), mayOwe);
}

async function writeJournals(
  tx: Db,
  sourceType: string,
  kind: string,
  facts: readonly Fact[],
  now: Date,
): Promise<void> {
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
}

/** How the row of a guarded account changes; minor units. */
interface Delta {
  readonly account: AccountKind;
  readonly ownerId: bigint;
  readonly currency: string;
  amount: bigint;
  onItsWay: bigint;
  paid: bigint;
}

/**
 * Sums facts per row first, so that an account in many facts costs one update. What has left a payee is kept in the row of what
 * is reserved: most of it leaves from there, and one row is changed where there would be two.
 */
function changesOf(facts: readonly Fact[]): Delta[] {
  const sums = new Map<string, Delta>();
  const rowOf = (account: AccountKind, { ownerId, currency }: { ownerId: bigint; currency: string }) => {
    const key = `${ownerId} ${account} ${currency}`;
    const row = sums.get(key) ?? { account, ownerId, currency, amount: 0n, onItsWay: 0n, paid: 0n };
    sums.set(key, row);
    return row;
  };
  for (const { lines, away } of facts) {
    for (const line of lines) if (isGuarded(line.account)) rowOf(line.account, line).amount += line.amount;
    if (away === undefined) continue;
    const row = rowOf('payee_reserved', away);
    row.onItsWay += away.onItsWay;
    row.paid += away.paid;
  }
  return [...sums.values()];
}

async function moveBalances(tx: Db, deltas: readonly Delta[], mayOwe: boolean): Promise<void> {
  if (deltas.length === 0) return;
  const changed = await one(
    tx,
    sql<{ rows: bigint; short: boolean }>`with delta as (
        select d.* from ${rowsOf('d', deltas, {
          account: ['text', (line) => line.account],
          owner_id: ['bigint', (line) => line.ownerId],
          currency: ['text', (line) => line.currency],
          amount: ['bigint', (line) => line.amount],
          on_its_way: ['bigint', (line) => line.onItsWay],
          paid: ['bigint', (line) => line.paid],
        })}),
      held as (
        select b.owner_id, b.account, b.currency, d.amount as delta, d.on_its_way, d.paid from balance b
        join delta d on b.owner_id = d.owner_id and b.account = d.account::account_kind and b.currency = d.currency
        order by b.owner_id, b.account, b.currency for update of b),
      moved as (
      -- By key, not by ctid: a row that was waited for has moved, and only its key leads to the version that is locked.
      update balance b set amount = b.amount + held.delta, on_its_way = b.on_its_way + held.on_its_way,
        paid = b.paid + held.paid from held
      where b.owner_id = held.owner_id and b.account = held.account and b.currency = held.currency
      returning b.account = 'payee_available' and held.delta < 0 and b.amount < 0 as short)
      select count(*) as rows, coalesce(bool_or(short), false) as short from moved`,
  );
  const missing = deltas.length - Number(changed?.rows ?? 0n);
  if (missing !== 0) throw new Error(`${missing} guarded accounts have no balance row`);
  if (!mayOwe && changed?.short === true) {
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
