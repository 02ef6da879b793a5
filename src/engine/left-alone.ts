import { auditAll } from '../actions/audit.ts';
import type { Db } from '../store/db.ts';
import { closeLeftAlone } from '../store/reconciliations-over.ts';
import type { EngineContext } from './context.ts';

/** Days of the comparisons that repeat: until once after money that nobody claims has come back, which no event may have told. Source: PayPal returns after 30 days. */
export const repeatedForDays = 31;
/** What completed longer ago is not asked about any more once it was compared, also when it could not be compared again. */
export const repeatedForMsMax = 2 * repeatedForDays * 24 * 60 * 60 * 1000;
/** The alert about a batch of which its provider says nothing. */
export const unanswered = 'reconcile_unanswered';

/** Ends the alerts about batches that are not asked about any more: nothing would ever close them. It goes on record which, and when each was compared last. */
export async function endLeftAlone(tx: Db, ctx: EngineContext): Promise<void> {
  const now = ctx.now();
  const left = await closeLeftAlone(tx, unanswered, new Date(now.getTime() - repeatedForMsMax), now);
  const deeds = left.map(({ batchId, comparedAt, tries }) => ({
    event: 'reconciliation.given_up',
    subject: { type: 'batch', id: batchId },
    after: { comparedLast: comparedAt.toISOString(), tries },
  }));
  await auditAll(tx, ctx, deeds);
  for (const { batchId, tries } of left) ctx.log.warn('reconcile_given_up', { batchId, tries });
}
