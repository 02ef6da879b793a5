import { isHandMethod } from './hand-transfer.ts';
import type { Hold } from './hold.ts';
import type { PayoutKind } from './payout.ts';

// A payout that failed for a reason that another payout method mends, and what follows once there is one. The page of the payout,
// the dry run of its cycle and the portal of the payee say it each in their words, and all by these two rules.

export interface MendedFacts {
  readonly kind: PayoutKind;
  /** The payee has another method in use than it was tried with last. */
  readonly hasOtherMethod?: boolean;
  /** Of the method in use. */
  readonly methodFrozenAt?: Date | null;
  readonly presentType?: string | null;
  /** Why the provider says that its account cannot be paid; null: it can, or nobody knows. */
  readonly notReadyCode?: string | null;
  /** When the payee said, since it failed, that what stopped it is settled; null: they did not. Of a run only. */
  readonly settledAt?: Date | null;
}

/** True when the payee has done their part: it can go to the method in use, as soon as no hold is on that. */
export function isMended(facts: MendedFacts): boolean {
  if (facts.hasOtherMethod !== true || facts.methodFrozenAt || facts.notReadyCode) return false;
  // People pay these by hand; no run does, and what a run pays nobody else does.
  return facts.kind !== 'cycle' || !isHandMethod(facts.presentType ?? null);
}

/** True when the payee says that it can go to the same method again, and no other is in use. The provider may see it otherwise. */
export function isSettled({ kind, hasOtherMethod, methodFrozenAt, settledAt }: MendedFacts): boolean {
  return kind === 'cycle' && Boolean(settledAt) && hasOtherMethod !== true && !methodFrozenAt;
}

/** What keeps it now; `ends`: whether that ends by the clock. */
export interface Waiting {
  readonly by: Hold['by'];
  readonly ends: boolean;
}

/**
 * Who moves next, once the payee has: the clock, while a hold that ends by itself lasts, and then the team; nothing is sent by
 * itself. What must be approved anew can be put back at once also while its method cools off.
 */
export function turnOnceMended(waiting: Waiting | null, needsApproval: boolean): 'clock' | 'team' {
  if (waiting?.ends !== true) return 'team';
  return needsApproval && waiting.by === 'cooling_off' ? 'team' : 'clock';
}
