import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import { doubted, paidPerhaps } from './doubts.ts';
import type { Db } from './db.ts';
import { all, one } from './db.ts';
import { owes } from './owed.ts';
import { methodBarred, payable, payeeBarred } from './payable.ts';
import { unmended } from './unmended.ts';

/** What a run of a cycle may take: earnings never paid, and, unless `newOnly`, payouts that failed. */
export interface Scope {
  readonly cycleId: bigint;
  readonly newOnly: boolean;
  /** Only these earnings; null means all of the cycle. */
  readonly earningIds: readonly bigint[] | null;
  /** Leave out what failed and would fail again where it is sent (`unmended`). */
  readonly leaveOutUnmended?: boolean;
}

/** The same, of one cycle or of any of several. */
export type Within = Omit<Scope, 'cycleId'> & { readonly cycleId: bigint | RawBuilder<unknown> };

/** One candidate: an earning (payoutId null) or a failed payout. Amount in minor units. */
export interface Eligible {
  earningId: bigint;
  payoutId: bigint | null;
  attemptCount: number;
  /** Attempts of cancelled payouts of the same earning: their references are taken for ever. */
  priorAttempts: number;
  payeeId: bigint;
  payeeExternalId: string;
  sourceType: string;
  externalId: string;
  amount: bigint;
  currency: string;
  note: string | null;
  methodId: bigint;
  kind: string;
  methodPublicId: string;
  /** The address, sealed; `withDestinations` opens a page. */
  sealed: Uint8Array;
  /** Its money is reserved since it was asked for; preparing moves none. */
  reserved?: boolean;
  /** Of a converted payout: what leaves its balance. */
  sourceCurrency?: string | null;
  sourceAmount?: bigint | null;
}

/** Earnings of the cycle without a live payout. The index (cycle, currency, id) gives the order of the pages. */
function unpaidEarnings(scope: Within, now: Date): RawBuilder<unknown> {
  return sql`select e.id as earning_id, null::bigint as payout_id, 0 as attempt_count, e.payee_id, e.source_type,
      e.external_id, e.net as amount, e.currency, e.note, null::bigint as pinned_id,
      null::char(3) as source_currency, null::bigint as source_amount, e.cycle_id
    from earning e
    where e.cycle_id = ${scope.cycleId} and e.available_at <= ${now} and not e.pending and e.reversed_at is null and ${only(scope)}
      and not exists (select 1 from payout_earning l where l.earning_id = e.id and l.released_at is null)
      and not ${paidPerhaps}`;
}

/** Failed payouts of the cycle: the money is back with the payee. */
export function failedPayouts(scope: Within): RawBuilder<unknown> {
  return sql`select e.id as earning_id, p.id as payout_id, p.attempt_count, p.payee_id, e.source_type, e.external_id,
      p.amount, p.currency, e.note, p.method_id as pinned_id, p.source_currency, p.source_amount, p.cycle_id
    from payout p join payout_earning l on l.payout_id = p.id and l.released_at is null join earning e on e.id = l.earning_id
    where p.cycle_id = ${scope.cycleId} and p.state = 'failed' and ${!scope.newOnly}::boolean and ${only(scope)}
      and not ${doubted}${unless(scope.leaveOutUnmended)}`;
}

function unless(leftOut = false): RawBuilder<unknown> {
  return leftOut ? sql` and not ${unmended}` : sql``;
}

/** Everything a run may take, before anybody is left out. */
export function candidates(scope: Within, now: Date): RawBuilder<unknown> {
  return sql`${unpaidEarnings(scope, now)} union all ${failedPayouts(scope)}`;
}

function only(scope: Within): RawBuilder<unknown> {
  if (scope.earningIds === null) return sql`true`;
  return sql`e.id = any(${scope.earningIds}::bigint[])`;
}

/** A payee who owes from the balance that is paid from is paid by a request, which recovers it, and not by a run, which pays one earning at a time. */
export const owing = owes('x.payee_id', 'coalesce(x.source_currency, x.currency)');

