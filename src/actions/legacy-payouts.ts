import type { EarningFact, PayeeFact } from '../core/legacy-match.ts';
import type { LegacyState } from '../core/legacy-row.ts';
import { countsAsPaid } from '../core/legacy-row.ts';
import type { PayoutEvent } from '../core/payout.ts';
import { step } from '../core/payout.ts';
import { legacySource } from '../core/source-types.ts';
import { legacyProvider } from '../ledger/accounts.ts';
import type { Move } from '../ledger/postings.ts';
import { earningMatured, earningRecorded, earningReversed, payoutMoved } from '../ledger/postings.ts';
import type { Db } from '../store/db.ts';
import { insertEarnings } from '../store/earnings.ts';
import { openBalances, post, postKinds } from '../store/ledger.ts';
import type { ImportedBefore } from '../store/legacy-known.ts';
import { insertLegacyPayouts, matureNamed, moveLegacyPayouts } from '../store/legacy-payouts.ts';
import { releaseEarnings } from '../store/payouts.ts';
import { lockUnreversed, markReversed } from '../store/reversals.ts';
import type { ActionContext } from './context.ts';

/** A payment that was matched, and is about to become a payout. Amount in minor units. */
export interface Payment {
  readonly rowId: string;
  readonly payoutId: string;
  readonly payee: PayeeFact;
  readonly earning: EarningFact | null;
  /** The cycle of its import. */
  readonly cycleId: bigint | null;
  readonly state: LegacyState;
  readonly amount: bigint;
  readonly currency: string;
  readonly paidAt: Date | null;
  readonly detail: string;
}

export interface Written {
  readonly payoutId: bigint;
  readonly earningId: bigint | null;
  readonly ownEarning: boolean;
}

/**
 * Writes payments of an earlier system as payouts, by row. Each that counts carries an earning: the one it was matched to, or,
 * where none was recorded here, one of its own. Money goes from what is available to the accounts of the earlier system; what
 * failed or came back moves nothing.
 */
export async function writePayments(
  tx: Db,
  ctx: ActionContext,
  payments: readonly Payment[],
): Promise<Map<string, Written>> {
  if (payments.length === 0) return new Map();
  const now = ctx.now();
  const counted = payments.filter(({ state }) => countsAsPaid(state));
  await openBalances(
    tx,
    counted.map(({ payee, currency }) => ({ ownerId: payee.id, currency })),
  );
  const own = await recordOwn(tx, counted, now);
  const matured = await matureNamed(
    tx,
    counted.flatMap(({ earning }) => earning?.id ?? []),
  );
  const freed = matured.map((earning) => earningMatured(earning));
  await post(tx, 'earning', 'available', freed, now);
  const rows = payments.map(({ payoutId: publicId, payee, earning, cycleId, ...payment }) => ({
    ...payment,
    publicId,
    payeeId: payee.id,
    cycleId: earning?.cycleId ?? cycleId,
    earningId: earning?.id ?? own.get(payment.rowId) ?? null,
    counts: countsAsPaid(payment.state),
  }));
  const ids = await insertLegacyPayouts(tx, rows, ctx.actor.name, now);
  const idOf = (publicId: string) => ids.get(publicId) ?? 0n;
  const facts = rows.flatMap(
    (row) => payoutMoved(moveOf(row, { id: idOf(row.publicId), from: 'cancelled', to: row.state })) ?? [],
  );
  await post(tx, 'payout', `${legacySource}-v1`, facts, now, { mayOwe: true });
  return new Map(
    rows.map(({ rowId, publicId, earningId }) => [
      rowId,
      { payoutId: idOf(publicId), earningId, ownEarning: own.has(rowId) },
    ]),
  );
}

function moveOf(
  payment: { payeeId: bigint; amount: bigint; currency: string },
  { id, from, to }: { id: bigint; from: Move['from']; to: Move['to'] },
): Move {
  const { payeeId, amount, currency } = payment;
  return { attemptId: id, payeeId, amount, currency, provider: legacyProvider, from, to };
}

