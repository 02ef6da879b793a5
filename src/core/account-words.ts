import type { NextStep } from './next-step.ts';
import { partlyReversed } from './part.ts';
import type { PayoutState } from './payout.ts';

/** What is known of the account a payout goes to, beyond its own state. */
export interface AccountFacts {
  readonly state: PayoutState;
  readonly reasonCode: string | null;
  readonly reasonDetail: string | null;
  readonly isOnHold: boolean;
  /** Why the provider says that the account cannot be paid; null: it can, or nobody knows. */
  readonly notReady: string | null;
  /** The provider has said since the payout failed that the account can be paid. */
  readonly readySince: boolean;
  /** The payee has another method in use than the one that failed. */
  readonly hasOtherMethod: boolean;
}

/** Refusals that are over when the account can be paid. */
const accountReasons = new Set(['receiver_not_enabled', 'receiver_account_invalid']);

/** Whose turn it is, also where it hangs on the payee's account at the provider. */
export function withAccount(step: NextStep, facts: AccountFacts): NextStep {
  const { state, notReady } = facts;
  if (notReady !== null && state === 'approved' && !facts.isOnHold) {
    return {
      label: 'Approved, waiting for payee: their account is not ready',
      nextStep: `${notReady} It goes into the next run once the provider says that the account can be paid.`,
      waitingOn: 'payee',
    };
  }
  if (
    state === 'failed' &&
    facts.readySince &&
    !facts.hasOtherMethod &&
    accountReasons.has(facts.reasonCode ?? '')
  ) {
    return {
      ...step,
      nextStep: "The payee's account can be paid now. Retry: a new attempt travels under a new key.",
      waitingOn: 'you',
    };
  }
  if (state === 'completed' && facts.reasonCode === partlyReversed) {
    return {
      label: facts.reasonDetail ?? 'Partly came back',
      nextStep:
        'The rest stays paid. The part is in what is available to the payee until somebody decides about it: pay it again, or keep it.',
      waitingOn: 'you',
    };
  }
  return step;
}
