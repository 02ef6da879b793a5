import type { z } from 'zod';
import { needStates } from '../core/inbox.ts';
import type { PayoutState } from '../core/payout.ts';
import { statesWaitingOn } from '../core/waiting.ts';
import type { PayoutFilter } from '../store/payout-filter.ts';
import type { ListedPayout, PayoutSum } from '../store/payout-list.ts';
import { countPayouts, listPayouts } from '../store/payout-list.ts';
import type { Found } from '../store/windows.ts';
import { lookedAtMax } from '../store/windows.ts';
import type { payoutFilterQuery } from '../wire/payouts.ts';
import { presentPayout } from '../wire/payouts.ts';
import type { ApiDeps } from './deps.ts';
import { needTimes } from './inbox-times.ts';
import { lookOf } from './providers.ts';
import { sendTimes } from './schedule-view.ts';

/** Payouts that are read at once to find those that wait on somebody, or that a search finds. */
const readAtOnce = 500;

type Query = z.output<typeof payoutFilterQuery>;
type Shown = ReturnType<typeof presentPayout>;

/** What was found among the rows that were read. `next`: where to read on; null: all were read. */
interface Read {
  readonly rows: { readonly payout: ListedPayout; readonly shown: Shown }[];
  readonly next: bigint | null;
}

/** A page of payouts as they are shown. Whose turn it is, the words of each say: those of others are read and left out. */
export async function payoutsFor(
  deps: ApiDeps,
  query: Query,
  limit: number,
  cursor: bigint | null,
): Promise<Found<Shown>> {
  if (query.waitingOn !== undefined) {
    const { rows, next } = await readOn(deps, query, limit, cursor);
    return { rows: rows.map(({ shown }) => shown), next };
  }
  const show = await presenter(deps);
  const { rows, next } = await listPayouts(deps.db, filterOf(deps, query), limit, cursor);
  return { rows: rows.map((row) => show(row)), next };
}

/** How many payouts there are of a filter, up to as many as may be looked at, and how much by currency. */
export async function countsFor(
  deps: ApiDeps,
  query: Query,
): Promise<{ sums: readonly PayoutSum[]; capped: boolean }> {
  if (query.waitingOn === undefined && query.q === undefined)
    return countPayouts(deps.db, filterOf(deps, query));
  const { rows, next } = await readOn(deps, query, lookedAtMax, null);
  const sums = new Map<string, PayoutSum>();
  for (const { payout } of rows) {
    const { currency } = payout;
    const { count, amount } = sums.get(currency) ?? { count: 0, amount: 0n };
    sums.set(currency, { currency, count: count + 1, amount: amount + payout.amount });
  }
  return { sums: [...sums.values()], capped: next !== null };
}

/** Reads on from a place until so many match, or as many were looked at as one page may. */
async function readOn(deps: ApiDeps, query: Query, limit: number, cursor: bigint | null): Promise<Read> {
  const { waitingOn } = query;
  const show = await presenter(deps);
  const filter = filterOf(deps, query);
  const rows: Read['rows'] = [];
  let place = cursor;
  for (let looked = 0; looked < lookedAtMax; looked += readAtOnce) {
    const found = await listPayouts(deps.db, filter, readAtOnce, place);
    for (const [index, payout] of found.rows.entries()) {
      const shown = show(payout);
      if (waitingOn !== undefined && shown.waitingOn !== waitingOn) continue;
      rows.push({ payout, shown });
      const isLast = index === found.rows.length - 1 && found.next === null;
      if (rows.length === limit) return { rows, next: isLast ? null : payout.place };
    }
    if (found.next === null) return { rows, next: null };
    place = found.next;
  }
  return { rows, next: place };
}

async function presenter(deps: ApiDeps): Promise<(payout: ListedPayout) => Shown> {
  const look = lookOf(deps);
  const sendsAt = await sendTimes(deps);
  return (payout) => presentPayout(payout, look, sendsAt(payout));
}

function filterOf(deps: ApiDeps, query: Query): PayoutFilter {
  return {
    payeeExternalId: query.payeeId ?? null,
    cyclePublicId: query.cycleId ?? null,
    batchPublicId: query.batchId ?? null,
    q: query.q ?? null,
    need: query.need ? { kind: query.need, times: needTimes(deps) } : null,
    currency: query.currency ?? null,
    reason: query.reason ?? null,
    method: query.method ?? null,
    from: query.from ?? null,
    to: query.to ?? null,
    ...statesOf({ ...query, status: namedStates(query) }),
  };
}

/** In which states to look. What waits on you although it arrived or is being sent has few rows, with an index of their own. */
function statesOf({
  status,
  waitingOn,
  payeeId,
  batchId,
  q,
}: Query): Pick<PayoutFilter, 'states' | 'withUndecided'> {
  if (waitingOn === undefined) return { states: status ?? null };
  const states = statesWaitingOn(waitingOn, status ?? null);
  if (waitingOn !== 'you') return { states };
  if ((status ?? payeeId ?? batchId ?? q) === undefined) return { states, withUndecided: true };
  const undecided = (['completed', 'sending'] as const).filter((state) => status?.includes(state) !== false);
  return { states: [...states, ...undecided] };
}

/** The states that are named, those of what the inbox counts, or what is in both. */
function namedStates({ status, need }: Query): PayoutState[] | undefined {
  if (need === undefined) return status;
  const states: readonly PayoutState[] = needStates[need];
  return states.filter((state) => status === undefined || status.includes(state));
}
