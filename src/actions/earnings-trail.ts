import type { Db } from '../store/db.ts';
import { audit, auditAll } from './audit.ts';
import type { ActionContext } from './context.ts';
import type { Judged } from './earning-item.ts';
import type { PayeeChanged } from './payee-trail.ts';
import { goElsewhere, methodsChanged } from './payee-trail.ts';

/**
 * Puts one call that records earnings on record: counts per result and the totals of what is new. Payees that it brings
 * along are counted; each one whose money or mail goes somewhere else from now on is an event of its own.
 */
export async function recordTrail(
  tx: Db,
  ctx: ActionContext,
  judged: readonly Judged[],
  saved: readonly PayeeChanged[],
): Promise<void> {
  const counts = { created: 0, unchanged: 0, conflict: 0, invalid: 0 };
  const totals: Record<string, bigint> = {};
  const cycles = new Set<string | null>();
  for (const { item, result } of judged) {
    counts[result.status] += 1;
    if (result.status !== 'created') continue;
    totals[item.currency] = (totals[item.currency] ?? 0n) + item.gross;
    cycles.add(item.cycleId);
  }
  const payeesCreated = saved.filter(({ before }) => before === undefined).length;
  if (counts.created + payeesCreated > 0) {
    const [cycleId = null, ...others] = cycles;
    const subject =
      cycleId !== null && others.length === 0
        ? { type: 'cycle', id: cycleId }
        : { type: 'earnings', id: 'bulk' };
    const after = { ...counts, totals, payeesCreated, methodsChanged: methodsChanged(saved) };
    await audit(tx, ctx, 'earnings.recorded', subject, { after });
  }
  await auditAll(tx, ctx, goElsewhere(saved));
}
