import type { PayoutKind, PayoutState } from './payout.ts';
import { isRefusedWay, mendsByOtherMethod, reasonCodeOf } from './reasons.ts';
import type { Language } from './language.ts';
import { payeeReason } from './payee-reasons.ts';
import { payeeTexts } from './payee-texts.ts';

/**
 * What a payee can do about a payment that did not reach them. `method`: say where else it goes, as it can never arrive there.
 * `way`: the same, as the provider refused this way to pay; only the team can send it there once more. `details`: settle
 * something, at the provider or with themself, so that the same method works again. `claim`: take it from the provider, where
 * it waits.
 */
export const fixKinds = ['method', 'way', 'claim', 'details'] as const;

export interface PayeeFix {
  readonly kind: (typeof fixKinds)[number];
  /** What to do, in words for the payee. */
  readonly words: string;
}

/** What it depends on. */
export interface FixFacts {
  readonly state: PayoutState;
  readonly kind: PayoutKind;
  readonly reasonCode: string | null;
  /** It is tried again by itself. */
  readonly retries: boolean;
  /** An attempt that counts as unsent may have been paid after all. */
  readonly doubted: boolean;
  /** The payee has done their part (`isMended`), or says so (`isSettled`). */
  readonly isMended: boolean;
}

/** What a payee settles so that the same method works again: on the provider's own pages, or by being ready to take it. */
const settled: Readonly<Partial<Record<string, 'details' | 'again'>>> = {
  receiver_not_enabled: 'details',
  receiving_limit_exceeded: 'details',
  receiver_unconfirmed: 'details',
  receiver_unregistered: 'details',
  receiver_locked: 'details',
  refunded: 'again',
  unclaimed_expired: 'again',
};

/** Which words say what mends a reason that the payee can mend. */
export function mendingOf(reasonCode: string | null): 'details' | 'again' | 'method' | 'way' {
  return settled[reasonCodeOf(reasonCode)] ?? (isRefusedWay(reasonCode) ? 'way' : 'method');
}

/** The next move of the payee; null: it is not theirs. */
export function payeeFix(facts: FixFacts, language: Language): PayeeFix | null {
  const { state, kind, reasonCode } = facts;
  const { fix } = payeeTexts[language];
  if (state === 'unclaimed') {
    return { kind: 'claim', words: payeeReason(reasonCode ?? 'receiver_unregistered', language) };
  }
  if ((state !== 'failed' && state !== 'returned') || reasonCode === null || kind === 'legacy') return null;
  if (facts.retries || facts.doubted || !mendsByOtherMethod(reasonCode)) return null;
  // Of a run: it is paid with the next one, and there is nothing left to ask for.
  if (kind === 'cycle' && facts.isMended) return null;
  const words = mendingOf(reasonCode);
  const said = `${payeeReason(reasonCode, language)} ${fix[words]}`;
  return { kind: words === 'again' ? 'details' : words, words: said };
}
