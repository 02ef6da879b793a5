import type { LockTarget } from '../actions/cycle-lock.ts';
import { takeCycleLock } from '../actions/cycle-lock.ts';
import { refuse } from '../core/refusal.ts';
import type { HeldLock, LockPurpose } from '../store/cycle-locks.ts';
import { releaseLock } from '../store/cycle-locks.ts';
import type { CycleRow } from '../store/cycles.ts';
import { findCycle } from '../store/cycles.ts';
import type { No } from '../wire/problem.ts';
import { no } from '../wire/problem.ts';
import type { ApiDeps } from './deps.ts';
import type { Answer, Work } from './route.ts';

/** Seconds after which the same request may ask whether the first one is done. */
const sameAgainSeconds = 1;

/** Which cycle a request is about to prepare; null when there is none, which the handler explains. */
export async function lockTarget(
  deps: ApiDeps,
  cycleId: string | null,
  purpose: LockPurpose,
  namesEarnings = false,
): Promise<LockTarget | null> {
  const cycle: CycleRow | undefined = cycleId === null ? undefined : await findCycle(deps.db, cycleId);
  return cycle ? { cycleId: cycle.id, cyclePublicId: cycle.publicId, purpose, namesEarnings } : null;
}

/**
 * Holds the lock of a cycle around the work: taken before it, in a transaction of its own, and given back after it, whatever
 * happened. A process that dies meanwhile leaves the lock behind, and it expires.
 */
export async function underCycleLock(
  deps: ApiDeps,
  target: LockTarget | null,
  requestScope: string | null,
  work: Work,
): Promise<Answer | No> {
  if (!target) return work(deps);
  const taken = await takeCycleLock(deps, target, requestScope);
  if ('heldBy' in taken) return locked(target, taken.heldBy, requestScope);
  try {
    return await work({ ...deps, cycleLock: taken.lock });
  } finally {
    await giveBack(deps, taken.lock);
  }
}

function locked(
  { cyclePublicId: cycleId }: LockTarget,
  heldBy: { lockedBy: string; expiresAt: Date; secondsLeft: number; requestScope: string | null } | null,
  requestScope: string | null,
): No {
  if (!heldBy) return refuse('cycle_locked', { cycleId }, sameAgainSeconds);
  if (requestScope !== null && heldBy.requestScope === requestScope) {
    return no('request_in_flight', { retryAfter: sameAgainSeconds });
  }
  const { lockedBy, expiresAt, secondsLeft } = heldBy;
  return refuse('cycle_locked', { cycleId, lockedBy, expiresAt: expiresAt.toISOString() }, secondsLeft);
}

/** What happened to the request is not changed by a lock that cannot be given back now: it expires by itself. */
async function giveBack(deps: ApiDeps, lock: HeldLock): Promise<void> {
  try {
    await releaseLock(deps.db, lock);
  } catch (error) {
    deps.log.warn('cycle_lock_not_released', { cycleId: String(lock.cycleId), error: String(error) });
  }
}
