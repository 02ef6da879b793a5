import type { Outcome } from '../core/refusal.ts';
import { done, refuse } from '../core/refusal.ts';
import { approvedPage } from '../store/approved.ts';
import { closeAlerts } from '../store/alerts.ts';
import { transaction } from '../store/db.ts';
import { audit } from './audit.ts';
import type { ActionContext, ProviderRules } from './context.ts';
import { acceptedGap, requireFloat, unlessUnfunded } from './float.ts';
import type { PreparedBatch } from './prepare.ts';
import { prepareBatch } from './prepare.ts';

/** The kind of the alert about a scheduled run that could not send; its subject is the provider. */
export const runNotSent = 'schedule_not_sent';

interface ApprovedRun {
  readonly startedBy: string;
  readonly notes: string | null;
  /** Start also when the provider account is known not to hold enough. */
  readonly acceptShortfall?: boolean;
}

/**
 * Pays what is approved: one batch without a cycle of all approved payouts whose method the provider can pay. What is paid by
 * hand, on hold, or of a blocked payee stays where it is. Refused when the provider account is known not to hold enough.
 */
export async function payApproved(
  ctx: ActionContext,
  rules: ProviderRules,
  input: ApprovedRun,
): Promise<Outcome<PreparedBatch>> {
  return unlessUnfunded(() => startApproved(ctx, rules, input));
}

async function startApproved(
  ctx: ActionContext,
  rules: ProviderRules,
  input: ApprovedRun,
): Promise<Outcome<PreparedBatch>> {
  return transaction(ctx.db, async (tx) => {
    const now = ctx.now();
    const prepared = await prepareBatch(tx, ctx, rules, {
      cycle: null,
      startedBy: input.startedBy,
      notes: input.notes,
      retryOf: null,
      sources: [(db, after, limit) => approvedPage(db, rules.name, now, after, limit)],
    });
    if (!prepared) return refuse('nothing_to_pay');
    const { totalItems, totalChunks } = prepared;
    const shortfall = await requireFloat(tx, ctx, rules, prepared.batchId, input.acceptShortfall);
    await closeAlerts(tx, [runNotSent], rules.name, now);
    const after = { totalItems, totalChunks, approved: true, ...acceptedGap(shortfall) };
    await audit(tx, ctx, 'batch.started', { type: 'batch', id: prepared.batchId }, { after });
    return done(prepared);
  });
}
