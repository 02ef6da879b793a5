import type { PayoutKind, PayoutState } from './payout.ts';
import { reasonFor } from './reasons.ts';
import type { Language } from './language.ts';
import { payeeReason } from './payee-reasons.ts';
import { payeeTexts } from './payee-texts.ts';

/**
 * What a payee can do about a payment that did not reach them. `method`: say where else it goes. `details`: settle something at
 * the provider. `claim`: take it from the provider, where it waits.
 */
export const fixKinds = ['method', 'claim', 'details'] as const;

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
  /** The payee has done their part: it can go to the method in use (`isMended`). */
  readonly isMended: boolean;
}

/** What the provider's own pages mend, so that the same method works again. */
const settledAtProvider: ReadonlySet<string> = new Set([
  'receiver_not_enabled',
  'receiving_limit_exceeded',
  'receiver_unconfirmed',
]);

/** The next move of the payee; null: it is not theirs. */
export function payeeFix(facts: FixFacts, language: Language): PayeeFix | null {
  const { state, kind, reasonCode } = facts;
  const { fix } = payeeTexts[language];
  if (state === 'unclaimed') {
    return { kind: 'claim', words: payeeReason(reasonCode ?? 'receiver_unregistered', language) };
  }
  if ((state !== 'failed' && state !== 'returned') || reasonCode === null || kind === 'legacy') return null;
  const reason = reasonFor(reasonCode);
  if (facts.retries || facts.doubted || reason.waitingOn !== 'payee') return null;
  // Of a run: it is paid with the next one, and there is nothing left to ask for.
  if (kind === 'cycle' && facts.isMended) return null;
  const of = settledAtProvider.has(reasonCode) ? 'details' : 'method';
  return { kind: of, words: `${payeeReason(reasonCode, language)} ${fix[of]}` };
}
