import { holdEnding } from './hold-words.ts';
import type { Hold } from './hold.ts';
import { turnOnceMended } from './mended.ts';
import type { TeamLanguage } from './language.ts';
import type { NextStepTexts } from './next-step-texts.ts';
import { nextStepTexts } from './next-step-texts.ts';
import { operatorReason } from './operator-reasons.ts';
import { mendsByOtherMethod } from './reasons.ts';
import type { RetryMeets } from './retry-ahead.ts';
import { retryMeetsStep } from './retry-words.ts';
import type { PayoutState } from './payout.ts';
import type { SubmissionState } from './submission.ts';

export const waitingOns = ['you', 'approver', 'payee', 'provider', 'clock', 'nobody'] as const;
export type WaitingOn = (typeof waitingOns)[number];

/** What the words depend on. Times are handed on as text by the caller's zone. */
export interface Situation {
  readonly state: PayoutState;
  readonly submissionState: SubmissionState | null;
  readonly reasonCode: string | null;
  readonly unclaimedUntil: string | null;
  /** The provider has forgotten the key of an unknown submission: only a person can go on. */
  readonly handedOver?: boolean;
  /** It is of a run, and its payee has done their part: it can go to the method in use. */
  readonly mendedOfRun?: boolean;
  /** The payee has another method in use than the one that failed, and it is usable once no hold is on it. */
  readonly otherMethod?: OtherMethod | null;
  /** When the payee of a run said that what stopped it is settled, so that the same method works again; null: they did not. */
  readonly settledOn?: string | null;
  /** Until when it must be approved or declined, else the clock declines it; null: it waits without end. */
  readonly decideBy?: string | null;
  /** The provider says still that the account cannot be paid. */
  readonly isDoubted?: boolean;
  /** Who approved it as it waits; it takes another one. */
  readonly approvedBy?: string | null;
  /** When it is sent again that the provider did not take yet. */
  readonly putOffUntil?: string | null;
  /** What somebody said when they declined or cancelled it. */
  readonly said?: string | null;
  /** Why it is on hold now, and until when; null: it is not, or without end. */
  readonly hold?: string | null;
  readonly holdEnds?: string | null;
  /** What holds it. */
  readonly holdBy?: Hold['by'] | null;
  /** The reference it was paid under by hand. */
  readonly paidReference?: string | null;
  /** When a payout that failed is tried again by itself. */
  readonly retriesAt?: string | null;
  /** What has come in the way of that. */
  readonly retryMeets?: RetryMeets | null;
  /** It was tried again by itself as often as that is done. */
  readonly retriedOut?: boolean;
  /** An earlier system made it; Purser only counts it. */
  readonly isLegacy?: boolean;
  /** Its method is paid by hand. */
  readonly byHand?: boolean;
  /** When it was handed over in an export to be paid by hand; null: it is in none. */
  readonly exported?: string | null;
  /** When a scheduled run sends it; null: no run does. */
  readonly sendsAt?: string | null;
}

export interface OtherMethod {
  /** When it was saved, if that was after the payout failed; null: it was there before. */
  readonly savedAt: string | null;
  /** Another method was approved, so it is approved anew. */
  readonly needsApproval: boolean;
}

export interface NextStep {
  /** What an operator reads as the state. */
  readonly label: string;
  /** What happens next, in one sentence. */
  readonly nextStep: string;
  readonly waitingOn: WaitingOn;
}

/** What the words of one payout are made of. */
interface Told {
  readonly situation: Situation;
  readonly language: TeamLanguage;
  readonly texts: NextStepTexts;
}

/** The same words in console, portal, API and `purser why`. Source: the table of states in docs/states.md. */
export function explain(situation: Situation, language: TeamLanguage = 'en'): NextStep {
  const { state } = situation;
  const texts = nextStepTexts[language];
  const told = { situation, language, texts };
  if (situation.isLegacy === true) return legacy(state, told);
  switch (state) {
    case 'pending_approval':
      return say([situation.approvedBy ? texts.needsSecond : texts.needsApproval, waits(told)], 'approver');
    case 'approved':
      return approved(told);
    case 'queued':
      return say(situation.putOffUntil ? texts.putOff(situation.putOffUntil) : texts.queued, 'clock');
    case 'sending':
      return sending(told);
    case 'sent':
      return say(texts.sent, 'provider');
    case 'held':
      return say(texts.held, 'provider');
    case 'unclaimed':
      return unclaimed(told);
    case 'completed':
      return say([arrived(told), texts.done], 'nobody');
    case 'failed':
      return failed(told);
    case 'returned':
      return cameBack(told);
    case 'declined':
      return say(texts.declined(situation.said ?? null), 'nobody');
    case 'cancelled':
      return say(texts.cancelled, 'nobody');
  }
}

function say([label, nextStep]: readonly [string, string], waitingOn: WaitingOn): NextStep {
  return { label, nextStep, waitingOn };
}

function legacy(state: PayoutState, { language, texts: { earlier } }: Told): NextStep {
  if (state === 'completed') return say(earlier.completed, 'nobody');
  if (state === 'failed' || state === 'returned')
    return say([earlier[state], operatorReason('earlier_system', language).fix], 'nobody');
  return say(earlier.onItsWay, 'you');
}