/** Somebody earned what was paid: where no earning was recorded here, one is, under the id of its row. */
async function recordOwn(tx: Db, counted: readonly Payment[], now: Date): Promise<Map<string, bigint>> {
  const rows = counted
    .filter(({ earning }) => earning === null)
    .map(({ rowId, payee, amount, currency }) => ({
      externalId: rowId,
      payeeId: payee.id,
      gross: amount,
      fee: 0n,
      net: amount,
      currency,
      note: 'Paid by an earlier system',
    }));
  if (rows.length === 0) return new Map();
  const written = await insertEarnings(tx, legacySource, null, rows, now);
  const ids = new Map(written.map((earning) => [earning.externalId, earning.id]));
  const facts = rows.map((row) => earningRecorded({ ...row, id: ids.get(row.externalId) ?? 0n }));
  await post(tx, 'earning', 'recorded', facts, now);
  return ids;
}

const events = {
  sent: 'progress',
  held: 'hold',
  unclaimed: 'unclaim',
  completed: 'complete',
  failed: 'fail',
  returned: 'return',
} as const satisfies Record<LegacyState, PayoutEvent>;

/** A payment that was imported before, and what a newer report says of it. */
export interface News {
  readonly before: ImportedBefore;
  readonly to: LegacyState;
  readonly at: Date | null;
  readonly detail: string;
}

/** What becomes of news: nothing new; a change that is made; or one that a person must look at. */
export function judgeNews({ state }: ImportedBefore, to: LegacyState): 'same' | 'moves' | 'contradicts' {
  if (state === to) return 'same';
  // What did not pay is free to be paid by a run, so a report that it paid after all is for a person.
  if (!countsAsPaid(state)) return 'contradicts';
  const next = step(state, events[to]);
  if (next === 'same') return 'same';
  return next === to ? 'moves' : 'contradicts';
}

/**
 * Follows what the provider says of payments that were under way or had arrived: rows, books and timeline together. What did not
 * pay frees the earning it was matched to; an earning that is known only from the import is taken back with it.
 */
export async function followNews(tx: Db, ctx: ActionContext, news: readonly News[]): Promise<void> {
  if (news.length === 0) return;
  const now = ctx.now();
  const moves = news.map(({ before, to, at, detail }) => ({
    payoutId: before.payoutId,
    version: before.version,
    from: before.state,
    to,
    event: events[to],
    at,
    detail,
  }));
  await moveLegacyPayouts(tx, moves, ctx.actor.name, now);
  const facts = news.flatMap(({ before, to }) => {
    const moved = payoutMoved(moveOf(before, { id: before.payoutId, from: before.state, to }));
    return moved ? [{ ...moved, kind: `${legacySource}-v${before.version + 1}` }] : [];
  });
  const kinds = Map.groupBy(facts, ({ kind }) => kind);
  await postKinds(tx, 'payout', kinds, now, { mayOwe: true });
  const over = news.filter(({ to }) => !countsAsPaid(to)).map(({ before }) => before);
  await releaseEarnings(
    tx,
    over.map(({ payoutId }) => payoutId),
    now,
  );
  await takeBackOwn(tx, over, now);
}

async function takeBackOwn(tx: Db, over: readonly ImportedBefore[], now: Date): Promise<void> {
  const known = over.flatMap(({ earningId, ownEarning, payeeId, amount: net, currency }) =>
    ownEarning && earningId !== null ? [{ id: earningId, payeeId, net, fee: 0n, currency }] : [],
  );
  // What somebody took back before stays as it was taken back.
  const open = await lockUnreversed(
    tx,
    known.map(({ id }) => id),
  );
  const own = known.filter(({ id }) => open.has(id));
  if (own.length === 0) return;
  const reason = 'The earlier system did not pay it after all.';
  await markReversed(
    tx,
    own.map(({ id }) => ({ id, reason })),
    now,
  );
  const facts = own.map((earning) => earningReversed(earning));
  await post(tx, 'earning', 'reversed', facts, now, { mayOwe: true });
}
