import type { Outcome } from '../core/refusal.ts';
import { done, refuse } from '../core/refusal.ts';
import { openAlerts } from '../store/alerts.ts';
import { cyclesByPublicId } from '../store/cycles.ts';
import type { Db } from '../store/db.ts';
import { transaction } from '../store/db.ts';
import { alikeSoFar, importedBefore, lockImports, sentByPurser } from '../store/legacy-known.ts';
import type { ImportRow, LegacyRow, Tally } from '../store/legacy-rows.ts';
import {
  endWaiting,
  findImport,
  insertImport,
  insertRows,
  linesOf,
  talliesOf,
} from '../store/legacy-rows.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';
import type { GivenRow, ReadRow } from './legacy-judge.ts';
import { knownOf, readRow } from './legacy-judge.ts';
import { Judging } from './legacy-judging.ts';
import { followNews, writePayments } from './legacy-payouts.ts';

/** Rows that are judged and written together: bounds the memory and the statements of one step. */
const rowsPerStepMax = 2000;
/** Payouts and conflicts that one event names. */
const namedMax = 100;

export interface ImportInput {
  /** Goes on with an import that was begun; null begins one. */
  readonly importId: string | null;
  readonly name: string;
  readonly cycleId: string | null;
  readonly dryRun: boolean;
  readonly rows: readonly GivenRow[];
}

export interface ImportResult {
  /** Null after a dry run: nothing was written. */
  readonly importId: string | null;
  readonly tallies: readonly Tally[];
  readonly resolvedEarlier: number;
}

/** Carries what a dry run found out of the transaction that it undoes. */
class DryRunError extends Error {
  override readonly name = 'DryRunError';
  readonly result: ImportResult;
  constructor(result: ImportResult) {
    super('a dry run writes nothing');
    this.result = result;
  }
}

/**
 * Imports rows of a payout report of an earlier system, in one transaction. Each row ends in exactly one result and is kept; a
 * payment that was imported before, in whatever file, is never counted again. A dry run does the same and undoes it.
 */
export async function importLegacy(ctx: ActionContext, input: ImportInput): Promise<Outcome<ImportResult>> {
  try {
    return await transaction(ctx.db, async (tx) => {
      await lockImports(tx);
      const into = await importFor(tx, ctx, input);
      if (!into.ok) return into;
      const target = into.value;
      let resolvedEarlier = 0;
      for (let at = 0; at < input.rows.length; at += rowsPerStepMax)
        resolvedEarlier += await importStep(tx, ctx, target, input.rows.slice(at, at + rowsPerStepMax));
      const tallies = await talliesOf(tx, [target.id]);
      const result = { importId: target.publicId, tallies, resolvedEarlier };
      if (input.dryRun) throw new DryRunError({ ...result, importId: null });
      return done(result);
    });
  } catch (error) {
    if (error instanceof DryRunError) return done(error.result);
    throw error;
  }
}

async function importFor(tx: Db, ctx: ActionContext, input: ImportInput): Promise<Outcome<ImportRow>> {
  const [cycle] = input.cycleId === null ? [] : await cyclesByPublicId(tx, [input.cycleId]);
  if (input.cycleId !== null && !cycle) return refuse('cycle_not_found', { cycleId: input.cycleId });
  if (input.importId === null) {
    const publicId = ctx.newId('li');
    const made = { publicId, name: input.name, cycleId: cycle?.id ?? null, startedBy: ctx.actor.name };
    await insertImport(tx, made, ctx.now());
    return found(await findImport(tx, publicId), publicId);
  }
  const begun = await findImport(tx, input.importId);
  if (begun && input.cycleId !== null && begun.cycleId !== cycle?.id)
    return refuse('import_not_found', { importId: input.importId, cycleId: input.cycleId });
  return found(begun, input.importId);
}

function found(row: ImportRow | undefined, importId: string): Outcome<ImportRow> {
  return row ? done(row) : refuse('import_not_found', { importId });
}

/** Judges and writes some rows; answers how many rows of earlier imports wait no more. */
async function importStep(
  tx: Db,
  ctx: ActionContext,
  target: ImportRow,
  given: readonly GivenRow[],
): Promise<number> {
  const there = await linesOf(
    tx,
    target.id,
    given.map(({ line }) => line),
  );
  const read = given.filter(({ line }) => !there.has(line)).map((row) => readRow(ctx, row));
  if (read.length === 0) return 0;
  const rows = await numbered(tx, target.id, read);
  const judging = new Judging(ctx, target, {
    known: await knownOf(tx, ctx, rows, target.cycleId),
    before: await importedBefore(tx, rows),
    sent: await sentByPurser(
      tx,
      rows.map((row) => ({ ...row, reference: row.wholeReference, batchId: row.kept.batchId })),
    ),
  });
  const judged = rows.map((row) => judging.judge(row));
  const written = await writePayments(tx, ctx, judging.payments);
  await followNews(tx, ctx, [...judging.news.values()]);
  const payoutIds = new Map(
    judging.payments.map(({ payoutId, rowId }) => [payoutId, written.get(rowId)?.payoutId]),
  );
  const final = judged.map(({ pointsTo, ...row }) => {
    const made = row.result === 'matched' ? written.get(row.publicId) : undefined;
    const payoutId = made?.payoutId ?? (pointsTo === null ? null : (payoutIds.get(pointsTo) ?? row.payoutId));
    return { ...row, ...made, payoutId };
  });
  await insertRows(tx, target.id, final, ctx.now());
  await openAlerts(tx, judging.alerts, ctx.now());
  await record(tx, ctx, target, final, judging);
  const matched = final.flatMap((row) =>
    row.result === 'matched' && row.payoutId !== null ? [{ ...row, payoutId: row.payoutId }] : [],
  );
  return endWaiting(tx, matched);
}

/** Equal rows without ids are told apart by their place among them, so the second of two is another payment, also when it comes again. */
async function numbered(tx: Db, importId: bigint, rows: readonly ReadRow[]): Promise<ReadRow[]> {
  const bare = rows.filter((row) => row.transactionId === null && row.itemId === null);
  const seen = await alikeSoFar(tx, importId, [...new Set(bare.map((row) => row.rowKey))]);
  return rows.map((row) => {
    if (row.transactionId !== null || row.itemId !== null) return row;
    const place = (seen.get(row.rowKey) ?? 0) + 1;
    seen.set(row.rowKey, place);
    return place === 1 ? row : { ...row, rowKey: `${row.rowKey}~${place}` };
  });
}

async function record(
  tx: Db,
  ctx: ActionContext,
  target: ImportRow,
  rows: readonly LegacyRow[],
  judging: Judging,
): Promise<void> {
  const counts: Record<string, number> = {};
  for (const { result } of rows) counts[result] = (counts[result] ?? 0) + 1;
  const totals: Record<string, bigint> = {};
  for (const { amount, currency } of judging.payments) totals[currency] = (totals[currency] ?? 0n) + amount;
  await audit(
    tx,
    ctx,
    'legacy.imported',
    { type: 'legacy_import', id: target.publicId },
    {
      after: {
        name: target.name,
        cycleId: target.cyclePublicId,
        fromLine: rows[0]?.line ?? 0,
        toLine: rows.at(-1)?.line ?? 0,
        counts,
        totals,
        followed: judging.news.size,
        payouts: judging.payments.slice(0, namedMax).map(({ payoutId }) => payoutId),
      },
    },
  );
}
