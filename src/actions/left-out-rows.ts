import { leftOutFilesMax } from '../core/left-out-row.ts';
import type { Outcome } from '../core/refusal.ts';
import { done, refuse } from '../core/refusal.ts';
import { cyclesByPublicId } from '../store/cycles.ts';
import { transaction } from '../store/db.ts';
import type { LeftOutFile, LeftOutFileRow, LeftOutRow } from '../store/left-out-rows.ts';
import {
  countLeftOut,
  findLeftOut,
  insertLeftOut,
  insertLeftOutRows,
  sameLeftOut,
} from '../store/left-out-rows.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';

interface Input {
  /** Public id of the cycle that the file is of. */
  readonly cycleId: string;
  readonly file: Omit<LeftOutFile, 'publicId'>;
  /** Those that are kept, addresses masked. */
  readonly rows: readonly LeftOutRow[];
}

/**
 * Remembers what of a file was not recorded, and why; asked twice for the same rows it is remembered once. Null: the cycle has
 * as many files as are remembered of one.
 */
export async function keepLeftOut(
  ctx: ActionContext,
  { cycleId, file, rows }: Input,
): Promise<Outcome<{ file: LeftOutFileRow; isNew: boolean } | null>> {
  return transaction(ctx.db, async (tx) => {
    const [cycle] = await cyclesByPublicId(tx, [cycleId]);
    if (!cycle) return refuse('cycle_not_found', { cycleId });
    const fingerprint = ctx.hash(JSON.stringify([file, rows.map(({ line, cells }) => [line, cells])]));
    const same = await sameLeftOut(tx, cycle.id, fingerprint);
    if (same) return done({ file: same, isNew: false });
    if ((await countLeftOut(tx, cycle.id, leftOutFilesMax)) >= leftOutFilesMax) return done(null);
    const made = { ...file, publicId: ctx.newId('lo'), cycleId: cycle.id, fingerprint };
    const id = await insertLeftOut(tx, made, ctx.actor, ctx.now());
    const kept =
      id === null ? await sameLeftOut(tx, cycle.id, fingerprint) : await findLeftOut(tx, made.publicId);
    if (!kept) throw new Error('what was left out was neither written nor found');
    if (id === null) return done({ file: kept, isNew: false });
    await insertLeftOutRows(tx, id, rows);
    const { fileName, rowCount, leftOutCount } = file;
    const after = { cycleId, file: fileName, rows: rowCount, leftOut: leftOutCount };
    await audit(tx, ctx, 'import.rows_left_out', { type: 'import', id: made.publicId }, { after });
    return done({ file: kept, isNew: true });
  });
}
