import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { PayoutState } from '../core/payout.ts';
import type { Db } from './db.ts';
import { all } from './db.ts';
import type { PayoutRow } from './payouts.ts';
import { payoutColumns, payoutJoins } from './payouts.ts';
import type { Found } from './windows.ts';
import { foundIn, lookedAtMax } from './windows.ts';

export interface PayoutFilter {
  readonly state: PayoutState | null;
  readonly payeeExternalId: string | null;
  readonly cyclePublicId: string | null;
  /** A payout id, a payee id, an item reference, or the beginnings of words of a name. */
  readonly q?: string | null;
}

/** Payees that a search by name looks at. */
const namesakesMax = 100;

/** Of each, so many of the newest payouts. */
const payoutsOfNamesakeMax = 1_000;

/** States of payments that go well; they are not in the column `off_state`. */
const onTheWay = new Set<PayoutState>(['queued', 'sending', 'sent']);

type Condition = RawBuilder<unknown>;

/** A page of payouts, newest first. */
export async function listPayouts(
  db: Db,
  filter: PayoutFilter,
  size: number,
  before: bigint | null,
): Promise<Found<PayoutRow>> {
  const { indexed, rest } = conditionsOf(filter);
  const place = before === null ? [] : [sql`p.id < ${before}`];
  if (filter.q) return search(db, filter.q, [...indexed, ...rest, ...place], size, before);
  const looked = sql`select p.id, p.state, p.cycle_id from payout p where ${every([...indexed, ...place])}
    order by p.id desc`;
  const rows = await all(
    db,
    sql<PayoutRow>`with hit as materialized (
        select p.id from (${looked} limit ${rest.length === 0 ? size + 1 : lookedAtMax}) p
          where ${every(rest)} order by p.id desc limit ${size + 1})
      select ${payoutColumns} from hit join payout p on p.id = hit.id ${payoutJoins} order by p.id desc`,
  );
  return foundIn(db, rows, size, rest.length === 0 ? null : looked);
}

/** What an index answers, and what is looked for among that. */
function conditionsOf(filter: PayoutFilter): { indexed: Condition[]; rest: Condition[] } {
  const payee = filter.payeeExternalId === null ? [] : [ofPayee(filter.payeeExternalId)];
  const cycle = filter.cyclePublicId === null ? [] : [ofCycle(filter.cyclePublicId)];
  const { state } = filter;
  if (state === null) {
    return payee.length === 0 ? { indexed: cycle, rest: [] } : { indexed: payee, rest: cycle };
  }
  const isState = sql`p.state = ${state}::payout_state`;
  if (payee.length > 0) return { indexed: payee, rest: [...cycle, isState] };
  if (onTheWay.has(state)) return { indexed: [...cycle, somethingIsOnItsWay], rest: [isState] };
  if (state === 'completed') return { indexed: cycle, rest: [isState] };
  return { indexed: [...cycle, sql`p.off_state = ${state}::payout_state`], rest: [] };
}

function ofPayee(externalId: string): Condition {
  return sql`p.payee_id = (select id from payee where external_id = ${externalId})`;
}

function ofCycle(publicId: string): Condition {
  return sql`p.cycle_id = (select id from cycle where public_id = ${publicId})`;
}

/** A payout on its way is in a batch that is not over: without one, nothing is looked through. */
const somethingIsOnItsWay = sql`(select exists (select 1 from payout_batch where state in ('preparing', 'processing')))`;

function every(conditions: readonly Condition[]): Condition {
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}

/**
 * What people type: whole ids, or the beginnings of the words of a name. Of each payee found the newest payouts are taken
 * along the index of the payee; the ids go as an array, which a planner looks up one by one.
 */
async function search(
  db: Db,
  q: string,
  conditions: readonly Condition[],
  size: number,
  before: bigint | null,
): Promise<Found<PayoutRow>> {
  const older = before === null ? sql`true` : sql`o.id < ${before}`;
  const words = `'${q.replaceAll('\\', '\\\\').replaceAll("'", "''")}':*`;
  const rows = await all(
    db,
    sql<PayoutRow>`with who as materialized (
        select id from payee where external_id = ${q}
        union
        (select id from payee where to_tsvector('simple', name) @@ to_tsquery('simple', ${words}) limit ${namesakesMax})),
      hit as materialized (
        select id from payout where public_id = ${q}
        union select payout_id from payout_attempt where item_reference = ${q}
        union select x.id from who cross join lateral (
          select p.id from (select * from payout o where o.payee_id = who.id and ${older}
            order by o.payee_id desc, o.id desc limit ${payoutsOfNamesakeMax}) p
          where ${every(conditions)} order by p.id desc limit ${size + 1}) x)
      select ${payoutColumns} from payout p ${payoutJoins}
      where p.id = any(array(select id from hit)) and ${every(conditions)} order by p.id desc limit ${size + 1}`,
  );
  return foundIn(db, rows, size, null);
}
