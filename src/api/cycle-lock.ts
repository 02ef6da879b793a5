import { telling } from '../core/told.ts';
import type { LockTarget } from '../actions/cycle-lock.ts';
import { takeCycleLock } from '../actions/cycle-lock.ts';
import { refuse } from '../core/refusal.ts';
import type { HeldLock, LockPurpose, LockRow } from '../store/cycle-locks.ts';
import { findLock, releaseLock } from '../store/cycle-locks.ts';
import type { CycleRow } from '../store/cycles.ts';
import { findCycle } from '../store/cycles.ts';
import type { No } from '../wire/problem.ts';
import { no } from '../wire/problem.ts';
import type { ApiDeps } from './deps.ts';
import type { Answer, Work } from './route.ts';

/** Seconds after which somebody may ask again when the lock is gone meanwhile. */
const againSeconds = 1;

/** Which cycle a request is about to prepare; null when there is none, which the handler explains. */
export async function lockTarget(
  deps: ApiDeps,
  cycleId: string | null,
  purpose: LockPurpose,
): Promise<LockTarget | null> {
  const cycle: CycleRow | undefined = cycleId === null ? undefined : await findCycle(deps.db, cycleId);
  return cycle ? { cycleId: cycle.id, cyclePublicId: cycle.publicId, purpose } : null;
}

/**
 * Holds the lock of a cycle around the work: taken before it, in a transaction of its own, and given back after it, whatever
 * happened. A process that dies meanwhile leaves the lock behind: the next one who asks takes it over when that is proven, else
 * it expires.
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
    await tellLock(deps, taken.lock);
    return await work({ ...deps, cycleLock: taken.lock });
  } finally {
    await giveBack(deps, taken.lock);
  }
}

/** Others read of it at once; that nobody could be told keeps nobody from working. */
async function tellLock({ db, live, log }: ApiDeps, { cycleId }: HeldLock): Promise<void> {
  const read = async () => {
    const row = await findLock(db, cycleId);
    return row && { cycleId: row.cycleId, lockedBy: row.lockedBy, expiresAt: row.expiresAt.toISOString() };
  };
  await live?.tellLock(read).catch((error: unknown) => {
    log.warn('cycle_lock_not_told', { cycleId: String(cycleId), error: String(error) });
  });
}

function locked(
  { cyclePublicId: cycleId }: LockTarget,
  heldBy: LockRow | null,
  requestScope: string | null,
): No {
  if (!heldBy) return refuse('cycle_locked', { cycleId }, againSeconds);
  const { lockedBy, expiresAt, secondsHeld, secondsLeft } = heldBy;
  // Whoever asks again waits as long as it took so far: little while it is young, seldom when it may be nobody's.
  const retryAfter = Math.min(secondsHeld, secondsLeft);
  if (requestScope !== null && heldBy.requestScope === requestScope) {
    const endsAt = expiresAt.toISOString();
    return telling(no('request_in_flight', { retryAfter, details: { endsAt } }), inFlightWords(endsAt));
  }
  return refuse('cycle_locked', { cycleId, lockedBy, expiresAt: expiresAt.toISOString() }, retryAfter);
}

function inFlightWords(endsAt: string) {
  return {
    en: {
      action: `Repeat it with the same key after as many seconds as Retry-After says: it answers with the first result. If the server that had it was lost, this ends by itself at ${endsAt} at the latest, and the same request then pays what was not paid, once.`,
    },
    fr: {
      action: `Recommencez avec la même clé après les secondes que dit Retry-After : elle répond par le premier résultat. Si le serveur qui l’avait est perdu, cela prend fin automatiquement à ${endsAt} au plus tard, et la même demande paie alors, une seule fois, ce qui ne l’était pas.`,
    },
  };
}

/** What happened to the request is not changed by a lock that cannot be given back now: it expires by itself. */
async function giveBack(deps: ApiDeps, lock: HeldLock): Promise<void> {
  try {
    await releaseLock(deps.db, lock);
  } catch (error) {
    deps.log.warn('cycle_lock_not_released', { cycleId: String(lock.cycleId), error: String(error) });
  }
}
