import type { TeamLanguage } from './language.ts';
import type { NextStep } from './next-step.ts';
import { operatorReason } from './operator-reasons.ts';
import { partlyReversed, partWords } from './part.ts';
import type { PayoutState } from './payout.ts';

/** What is known of the account a payout goes to, beyond its own state. */
export interface AccountFacts {
  readonly state: PayoutState;
  readonly reasonCode: string | null;
  readonly reasonDetail: string | null;
  readonly amount: bigint;
  readonly currency: string;
  /** What of it came back, as far as the books show; minor units. */
  readonly returnedPart: bigint;
  /** What of that somebody has decided about. */
  readonly settledPart: bigint;
  readonly isOnHold: boolean;
  /** Why the provider says that the account cannot be paid; null: it can, or nobody knows. */
  readonly notReady: NotReady | null;
  /** The provider has said since the payout failed that the account can be paid. */
  readonly readySince: boolean;
  /** The payee has another method in use than the one that failed. */
  readonly hasOtherMethod: boolean;
}

/** Why an account cannot be paid: one of our reasons, and what was kept of it in English. */
export interface NotReady {
  readonly code: string;
  readonly detail: string | null;
}

/** Why an account cannot be paid, in whole sentences and our words; those of the provider are kept beside them. */
export function notReadyWords({ code }: Pick<NotReady, 'code'>, language: TeamLanguage): string {
  return operatorReason(code, language).operator;
}

interface AccountTexts {
  readonly waits: string;
  readonly nextRun: string;
  readonly readyNow: string;
  readonly partly: string;
  readonly partOpen: string;
  readonly partDecided: string;
}

const texts: Readonly<Record<TeamLanguage, AccountTexts>> = {
  en: {
    waits: 'Approved, waiting for payee: their account is not ready',
    nextRun: 'It goes into the next run once the provider says that the account can be paid.',
    readyNow: "The payee's account can be paid now. Retry: a new attempt travels under a new key.",
    partly: 'Partly came back',
    partOpen:
      'The rest stays paid. The part is in what is available to the payee until somebody decides about it: pay it again, or keep it.',
    partDecided: 'Done. Somebody has decided about what came back; the rest stays paid.',
  },
  fr: {
    waits: 'Approuvé, attend le bénéficiaire : son compte n’est pas prêt',
    nextRun: 'Il part avec le prochain paiement, dès que le prestataire dit que le compte peut être payé.',
    readyNow:
      'Le compte du bénéficiaire peut être payé maintenant. Réessayez : une nouvelle tentative part sous une nouvelle clé.',
    partly: 'Une part est revenue',
    partOpen:
      'Le reste demeure payé. La part compte dans ce qui est disponible pour le bénéficiaire jusqu’à ce que quelqu’un en décide : la payer de nouveau, ou la garder.',
    partDecided: 'Terminé. Quelqu’un a décidé de ce qui est revenu ; le reste demeure payé.',
  },
};

/** Refusals that are over when the account can be paid. */
export const overWhenReady = ['receiver_not_enabled', 'receiver_account_invalid'] as const;
const accountReasons = new Set<string>(overWhenReady);

/** Whose turn it is, also where it hangs on the payee's account at the provider. */
export function withAccount(step: NextStep, facts: AccountFacts, language: TeamLanguage): NextStep {
  const { state, notReady } = facts;
  const { waits, nextRun, readyNow, partOpen, partDecided } = texts[language];
  if (notReady !== null && state === 'approved' && !facts.isOnHold) {
    const nextStep = `${notReadyWords(notReady, language)} ${nextRun}`;
    return { label: waits, nextStep, waitingOn: 'payee' };
  }
  if (
    state === 'failed' &&
    facts.readySince &&
    !facts.hasOtherMethod &&
    accountReasons.has(facts.reasonCode ?? '')
  ) {
    return { ...step, nextStep: readyNow, waitingOn: 'you' };
  }
  if (state !== 'completed' || facts.reasonCode !== partlyReversed) return step;
  const label = partOf(facts, language);
  const isDecided = facts.returnedPart > 0n && facts.settledPart === facts.returnedPart;
  return isDecided
    ? { label, nextStep: partDecided, waitingOn: 'nobody' }
    : { label, nextStep: partOpen, waitingOn: 'you' };
}

/** What was written down says why, too, in the words of the provider. */
function partOf(
  { reasonDetail, returnedPart: part, amount, currency }: AccountFacts,
  language: TeamLanguage,
): string {
  if (language === 'en') return reasonDetail ?? texts.en.partly;
  return part > 0n ? partWords(part, { amount, currency, why: null }, language) : texts[language].partly;
}
