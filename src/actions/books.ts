import { transaction } from '../store/db.ts';
import type { Difference } from '../store/verify.ts';
import { rebuild } from '../store/rebuild.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';

/** Corrections that go on record word by word; the count says the rest. */
const examplesMax = 20;

/** Re-derives every balance from the entries and the payouts; with `apply`, corrects what differs. Answers the differences. */
export async function rebuildBalances(ctx: ActionContext, apply: boolean): Promise<Difference[]> {
  return transaction(ctx.db, async (tx) => {
    const differences = await rebuild(tx, apply);
    if (!apply) return differences;
    const after = {
      corrected: differences.length,
      examples: differences.slice(0, examplesMax).map(({ subject, detail }) => `${subject}: ${detail}`),
    };
    await audit(tx, ctx, 'balances.rebuilt', { type: 'ledger', id: 'balances' }, { after });
    return differences;
  });
}
