import { earningMatured } from '../ledger/postings.ts';
import { transaction } from '../store/db.ts';
import { openBalances, post } from '../store/ledger.ts';
import { matureEarnings } from '../store/settle.ts';
import type { ActionContext } from './context.ts';

/** Makes at most `limit` earnings available whose time has come; answers how many. */
export async function settlePage(ctx: ActionContext, limit: number): Promise<number> {
  return transaction(ctx.db, async (tx) => {
    const matured = await matureEarnings(tx, ctx.now(), limit);
    await openBalances(
      tx,
      matured.map((row) => ({ ownerId: row.payeeId, currency: row.currency })),
    );
    const facts = matured.map((row) => earningMatured(row));
    await post(tx, 'earning', 'available', facts, ctx.now());
    return matured.length;
  });
}
