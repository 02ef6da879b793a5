import { transaction } from '../store/db.ts';
import type { Difference } from '../store/verify.ts';
import { rebuild } from '../store/verify.ts';
import type { ActionContext } from './context.ts';

/** Re-derives every guarded balance from the entries; with `apply`, corrects what differs. Answers the differences. */
export async function rebuildBalances(ctx: ActionContext, apply: boolean): Promise<Difference[]> {
  return transaction(ctx.db, (tx) => rebuild(tx, apply));
}