export const columns =
  sql.raw(`x.earning_id as "earningId", x.payout_id as "payoutId", x.attempt_count as "attemptCount",
  (select coalesce(sum(p.attempt_count), 0)::int from payout_earning l join payout p on p.id = l.payout_id
    where l.earning_id = x.earning_id and l.released_at is not null) as "priorAttempts",
  x.payee_id as "payeeId", y.external_id as "payeeExternalId", x.source_type as "sourceType",
  x.external_id as "externalId", x.amount, x.currency, x.note, m.id as "methodId", m.kind, m.public_id as "methodPublicId", m.sealed,
  x.source_currency as "sourceCurrency", x.source_amount as "sourceAmount"`);

/** A payout that exists as a candidate: one that carries many earnings is named by itself, and has its place by the first. */
export const ofPayout = sql.raw(`e.id as earning_id, p.id as payout_id, p.attempt_count, p.payee_id,
  case when p.kind = 'cycle' then e.source_type else 'payout' end as source_type,
  case when p.kind = 'cycle' then e.external_id else p.public_id end as external_id, p.amount, p.currency, e.note,
  p.method_id as pinned_id, p.source_currency, p.source_amount`);
export const firstEarning = sql.raw(`join earning e on e.id = (select min(l.earning_id) from payout_earning l
  where l.payout_id = p.id and l.released_at is null)`);

/** A place in the (currency, earning id) order of candidates. */
export interface Cursor {
  readonly currency: string;
  readonly earningId: bigint;
}

/**
 * The next candidates after a place: a page, so that a million people fit in memory. A payee must be active and have a
 * default method of the provider that is usable now, and owe nothing; others are left out and show in `eligibleTotals` with
 * the reason. What was approved goes to the method that was approved and to no other. The
 * place of a payout is by what is paid, which need not be the currency of its earnings.
 */
async function page(
  tx: Db,
  source: RawBuilder<unknown>,
  method: string,
  now: Date,
  after: Cursor,
  limit: number,
  paidIn: 'e.currency' | 'p.currency' = 'e.currency',
): Promise<Eligible[]> {
  return all(
    tx,
    sql<Eligible>`select ${columns} from (${source} and (${sql.raw(paidIn)}, e.id) > (${after.currency}, ${after.earningId}::bigint)) x
      join payee y on y.id = x.payee_id
      join payout_method m on m.payee_id = x.payee_id and m.is_default and m.type = ${method}
      where ${payable(now)} and not ${owing} and (x.pinned_id is null or x.pinned_id = m.id)
      order by x.currency, x.earning_id limit ${limit}`,
  );
}

/** A page of earnings of a cycle that were never paid. */
export async function unpaidPage(
  tx: Db,
  scope: Scope,
  method: string,
  now: Date,
  after: Cursor,
  limit: number,
): Promise<Eligible[]> {
  return page(tx, unpaidEarnings(scope, now), method, now, after, limit);
}

/** A page of failed payouts of a cycle; empty when the scope is `newOnly`. */
export async function failedPage(
  tx: Db,
  scope: Scope,
  method: string,
  now: Date,
  after: Cursor,
  limit: number,
): Promise<Eligible[]> {
  return page(tx, failedPayouts(scope), method, now, after, limit);
}

/** A page of the failed items of a batch whose payout has not moved on since. */
export async function failedOfBatchPage(
  tx: Db,
  of: FailedOfBatch,
  method: string,
  now: Date,
  after: Cursor,
  limit: number,
): Promise<Eligible[]> {
  return page(tx, failedOfBatch(of), method, now, after, limit, 'p.currency');
}

/** What a retry of a batch may take. */
export interface FailedOfBatch {
  readonly batchId: bigint;
  readonly leaveOutUnmended?: boolean;
}

export function failedOfBatch({ batchId, leaveOutUnmended }: FailedOfBatch): RawBuilder<unknown> {
  return sql`select ${ofPayout}
    from payout_attempt a join payout p on p.id = a.payout_id and p.attempt_count = a.ordinal ${firstEarning}
    where a.batch_id = ${batchId} and a.state = 'failed' and p.state = 'failed'
      and not ${doubted}${unless(leaveOutUnmended)}`;
}

