import type { Outcome } from '../core/refusal.ts';
import { done, refuse } from '../core/refusal.ts';
import { findBatch } from '../store/batches.ts';
import { transaction } from '../store/db.ts';
import { requestReconciliation } from '../store/reconciliations.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';

/** Writes the wish that a batch be compared with the provider; the engine does it. */
export async function askReconciliation(
  ctx: ActionContext,
  batchPublicId: string,
): Promise<Outcome<{ batchId: string }>> {
  return transaction(ctx.db, async (tx) => {
    const batch = await findBatch(tx, batchPublicId);
    if (!batch) return refuse('batch_not_found', { batchId: batchPublicId });
    await requestReconciliation(tx, batch.id, ctx.now());
    await audit(tx, ctx, 'reconciliation.asked', { type: 'batch', id: batch.publicId });
    return done({ batchId: batch.publicId });
  });
}
