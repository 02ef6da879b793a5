import type { PayoutState } from '../core/payout.ts';
import { persistenceOf } from '../core/reasons.ts';
import { isRetriedOut, nextRetryAt, retriesMax } from '../core/retry.ts';
import { openAlerts } from '../store/alerts.ts';
import type { Change } from '../store/attempts.ts';
import type { Db } from '../store/db.ts';
import { readSettings } from '../store/settings.ts';

/** Payouts an alert names; the others are in the list of what failed. */
const payoutsNamedMax = 10;

/** The kind of the alert about payouts that were tried again as often as happens by itself. */
export const retriesExhausted = 'retries_exhausted';
/** The kind of the alert about a batch whose payouts are on their way for too long; over with the batch. */
export const stuckSending = 'stuck_sending';

interface Failing extends Change {
  readonly to: PayoutState;
  readonly move: { readonly payoutPublicId: string; readonly autoRetries: number };
}

const hasFailed = (change: Failing) => change.to === 'failed' && change.from !== 'failed';
const persistence = (change: Failing) => change.persistence ?? persistenceOf(change.reasonCode);

/** Changes with the time at which what failed for a temporary reason is tried again, where the team wants that. */
export async function withRetries<C extends Failing>(
  tx: Db,
  changes: readonly C[],
  now: Date,
): Promise<readonly C[]> {
  if (!changes.some((change) => hasFailed(change) && persistence(change) === 'temporary')) return changes;
  if (!(await readSettings(tx)).autoRetry) return changes;
  return changes.map((change) =>
    hasFailed(change)
      ? { ...change, nextRetryAt: nextRetryAt(persistence(change), change.move.autoRetries, now) }
      : change,
  );
}

/** One alert per batch for what failed in it once more after its last retry: a shortage of funds fails thousands at once. */
export async function alertRetriedOut(
  tx: Db,
  batchPublicId: string,
  changes: readonly Failing[],
  now: Date,
): Promise<void> {
  const out = changes.filter(
    (change) => hasFailed(change) && isRetriedOut(persistence(change), change.move.autoRetries),
  );
  if (out.length === 0) return;
  const payouts = out.slice(0, payoutsNamedMax).map(({ move }) => move.payoutPublicId);
  const facts = { count: out.length, times: retriesMax + 1, payouts };
  await openAlerts(tx, [{ kind: retriesExhausted, subject: batchPublicId, facts }], now);
}
