import { isHandMethod } from './hand-transfer.ts';
import type { Hold, HoldFacts } from './hold.ts';
import { holdNow, holdsNow } from './hold.ts';
import type { PayoutKind } from './payout.ts';

// What becomes of a retry that is planned, by what is known now; `store/auto-retries.ts` does the same when its time has come.

/** What keeps a retry from happening by itself for good: a person goes on. */
export type RetryBar = 'blocked' | 'frozen' | 'owes' | 'by_hand' | 'not_ready';

/** `at`: when it happens; null: nobody knows yet. */
type RetryAhead =
  | { readonly kind: 'retries'; readonly at: Date }
  /** It waits for the end of a hold, and goes on then. */
  | { readonly kind: 'waits'; readonly at: Date | null; readonly hold: Hold }
  /** It was approved for another method than the one in use, so it goes back to be approved. */
  | { readonly kind: 'asks'; readonly at: Date }
  | { readonly kind: 'barred'; readonly at: Date; readonly by: RetryBar };

export interface RetryFacts extends HoldFacts {
  readonly kind: PayoutKind;
  /** When it is planned; null or absent: it is not. */
  readonly nextRetryAt?: Date | null;
  /** The payee has another method in use than it was tried with last. */
  readonly hasOtherMethod?: boolean;
  /** Of the method in use. */
  readonly presentType?: string | null;
  readonly notReadyCode?: string | null;
  /** The payee owes from the balance that it is paid from; retried payouts recover nothing. */
  readonly owes?: boolean;
}

function retryAhead(facts: RetryFacts, now: Date): RetryAhead | null {
  const planned = facts.nextRetryAt ?? null;
  if (planned === null) return null;
  if (facts.kind !== 'cycle' && facts.hasOtherMethod === true) return { kind: 'asks', at: planned };
  const by = barOf(facts, now);
  if (by !== null) return { kind: 'barred', at: planned, by };
  const hold = holdNow(facts, now);
  if (!hold) return { kind: 'retries', at: planned };
  if (hold.until === null) return { kind: 'waits', at: null, hold };
  // Planned for later than the hold lasts, it is not in the way.
  return hold.until <= planned ? { kind: 'retries', at: planned } : { kind: 'waits', at: hold.until, hold };
}

function barOf(facts: RetryFacts, now: Date): RetryBar | null {
  const holds = new Set(holdsNow(facts, now).map(({ by }) => by));
  if (holds.has('blocked')) return 'blocked';
  if (holds.has('frozen')) return 'frozen';
  if (facts.owes === true) return 'owes';
  // No run pays to a method that people pay by hand.
  if (isHandMethod(facts.presentType ?? null)) return 'by_hand';
  return facts.notReadyCode ? 'not_ready' : null;
}

/** What the words of a payout need of it: when it is tried again, or what a planned retry meets on its way. */
export interface RetryTold {
  readonly retriesAt: string | null;
  readonly retryMeets: RetryMeets | null;
}

export type RetryMeets =
  /** The hold of which the words are told already. */
  | { readonly kind: 'waits' }
  | { readonly kind: 'asks'; readonly at: string }
  | { readonly kind: 'barred'; readonly at: string; readonly by: RetryBar };

export function retryTold(facts: RetryFacts, now: Date, tell: (at: Date) => string): RetryTold {
  const ahead = retryAhead(facts, now);
  if (ahead === null) return { retriesAt: null, retryMeets: null };
  switch (ahead.kind) {
    case 'retries':
      return { retriesAt: tell(ahead.at), retryMeets: null };
    case 'waits':
      return { retriesAt: ahead.at && tell(ahead.at), retryMeets: { kind: 'waits' } };
    case 'asks':
      return { retriesAt: null, retryMeets: { kind: 'asks', at: tell(ahead.at) } };
    case 'barred':
      return { retriesAt: null, retryMeets: { kind: 'barred', at: tell(ahead.at), by: ahead.by } };
  }
}

/** When it is tried again by itself, as far as is known now; null: it is not, or nobody knows when. */
export function retriesAt(facts: RetryFacts, now: Date): Date | null {
  const ahead = retryAhead(facts, now);
  return ahead?.kind === 'retries' || ahead?.kind === 'waits' ? ahead.at : null;
}
