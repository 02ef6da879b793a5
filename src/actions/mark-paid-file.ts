import type { PaidRow, PaidRowResult } from '../core/hand-transfer.ts';
import { judgePaidRow } from '../core/hand-transfer.ts';
import type { PayoutState } from '../core/payout.ts';
import type { Db } from '../store/db.ts';
import { transaction } from '../store/db.ts';
import { savePaidByHand, sharedReferences } from '../store/hand-transfers.ts';
import type { LockedPayout } from '../store/payout-moves.ts';
import { lockPayouts } from '../store/payout-moves.ts';
import { auditAll } from './audit.ts';
import { paidByHandWords } from './by-hand.ts';
import type { ActionContext } from './context.ts';
import { movePayouts } from './payout-moves.ts';

export interface PaidRowInput extends PaidRow {
  readonly notes: string | null;
  /** The day it was paid, as `2026-11-27`; null: not said. */
  readonly paidOn: string | null;
}

/** What became of one row, beside what was expected of it. Minor units. */
export interface PaidRowOutcome {
  readonly result: PaidRowResult;
  readonly payoutStatus: PayoutState | null;
  readonly expected: { readonly amount: bigint; readonly currency: string } | null;
  /** The reference it was marked paid under before. */
  readonly knownReference: string | null;
  /** Other payouts that were paid under the same reference; at most so many as are looked for. */
  readonly alsoOn: readonly string[];
}

/**
 * Marks payouts as paid by hand, row by row of a file; answers one outcome per row, in their order. A row that does not
 * fit what was approved changes nothing and stops no other. The rows of all payouts are locked first, as an automatic
 * sender locks them.
 */
export async function markPaidRows(
  ctx: ActionContext,
  rows: readonly PaidRowInput[],
): Promise<PaidRowOutcome[]> {
  return transaction(ctx.db, async (tx) => {
    const now = ctx.now();
    const ids = [...new Set(rows.map(({ payoutId }) => payoutId))];
    const locked = new Map((await lockPayouts(tx, ids)).map((payout) => [payout.publicId, payout]));
    const seen = new Set<string>();
    const judged = rows.map((row) => {
      const payout = locked.get(row.payoutId);
      const isSecond = payout !== undefined && seen.has(row.payoutId);
      seen.add(row.payoutId);
      return {
        row,
        payout,
        result: isSecond ? 'duplicate_in_file' : judgePaidRow(row, payout, now),
      } as const;
    });
    await mark(
      tx,
      ctx,
      judged.flatMap(({ row, payout, result }) => (payout && result === 'paid' ? [{ row, payout }] : [])),
    );
    const paid = new Map(
      judged.flatMap(({ row, result }) => (result === 'paid' ? [[row.payoutId, row.reference]] : [])),
    );
    const others = await sharedReferences(tx, [...new Set(paid.values())]);
    return judged.map(({ row, payout, result }) => {
      const outcome = outcomeOf(result, payout);
      const reference = paid.get(row.payoutId);
      if (reference === undefined) return outcome;
      // As the rows before it have left it.
      if (result !== 'paid') return { ...outcome, payoutStatus: 'completed', knownReference: reference };
      const alsoOn = (others.get(reference) ?? []).filter((id) => id !== row.payoutId);
      return { ...outcome, alsoOn };
    });
  });
}

function outcomeOf(result: PaidRowResult, payout: LockedPayout | undefined): PaidRowOutcome {
  if (!payout) return { result, payoutStatus: null, expected: null, knownReference: null, alsoOn: [] };
  const { state, amount, currency, paidReference: knownReference } = payout;
  const payoutStatus = result === 'paid' ? 'completed' : state;
  return { result, payoutStatus, expected: { amount, currency }, knownReference, alsoOn: [] };
}

async function mark(
  tx: Db,
  ctx: ActionContext,
  paid: readonly { row: PaidRowInput; payout: LockedPayout }[],
): Promise<void> {
  if (paid.length === 0) return;
  const rowOf = new Map(paid.map(({ row, payout }) => [payout.id, row]));
  await movePayouts(
    tx,
    ctx,
    paid.map(({ payout }) => payout),
    'mark_paid',
    ({ id }) => paidByHandWords(rowOf.get(id)?.reference ?? ''),
  );
  const saved = paid.map(({ row, payout }) => ({ ...row, payoutId: payout.id }));
  await savePaidByHand(tx, saved, ctx.now());
  await auditAll(
    tx,
    ctx,
    paid.map(({ row: { reference, notes, paidOn }, payout: { publicId, state, amount, currency } }) => ({
      event: 'payout.marked_paid',
      subject: { type: 'payout', id: publicId },
      before: { status: state },
      after: { amount, currency, reference, notes, paidOn, byFile: true },
    })),
  );
}