function waits({ situation: { hold, holdEnds, approvedBy }, texts }: Told): string {
  const decide = approvedBy ? texts.anotherMustDecide(approvedBy) : texts.mustDecide;
  if (!hold) return decide;
  return `${decide} ${texts.heldToo(hold, holdEnds ?? null)}`;
}

function approved({ situation, language, texts }: Told): NextStep {
  const { hold, holdEnds, holdBy, byHand, exported, sendsAt } = situation;
  if (exported) return say(texts.exported(exported), 'you');
  if (!hold && byHand === true) return say(texts.byHand, 'you');
  if (!hold && sendsAt) return say(texts.scheduled(sendsAt), 'clock');
  if (!hold) return say(texts.approved, 'you');
  const ending = holdEnding(holdBy ?? 'payout', holdEnds ?? null, language);
  const next = `${ending} ${holdEnds ? texts.afterHold.ends : texts.afterHold.open}`;
  return say([texts.onHold(hold, holdEnds ?? null), next], holdEnds ? 'clock' : 'you');
}

function sending({ situation, texts }: Told): NextStep {
  if (situation.submissionState !== 'unknown') return say(texts.sending, 'provider');
  return situation.handedOver === true ? say(texts.handedOver, 'you') : say(texts.unknown, 'provider');
}

function unclaimed({ situation, language, texts }: Told): NextStep {
  const { fix } = operatorReason(situation.reasonCode ?? 'receiver_unregistered', language);
  return say([texts.unclaimed(situation.unclaimedUntil), fix], 'payee');
}

function arrived({ situation: { paidReference }, texts }: Told): string {
  return paidReference ? texts.paidByHand(paidReference) : texts.arrived;
}

function failed(told: Told): NextStep {
  const { situation, language, texts } = told;
  const { reasonCode, retriesAt, retryMeets, retriedOut } = situation;
  const { operator, fix } = operatorReason(reasonCode, language);
  if (retryMeets) return retryMeetsStep(retryMeets, situation, operator, language);
  if (retriesAt) return say([texts.retriesAt(retriesAt), texts.retries(operator, fix)], 'clock');
  const words = { label: texts.needsAttention(operator), ...whatToDo(told, reasonCode) };
  if (retriedOut !== true) return words;
  return { ...words, nextStep: `${texts.retriedOut} ${words.nextStep}`, waitingOn: 'you' };
}

function cameBack(told: Told): NextStep {
  const { paidReference, reasonCode: code, said } = told.situation;
  // No provider had it, so none took it back: somebody said that the transfer they made came back.
  if (paidReference && code === null) return say(told.texts.handCameBack(paidReference, said ?? null), 'you');
  const reasonCode = told.situation.reasonCode ?? 'reversed';
  const { operator } = operatorReason(reasonCode, told.language);
  return { label: told.texts.cameBack(operator), ...whatToDo(told, reasonCode) };
}

/** About a reason; or through another method, where that mends it and the payee has one. */
function whatToDo(told: Told, reasonCode: string | null): Omit<NextStep, 'label'> {
  const { fix, waitingOn } = operatorReason(reasonCode, told.language);
  const mends = mendsByOtherMethod(reasonCode);
  const { otherMethod, settledOn } = told.situation;
  if (mends && otherMethod) return throughOther(otherMethod, told);
  return mends && settledOn ? onceSettled(settledOn, told) : { nextStep: fix, waitingOn };
}

/** The payee says that the same method works again: somebody tries it, unless the provider knows better. */
function onceSettled(
  at: string,
  { situation: { hold, holdEnds, holdBy, isDoubted, state }, texts: { other, settled } }: Told,
): Omit<NextStep, 'label'> {
  const said = settled.said(at);
  if (isDoubted === true) return { nextStep: `${said} ${settled.doubted}`, waitingOn: 'provider' };
  const todo = other.todo[state === 'failed' ? 'payAgain' : 'retry'];
  if (!hold) return { nextStep: `${said} ${sentence(todo)}.`, waitingOn: 'you' };
  const turn = turnOnceMended({ by: holdBy ?? 'payout', ends: Boolean(holdEnds) }, false);
  const then = other.held(hold, holdEnds ?? null, todo);
  return { nextStep: `${said} ${then}`, waitingOn: turn === 'clock' ? 'clock' : 'you' };
}

/** The payee has done their part: somebody pays it again, as soon as nothing holds it. */
function throughOther(
  { savedAt, needsApproval }: OtherMethod,
  { situation: { state, hold, holdEnds, holdBy }, texts: { other: texts } }: Told,
): Omit<NextStep, 'label'> {
  const saved = savedAt === null ? texts.inUse : texts.savedOn(savedAt);
  // A run takes what failed, and not what came back.
  const todo = texts.todo[needsApproval ? 'approve' : state === 'failed' ? 'payAgain' : 'retry'];
  const by = holdBy ?? 'payout';
  const turn = turnOnceMended(hold ? { by, ends: Boolean(holdEnds) } : null, needsApproval);
  const say = (then: string): Omit<NextStep, 'label'> => {
    return { nextStep: `${saved} ${then}`, waitingOn: turn === 'clock' ? 'clock' : 'you' };
  };
  if (!hold) return say(`${sentence(todo)}.`);
  if (by !== 'cooling_off' || !holdEnds) return say(texts.held(hold, holdEnds ?? null, todo));
  return say(
    needsApproval ? `${sentence(todo)}. ${texts.approvedFrom(holdEnds)}` : texts.coolsOff(holdEnds, todo),
  );
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
