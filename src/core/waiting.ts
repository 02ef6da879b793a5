import type { WaitingOn } from './next-step.ts';
import type { PayoutState } from './payout.ts';

/**
 * States in which a payout may wait on each; the words of one payout decide (`explain`). What arrived and partly came back, and what
 * is being sent with an outcome that only a person finds out, waits on you as well and is found otherwise.
 */
const states = {
  you: ['approved', 'failed', 'returned', 'held', 'unclaimed'],
  approver: ['pending_approval'],
  payee: ['approved', 'failed', 'returned', 'unclaimed'],
  provider: ['sending', 'sent', 'held', 'failed', 'returned'],
  clock: ['approved', 'queued', 'failed', 'returned'],
  nobody: ['completed', 'declined', 'cancelled', 'failed', 'returned'],
} as const satisfies Record<WaitingOn, readonly PayoutState[]>;

/** Of these states, or of all, those in which a payout may wait on somebody. */
export function statesWaitingOn(who: WaitingOn, among: readonly PayoutState[] | null): PayoutState[] {
  return states[who].filter((state) => among === null || among.includes(state));
}
