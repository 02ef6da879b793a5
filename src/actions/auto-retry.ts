import { openAlerts } from '../store/alerts.ts';
import { approvedElsewhere } from '../store/approvals.ts';
import type { DueGroup } from '../store/auto-retries.ts';
import { lockDue, putOff, stopRetries, waitForHolds } from '../store/auto-retries.ts';
import { findActiveBatch } from '../store/batches.ts';
import { isCycleLocked } from '../store/cycle-locks.ts';
import { lockCycle } from '../store/cycles.ts';
import type { Db } from '../store/db.ts';
import { transaction } from '../store/db.ts';
import { methodTypesOf, retryablePage } from '../store/eligibility.ts';
import { readSettings } from '../store/settings.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';
import { prepareBatch } from './prepare.ts';
import type { Providers } from './providers.ts';
import { resubmitPayouts } from './resubmit.ts';

/** How soon a cycle is looked at again that somebody else is preparing or paying. */
const busyWaitMs = 60_000;
/** How soon a retry is looked at again that a hold keeps: somebody may end it before its time. */
const heldWaitMs = 15 * 60_000;
/** Payouts of a batch that get an alert of their own; the others are in the list of what failed. */
const alertsMax = 20;
/** The kind of the alert about payouts whose time had come and that could not be prepared. */
export const retryNotPossible = 'retry_not_possible';
/** Who a batch of retries is started by, in its history. */
const startedBy = 'retry';

/** What became of the retries that were due: tried again, put off, put back to be approved, or left to a person. */
export interface AutoRetried {
  readonly retried: number;
  readonly putOff: number;
  readonly asked: number;
  readonly stopped: number;
}

const nothing: AutoRetried = { retried: 0, putOff: 0, asked: 0, stopped: 0 };

/**
 * Tries payouts of one cycle again whose time has come, or of none, through the same path as a person's retry: one batch of
 * the cycle at a time, and while somebody else prepares or pays it, or a hold keeps it, later. What was approved for another method
 * goes back to be approved. One transaction, so a death leaves them due. What cannot be paid any more (payee blocked or in
 * debt, no usable method, an earlier attempt in doubt) is left to a person, with an alert.
 */
export async function retryDueOf(
  ctx: ActionContext,
  providers: Providers,
  group: DueGroup,
  limit: number,
): Promise<AutoRetried> {
  return transaction(ctx.db, async (tx) => {
    const now = ctx.now();
    if (group.cycleId !== null) await lockCycle(tx, group.cycleId);
    const due = await lockDue(tx, group.cycleId, now, limit);
    const ids = due.map(({ id }) => id);
    if (ids.length === 0) return nothing;
    if (!(await readSettings(tx)).autoRetry)
      return { ...nothing, stopped: (await stopRetries(tx, ids, now)).length };
    if (group.cycleId !== null && (await isBusy(tx, group.cycleId))) {
      await putOff(tx, ids, new Date(now.getTime() + busyWaitMs));
      return { ...nothing, putOff: ids.length };
    }
    const { retried, allTried } = await prepareThrough(tx, ctx, providers, group, ids);
    if (!allTried) return { ...nothing, retried };
    const asked = await askAgain(tx, ctx, ids);
    const lookAt = new Date(now.getTime() + heldWaitMs);
    const held = await waitForHolds(tx, ids, providers.names, now, lookAt);
    // Whatever is still due was taken by no provider, and nothing that passes keeps it.
    const stopped = await stopRetries(tx, ids, now);
    await alertStopped(tx, stopped, now);
    return { retried, putOff: held, asked, stopped: stopped.length };
  });
}

async function isBusy(tx: Db, cycleId: bigint): Promise<boolean> {
  return (await findActiveBatch(tx, cycleId)) !== undefined || (await isCycleLocked(tx, cycleId));
}

/** A batch pays through one provider, and a cycle has one batch at a time: of a cycle the others wait for its end. */
async function prepareThrough(
  tx: Db,
  ctx: ActionContext,
  providers: Providers,
  group: DueGroup,
  ids: readonly bigint[],
): Promise<{ retried: number; allTried: boolean }> {
  const { cycleId, cyclePublicId } = group;
  const cycle = cycleId === null ? null : { id: cycleId, publicId: cyclePublicId ?? '' };
  const now = ctx.now();
  let retried = 0;
  for (const type of await methodTypesOf(tx, ids)) {
    const rules = providers.find(type);
    if (!rules) continue;
    if (cycle && retried > 0) return { retried, allTried: false };
    const prepared = await prepareBatch(tx, ctx, rules, {
      cycle,
      startedBy,
      notes: 'Automatic retry of what failed for a temporary reason',
      retryOf: null,
      automatic: true,
      sources: [(db, after, limit) => retryablePage(db, ids, rules.name, now, after, limit)],
    });
    if (!prepared) continue;
    retried += prepared.totalItems;
    const after = { cycleId: cyclePublicId, totalItems: prepared.totalItems, automatic: true };
    await audit(tx, ctx, 'payouts.retried', { type: 'batch', id: prepared.batchId }, { after });
  }
  return { retried, allTried: true };
}

/** An approval is of one method: what was approved for another than the one in use is put back to be approved, as a person would. */
async function askAgain(tx: Db, ctx: ActionContext, ids: readonly bigint[]): Promise<number> {
  const elsewhere = await approvedElsewhere(tx, ids);
  if (elsewhere.length === 0) return 0;
  const payoutIds = elsewhere.map(({ publicId }) => publicId);
  const results = await resubmitPayouts({ ...ctx, db: tx }, { payoutIds });
  return results.filter(({ refused }) => refused === null).length;
}

async function alertStopped(tx: Db, stopped: readonly string[], now: Date): Promise<void> {
  const alerts = stopped
    .slice(0, alertsMax)
    .map((subject) => ({ kind: retryNotPossible, subject, facts: {} }) as const);
  await openAlerts(tx, alerts, now);
}
