import type { Outcome } from '../core/refusal.ts';
import { refuse } from '../core/refusal.ts';
import type { HeldLock, LockPurpose, LockRow } from '../store/cycle-locks.ts';
import { findLock, keepLock, releaseLock, takeLock } from '../store/cycle-locks.ts';
import type { Db } from '../store/db.ts';
import { errorCode, transaction } from '../store/db.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';

/** How often a lock is tried that was held when taken and gone when looked at. */
const triesMax = 5;

const lockNotAvailable = '55P03';

/** Which cycle is about to be prepared, and what for. */
export interface LockTarget {
  readonly cycleId: bigint;
  readonly cyclePublicId: string;
  readonly purpose: LockPurpose;
}

/**
 * Takes the lock of a cycle in a transaction of its own, so that everybody sees it while the batch is being prepared.
 * Answers the lock, or who holds it. A lock that ran out, or whose process is gone, is taken over, and leaves a line in the audit
 * trail; why nobody is paid twice by it: `store/cycle-locks.ts`.
 */
export async function takeCycleLock(
  ctx: ActionContext,
  target: LockTarget,
  requestScope: string | null,
): Promise<{ lock: HeldLock } | { heldBy: LockRow | null }> {
  let heldBy: LockRow | null = null;
  for (let tries = 1; tries <= triesMax; tries += 1) {
    const lock = { cycleId: target.cycleId, token: ctx.newId('lk') };
    if (await tryLock(ctx, target, lock, requestScope)) return { lock };
    heldBy = (await findLock(ctx.db, target.cycleId)) ?? null;
    if (heldBy) break;
  }
  return { heldBy };
}

async function tryLock(
  ctx: ActionContext,
  target: LockTarget,
  held: HeldLock,
  requestScope: string | null,
): Promise<boolean> {
  const lock = {
    ...held,
    ownerId: ctx.actor.id,
    ownerName: ctx.actor.name,
    purpose: target.purpose,
    holder: ctx.takesOverDead === true ? (ctx.worker ?? null) : null,
    requestScope,
    takesOverDead: ctx.takesOverDead === true,
  };
  try {
    return await transaction(ctx.db, async (tx) => {
      const { taken, lockedBy, expiresAt } = await takeLock(tx, lock);
      if (taken && lockedBy !== null) {
        await audit(
          tx,
          ctx,
          'cycle.lock_taken_over',
          { type: 'cycle', id: target.cyclePublicId },
          {
            before: { lockedBy, expiresAt: expiresAt?.toISOString() ?? null },
            after: { lockedBy: lock.ownerName },
          },
        );
      }
      return taken;
    });
  } catch (error) {
    // Its time is over or its process gone, but its transaction is still at work on the row: that is held.
    if (errorCode(error) === lockNotAvailable) return false;
    throw error;
  }
}

/**
 * One transaction that prepares a batch under the lock the caller holds, if any: it begins by making sure of the lock, and a
 * success gives it back in the same moment in which the batch becomes visible. A lost lock refuses before anything is written.
 */
export async function underLock<T>(
  ctx: ActionContext,
  work: (tx: Db) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const lock = ctx.cycleLock;
  return transaction(ctx.db, async (tx) => {
    if (lock && !(await keepLock(tx, lock))) return refuse('cycle_lock_lost');
    const outcome = await work(tx);
    if (lock && outcome.ok) await releaseLock(tx, lock);
    return outcome;
  });
}