/** Whether a candidate can be paid now, and why not. */
type Standing =
  | 'eligible'
  | 'no_method'
  | 'other_provider'
  | 'payee_blocked'
  | 'payee_on_hold'
  | 'method_frozen'
  | 'method_cooling_off'
  | 'method_not_ready'
  | 'payee_owes';

/** Counts and totals per currency of what is eligible, and of what is not and why. */
export interface EligibilityTotals {
  currency: string;
  status: Standing;
  count: bigint;
  amount: bigint;
}

/** Candidates of these providers together, and the one that pays them. */
export type ProviderTotals = EligibilityTotals & { provider: string | null };

export async function eligibleTotals(
  db: Db,
  scope: Scope,
  methods: readonly string[],
  now: Date,
): Promise<ProviderTotals[]> {
  return all(db, totals(candidates(scope, now), methods, now));
}

/** Of candidates of one cycle or several, where each of them stands. */
export function totals(
  source: RawBuilder<unknown>,
  methods: readonly string[],
  now: Date,
): RawBuilder<ProviderTotals & { cycleId: bigint }> {
  return sql`select x.cycle_id as "cycleId", x.currency, case ${payeeBarred(now)}
        when m.id is null then 'no_method' ${methodBarred(now)} when ${owing} then 'payee_owes' else 'eligible' end as status,
        m.type as provider, count(*) as count, sum(x.amount)::bigint as amount
      from (${source}) x join payee y on y.id = x.payee_id
      left join payout_method m on m.payee_id = x.payee_id and m.is_default and m.type = any(${methods}::text[])
      group by 1, 2, 3, 4 order by 1 desc, 2, 3, 4`;
}

/** The largest eligible amounts, for the dry run. */
export async function largestEligible(
  db: Db,
  scope: Scope,
  method: string,
  now: Date,
  limit: number,
): Promise<{ payee: string; name: string; amount: bigint; currency: string }[]> {
  return all(
    db,
    sql<{
      payee: string;
      name: string;
      amount: bigint;
      currency: string;
    }>`select y.external_id as payee, y.name,
      x.amount, x.currency from (${candidates(scope, now)}) x join payee y on y.id = x.payee_id
      join payout_method m on m.payee_id = x.payee_id and m.is_default and m.type = ${method}
      where ${payable(now)} and not ${owing} order by x.amount desc, x.earning_id limit ${limit}`,
  );
}

/** How many of the eligible payees never received a payment before. */
export async function newPayeeCount(db: Db, scope: Scope, method: string, now: Date): Promise<number> {
  const row = await one(
    db,
    sql<{ count: bigint }>`select count(distinct x.payee_id) as count
      from (${candidates(scope, now)}) x
      join payee y on y.id = x.payee_id
      join payout_method m on m.payee_id = x.payee_id and m.is_default and m.type = ${method}
      where ${payable(now)} and not ${owing} and not exists (select 1 from payout p where p.payee_id = x.payee_id and p.completed_at is not null)`,
  );
  return Number(row?.count ?? 0n);
}

/** The types of the default methods of the payees of some payouts. */
export async function methodTypesOf(db: Db, payoutIds: readonly bigint[]): Promise<string[]> {
  const rows = await all(
    db,
    sql<{ type: string }>`select distinct m.type from payout p
      join payout_method m on m.payee_id = p.payee_id and m.is_default
      where p.id = any(${payoutIds as bigint[]}::bigint[]) order by m.type`,
  );
  return rows.map(({ type }) => type);
}

/**
 * A page of single payouts that failed or came back, to be paid again. Who asks for them by name may know of an account what
 * Purser has not heard yet, so the provider decides.
 */
export async function retryablePage(
  tx: Db,
  payoutIds: readonly bigint[],
  method: string,
  now: Date,
  after: Cursor,
  limit: number,
): Promise<Eligible[]> {
  const source = sql`select ${ofPayout} from payout p ${firstEarning}
    where p.id = any(${payoutIds}::bigint[]) and p.state in ('failed', 'returned') and not ${doubted}`;
  return page(tx, source, method, now, after, limit, 'p.currency');
}
