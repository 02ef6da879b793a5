import { closeAlerts, openAlerts } from '../store/alerts.ts';
import { touchBatch } from '../store/batches.ts';
import { transaction } from '../store/db.ts';
import { triedAgain } from '../store/doubts.ts';
import type { SubmissionRow } from '../store/submissions.ts';
import { lockLeased, recordSubmissionEvent, saveResult } from '../store/submissions.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';
import { settled } from './submissions.ts';

const kind = 'sent_after_all';

/** The provider has named a batch for what a person had called unsent: said at once, before it is compared. */
export async function recordDoubt(
  ctx: ActionContext,
  claimed: SubmissionRow,
  nextActionAt: Date,
): Promise<void> {
  await transaction(ctx.db, async (tx) => {
    const row = await lockLeased(tx, claimed.id, claimed.fence);
    if (!row) return;
    const now = ctx.now();
    const { state, lastError } = row;
    await saveResult(tx, row.id, { state, nextActionAt, providerBatchId: null, lastError }, now);
    const facts = { batch: row.hintedBatchId ?? '', again: null };
    await openAlerts(tx, [{ kind, subject: row.providerKey, facts }], now);
  });
}

/**
 * Every item and amount was compared: the submission had arrived after all. It is followed like any other from now on, and
 * what the provider says of its items is recorded as always. Whoever was tried again since is on the alert.
 */
export async function recordSurfaced(
  ctx: ActionContext,
  claimed: SubmissionRow,
  accepted: { providerBatchId: string; evidence: string },
  pollIntervalMs: number,
): Promise<boolean> {
  return transaction(ctx.db, async (tx) => {
    const row = await lockLeased(tx, claimed.id, claimed.fence);
    const state = row && row.resolvedAt !== null ? settled(row.state, 'surface') : null;
    if (!row || state === null) return false;
    const now = ctx.now();
    const { providerBatchId, evidence } = accepted;
    const nextActionAt = new Date(now.getTime() + pollIntervalMs);
    await saveResult(tx, row.id, { state, nextActionAt, providerBatchId, lastError: null }, now);
    const event = { event: 'surface', state, actor: row.provider, detail: evidence };
    await recordSubmissionEvent(tx, row.id, event, now);
    const again = await triedAgain(tx, row.id);
    if (again === 0) await closeAlerts(tx, [kind], row.providerKey, now);
    else {
      const facts = { batch: providerBatchId, again };
      await openAlerts(tx, [{ kind, subject: row.providerKey, facts }], now);
    }
    const after = { providerBatchId, triedAgain: again };
    const before = { status: row.state };
    await audit(tx, ctx, 'submission.surfaced', { type: 'submission', id: row.publicId }, { before, after });
    await touchBatch(tx, row.batchId, 0, now);
    return true;
  });
}
