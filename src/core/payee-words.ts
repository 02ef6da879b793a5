import type { FailedMoney } from './failed-money.ts';
import { formatMoney } from './money.ts';
import type { Hold } from './hold.ts';
import type { Language } from './language.ts';
import type { Situation } from './next-step.ts';
import { mendingOf } from './payee-fix.ts';
import { payeeReason } from './payee-reasons.ts';
import { payeeRetryStep } from './payee-retry-words.ts';
import type { PayeeTexts } from './payee-texts.ts';
import { payeeTexts } from './payee-texts.ts';
import type { PayoutState } from './payout.ts';
import { turnOnceMended } from './mended.ts';
import { mendsByOtherMethod } from './reasons.ts';

/** Whose turn it is, as a payee reads it: `you` is the payee, `platform` whoever pays them. */
type PayeeWaitingOn = 'you' | 'platform' | 'provider' | 'clock' | 'nobody';

export interface PayeeNextStep {
  readonly label: string;
  readonly nextStep: string;
  readonly waitingOn: PayeeWaitingOn;
}

/** What of their balance a payment carries that failed. */
export function payeeFailedMoney({ amount, currency }: FailedMoney, language: Language): string {
  return payeeTexts[language].inFailed(formatMoney(amount, currency));
}

/** What a payee reads as the state. */
export function payeeLabel(state: PayoutState, language: Language): string {
  return payeeTexts[language].labels[state];
}

/** Where their money is and what happens next, in words for the payee; those for operators are in next-step.ts. */
export function explainToPayee(situation: Situation, language: Language): PayeeNextStep {
  const texts = payeeTexts[language];
  const { state, reasonCode } = situation;
  const { next } = texts;
  const say = (nextStep: string, waitingOn: PayeeWaitingOn): PayeeNextStep => ({
    label: texts.labels[state],
    nextStep,
    waitingOn,
  });
  switch (state) {
    case 'pending_approval':
      return say(requestedStep(situation, texts), 'platform');
    case 'approved':
      return approved(situation, texts);
    case 'queued':
      return say(situation.putOffUntil ? next.putOff(situation.putOffUntil) : next.queued, 'clock');
    case 'sending':
      return say(situation.submissionState === 'unknown' ? next.unknown : next.sending, 'provider');
    case 'sent':
      return say(next.sent, 'provider');
    case 'held':
      return say(next.held, 'provider');
    case 'unclaimed':
      return say(unclaimedStep(situation, language), 'you');
    case 'completed':
      return say(next.completed, 'nobody');
    case 'failed':
      if (situation.retryMeets) return payeeRetryStep(situation.retryMeets, situation, language);
      if (situation.retriesAt) return { ...say(next.retries, 'clock'), label: texts.delayed };
      return { label: failedLabel(situation, texts), ...trouble(situation, language) };
    case 'returned':
      // Without a reason it may have been paid by hand: no provider took it back then.
      if (reasonCode === null) return say(next.cameBack, 'platform');
      return { label: texts.labels.returned, ...trouble(situation, language) };
    case 'declined':
      return say(situation.said ? next.declinedAs(sentence(situation.said)) : next.declined, 'nobody');
    case 'cancelled':
      return say(next.cancelled, 'nobody');
  }
}

/** The payee who has done their part reads that it comes later, and not that it needs them. */
function failedLabel({ mendedOfRun, settledOn, reasonCode }: Situation, texts: PayeeTexts): string {
  const isTheirsNoMore = mendedOfRun === true || Boolean(settledOn);
  return isTheirsNoMore && mendsByOtherMethod(reasonCode) ? texts.delayed : texts.labels.failed;
}

/** What a person typed, with the mark that ends it: our own words follow. */
function sentence(said: string): string {
  const text = said.trimEnd();
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

const holdTurn = {
  cooling_off: 'clock',
  frozen: 'platform',
  payout: 'platform',
  payee: 'platform',
  blocked: 'platform',
} as const satisfies Record<Hold['by'], PayeeWaitingOn>;

/** While a changed method serves its cool-off, approval alone sends nothing. */
function requestedStep(situation: Situation, { next }: PayeeTexts): string {
  const until = coolingUntil(situation);
  const requested = next.requested(situation.decideBy ?? null);
  return until === null ? requested : `${next.waitsForMethod(until)} ${requested}`;
}

function coolingUntil({ holdBy, holdEnds }: Situation): string | null {
  return holdBy === 'cooling_off' && holdEnds ? holdEnds : null;
}

/** A payee reads when, and why where it is about them; why the platform waits is the platform's to say. */
function approved({ hold, holdEnds, holdBy, sendsAt }: Situation, texts: PayeeTexts): PayeeNextStep {
  if (!hold && sendsAt) return { label: texts.scheduled, nextStep: texts.next.scheduled, waitingOn: 'clock' };
  if (!hold) return { label: texts.labels.approved, nextStep: texts.next.approved, waitingOn: 'platform' };
  const by = holdBy ?? 'payout';
  return {
    label: holdEnds ? texts.onHoldUntil(holdEnds) : texts.onHold,
    nextStep: texts.holds[by],
    waitingOn: holdEnds ? 'clock' : holdTurn[by],
  };
}

function unclaimedStep({ reasonCode, unclaimedUntil }: Situation, language: Language): string {
  const reason = payeeReason(reasonCode ?? 'receiver_unregistered', language);
  if (unclaimedUntil === null) return reason;
  return `${reason} ${payeeTexts[language].next.claimUntil(unclaimedUntil)}`;
}

function trouble(situation: Situation, language: Language): Omit<PayeeNextStep, 'label'> {
  const { reasonCode } = situation;
  const { thenAgain, otherWay, takenCareOf, paidAgain, settled } = payeeTexts[language].next;
  const { again, method } = payeeTexts[language].fix;
  const reason = payeeReason(reasonCode, language);
  if (situation.mendedOfRun === true && mendsByOtherMethod(reasonCode)) {
    const { hold, holdBy, holdEnds } = situation;
    const waiting = hold ? { by: holdBy ?? 'payout', ends: Boolean(holdEnds) } : null;
    const waitingOn = turnOnceMended(waiting, false) === 'clock' ? 'clock' : 'platform';
    return { nextStep: paidAgain(coolingUntil(situation)), waitingOn };
  }
  if (!mendsByOtherMethod(reasonCode)) return { nextStep: `${reason} ${takenCareOf}`, waitingOn: 'platform' };
  if (situation.settledOn)
    return situation.isDoubted === true
      ? { nextStep: settled.doubted, waitingOn: 'provider' }
      : { nextStep: settled.platform, waitingOn: 'platform' };
  const mending = { details: thenAgain, way: otherWay, again, method }[mendingOf(reasonCode)];
  return { nextStep: `${reason} ${mending}`, waitingOn: 'you' };
}
