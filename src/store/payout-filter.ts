import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { PayoutState } from '../core/payout.ts';
import type { PayoutNeed } from '../core/inbox.ts';
import type { Db } from './db.ts';
import { one } from './db.ts';
import type { NeedTimes } from './payout-needs.ts';
import { needed } from './payout-needs.ts';
import { lookedAtMax } from './windows.ts';

/** What a list of payouts is limited to; null or absent: it is not. */
export interface PayoutFilter {
  readonly states: readonly PayoutState[] | null;
  readonly payeeExternalId: string | null;
  readonly cyclePublicId: string | null;
  /** A payout id, a payee id or whole address, an item reference, an amount, or the beginnings of words of a name. */
  readonly q?: string | null;
  /** What a card of the inbox counts. */
  readonly need?: { readonly kind: PayoutNeed; readonly times: NeedTimes } | null;
  readonly batchPublicId?: string | null;
  readonly currency?: string | null;
  /** Why it failed or came back. */
  readonly reason?: string | null;
  /** Type of the method it is pinned to, else of its last attempt. */
  readonly method?: string | null;
  /** When it was made, `from` included, `to` not. */
  readonly from?: Date | null;
  readonly to?: Date | null;
  /** Also what arrived and partly came back, and what only a person can find out the outcome of. */
  readonly withUndecided?: boolean;
}

export type Condition = RawBuilder<unknown>;

/** States of payments that go well; with those that arrived they are not in the column `off_state`. */
const onTheWay = new Set<PayoutState>(['queued', 'sending', 'sent']);
const isOff = (state: PayoutState) => !onTheWay.has(state) && state !== 'completed';

/** `id` is the place in the list. */
const columns = sql`p.id as payout_id, p.state, p.cycle_id, p.payee_id, p.currency, p.amount, p.created_at, p.method_id,
  p.attempt_count, p.kind, p.reason_code`;

/** The rows an index leads to, in their order, and what is looked for among them. */
export interface Window {
  readonly looked: RawBuilder<unknown>;
  readonly rest: readonly Condition[];
}

/** The filter as it is now: a payout on its way is in a batch that is not over, so without one nothing is looked through for it. */
export async function present<F extends PayoutFilter>(db: Db, filter: F): Promise<F> {
  const { states } = filter;
  const others = states?.filter((state) => !onTheWay.has(state));
  if (!states || !others || others.length === 0 || others.length === states.length) return filter;
  const row = await one(
    db,
    sql<{
      moving: boolean;
    }>`select exists (select 1 from payout_batch where state in ('preparing', 'processing')) as moving`,
  );
  return row?.moving === false ? { ...filter, states: others } : filter;
}

/** Where a page of a filter is found; `size` rows are enough when nothing more is looked for among them. */
export function windowOf(filter: PayoutFilter, size: number, before: bigint | null): Window {
  const { states, payeeExternalId, cyclePublicId, batchPublicId } = filter;
  // In no state there is nothing, such as what waits on an approver and has failed.
  if (states?.length === 0) return { looked: scan([sql`false`]), rest: [] };
  const more = moreOf(filter, sql`p.payout_id`);
  const isState = states === null ? [] : [stateIn(states)];
  const payee = payeeExternalId === null ? [] : [ofPayee(payeeExternalId)];
  const cycle = cyclePublicId === null ? [] : [ofCycle(cyclePublicId)];
  if (batchPublicId) {
    return { looked: ofBatch(batchPublicId, before), rest: [...payee, ...cycle, ...isState, ...more] };
  }
  const place = before === null ? [] : [sql`p.id < ${before}`];
  if (payee.length > 0) return { looked: scan([...payee, ...place]), rest: [...cycle, ...isState, ...more] };
  if (states?.every(isOff) === true) {
    const scans = states.map((state) => [...cycle, sql`p.off_state = ${state}::payout_state`, ...place]);
    if (filter.withUndecided) scans.push(...undecided.map((one) => [...cycle, one, ...place]));
    return { looked: together(scans, more.length === 0 ? size : lookedAtMax), rest: more };
  }
  const gate = states?.every((state) => onTheWay.has(state)) === true ? [somethingIsOnItsWay] : [];
  return { looked: scan([...cycle, ...gate, ...place]), rest: [...isState, ...more] };
}

/** Rows along one index, newest first. */
function scan(conditions: readonly Condition[]): RawBuilder<unknown> {
  return sql`select p.id, ${columns} from payout p where ${every(conditions)} order by p.id desc`;
}

/** Rows of several scans, newest first: of each as many as could be needed. */
function together(scans: readonly (readonly Condition[])[], limit: number): RawBuilder<unknown> {
  const [only, ...others] = scans;
  if (only && others.length === 0) return scan(only);
  const parts = scans.map((conditions) => sql`(${scan(conditions)} limit ${limit})`);
  return sql`select p.* from (${sql.join(parts, sql` union all `)}) p order by p.id desc`;
}

/** The items of a batch, the last one first. Looked up one by one: a planner without statistics would read all payouts. */
function ofBatch(publicId: string, before: bigint | null): RawBuilder<unknown> {
  const place = before === null ? sql`true` : sql`a.id < ${before}`;
  return sql`select a.id, p.* from payout_attempt a
    cross join lateral (select ${columns} from payout p where p.id = a.payout_id offset 0) p
    where a.batch_id = (select id from payout_batch where public_id = ${publicId}) and ${place}
    order by a.batch_id desc, a.id desc`;
}

/** Few rows: what partly came back, and what was handed over to a person as its outcome is unknown. */
const undecided = [
  sql`p.state = 'completed' and p.id = any(array(select a.payout_id from payout_attempt a
    where a.returned_part > a.settled_part and a.returned_part > 0))`,
  sql`p.state = 'sending' and p.id = any(array(select a.payout_id from submission s
    join payout_attempt a on a.submission_id = s.id
    where s.state in ('planned', 'sending', 'unknown') and s.state = 'unknown' and s.handed_over_at is not null
    limit ${lookedAtMax}))`,
];

/** Every condition of a filter on payouts `p`, for a list that is found otherwise. */
export function conditionsOn(filter: PayoutFilter): Condition[] {
  const { states, payeeExternalId, cyclePublicId, batchPublicId } = filter;
  return [
    ...(states === null ? [] : [stateIn(states)]),
    ...(payeeExternalId === null ? [] : [ofPayee(payeeExternalId)]),
    ...(cyclePublicId === null ? [] : [ofCycle(cyclePublicId)]),
    ...(batchPublicId
      ? [
          sql`exists (select 1 from payout_attempt a where a.payout_id = p.id
            and a.batch_id = (select id from payout_batch where public_id = ${batchPublicId}))`,
        ]
      : []),
    ...moreOf(filter, sql`p.id`),
  ];
}

/** What no index is for. */
function moreOf({ currency, reason, method, from, to, need }: PayoutFilter, id: Condition): Condition[] {
  return [
    ...(currency ? [sql`p.currency = ${currency}`] : []),
    // What has no reason of ours reads as this one; what an earlier system did has a word of its own.
    ...(reason ? [sql`p.kind <> 'legacy' and coalesce(p.reason_code, 'provider_error') = ${reason}`] : []),
    ...(need
      ? [sql`exists (select 1 from payout x where x.id = ${id} and ${needed(need.kind, need.times)})`]
      : []),
    ...(from ? [sql`p.created_at >= ${from}`] : []),
    ...(to ? [sql`p.created_at < ${to}`] : []),
    ...(method
      ? [
          sql`(select m.type from payout_method m where m.id = coalesce(p.method_id, (select a.method_id
            from payout_attempt a where a.payout_id = ${id} and a.ordinal = p.attempt_count))) = ${method}`,
        ]
      : []),
  ];
}

function stateIn(states: readonly PayoutState[]): Condition {
  return sql`p.state = any(${states}::text[]::payout_state[])`;
}

function ofPayee(externalId: string): Condition {
  return sql`p.payee_id = (select id from payee where external_id = ${externalId})`;
}

function ofCycle(publicId: string): Condition {
  return sql`p.cycle_id = (select id from cycle where public_id = ${publicId})`;
}

const somethingIsOnItsWay = sql`(select exists (select 1 from payout_batch where state in ('preparing', 'processing')))`;

export function every(conditions: readonly Condition[]): Condition {
  return conditions.length === 0 ? sql`true` : sql.join([...conditions], sql` and `);
}
