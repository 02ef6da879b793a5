import { holdEnding } from './hold-words.ts';
import type { Hold } from './hold.ts';
import type { PayoutState } from './payout.ts';
import { reasonFor } from './reasons.ts';
import { retriesMax } from './retry.ts';
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
  /** The payee has another method now than the one that failed, and a run pays to it. */
  readonly paidByNextRun?: boolean;
  /** The payee has another method in use than the one that failed, and it is usable once no hold is on it. */
  readonly otherMethod?: OtherMethod | null;
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

/** The same words in console, portal, API and `purser why`. Source: the table of states in docs/states.md. */
export function explain(situation: Situation): NextStep {
  const { state } = situation;
  if (situation.isLegacy === true) return legacy(state);
  switch (state) {
    case 'pending_approval':
      return say('Needs approval', waits(situation), 'approver');
    case 'approved':
      return approved(situation);
    case 'queued':
      return say('Preparing', 'Purser sends it in the next moments. It can still be cancelled.', 'clock');
    case 'sending':
      return sending(situation);
    case 'sent':
      return say(
        'Sent',
        'The provider has it; Purser keeps asking until it has arrived or come back.',
        'provider',
      );
    case 'held':
      return say('Held by the provider', 'The provider is reviewing it; Purser keeps asking.', 'provider');
    case 'unclaimed':
      return unclaimed(situation);
    case 'completed':
      return say(
        situation.paidReference ? `Paid by hand, reference ${situation.paidReference}` : 'Arrived',
        'Done. If the money comes back later, it will show here.',
        'nobody',
      );
    case 'failed':
      return failed(situation);
    case 'returned':
      return needsAttention('Came back', { ...situation, reasonCode: situation.reasonCode ?? 'reversed' });
    case 'declined':
      return say(
        situation.said ? `Declined: ${situation.said}` : 'Declined',
        'Nothing more happens. No money moved.',
        'nobody',
      );
    case 'cancelled':
      return say(
        'Cancelled, no money moved',
        'Nothing more happens; its earnings can be paid again.',
        'nobody',
      );
  }
}

function say(label: string, nextStep: string, waitingOn: WaitingOn): NextStep {
  return { label, nextStep, waitingOn };
}

function legacy(state: PayoutState): NextStep {
  if (state === 'completed')
    return say('Paid by an earlier system', 'Done. It counts as paid and is not paid again.', 'nobody');
  if (state === 'failed' || state === 'returned') {
    const label = state === 'failed' ? 'Failed at an earlier system' : 'Came back to an earlier system';
    return say(label, reasonFor('earlier_system').fix, 'nobody');
  }
  return say(
    'On its way from an earlier system',
    'It counts as paid and is not paid again. Import a newer report of the provider when its end is known.',
    'you',
  );
}

function waits({ hold, holdEnds }: Situation): string {
  const must = 'An approver must approve or decline it.';
  if (!hold) return must;
  const until = holdEnds ? ` until ${holdEnds}` : '';
  return `${must} It is on hold${until}: ${hold}; also approved, it is not sent before.`;
}

function approved({ hold, holdEnds, holdBy, byHand, exported, sendsAt }: Situation): NextStep {
  if (exported)
    return say(
      `Approved, handed over to be paid by hand at ${exported}`,
      'Mark it paid with the reference of the transfer. Somebody may be paying it, so no provider sends it.',
      'you',
    );
  if (!hold && byHand === true)
    return say(
      'Approved, to be paid by hand',
      'Pay it, and mark it paid with the reference of the transfer.',
      'you',
    );
  if (!hold && sendsAt)
    return say(
      `Approved, sends ${sendsAt}`,
      'The scheduled run sends it then. To have it sooner, pay what is approved, here or by `purser pay-approved`.',
      'clock',
    );
  if (!hold)
    return say(
      'Approved',
      'Pay what is approved, here or by `purser pay-approved`. Scheduled runs send it only where the settings say so.',
      'you',
    );
  const until = holdEnds ? ` until ${holdEnds}` : '';
  const next = holdEnds ? 'It can be paid after that.' : 'It is not sent until then.';
  const ending = holdEnding(holdBy ?? 'payout', holdEnds ?? null);
  return say(`On hold${until}: ${hold}`, `${ending} ${next}`, holdEnds ? 'clock' : 'you');
}

function sending(situation: Situation): NextStep {
  if (situation.submissionState !== 'unknown') {
    return say('Sending', 'The provider is being asked to pay it.', 'provider');
  }
  if (situation.handedOver === true) {
    return say(
      'Outcome unknown; do not resend',
      'The answer was lost and the provider has forgotten the key, so nothing is sent again by itself. Look the submission up at the provider and say what you find: purser resolve.',
      'you',
    );
  }
  return say(
    'Outcome unknown, checking; do not resend',
    'The answer was lost, so it is not known whether money moved. Purser asks again with the same bytes and key, which cannot pay twice.',
    'provider',
  );
}

function unclaimed(situation: Situation): NextStep {
  const until = situation.unclaimedUntil === null ? '' : ` until ${situation.unclaimedUntil}`;
  const { fix } = reasonFor(situation.reasonCode ?? 'receiver_unregistered');
  return say(`Unclaimed${until}`, fix, 'payee');
}

function failed(situation: Situation): NextStep {
  const { reasonCode, retriesAt, retriedOut } = situation;
  if (retriesAt) {
    const reason = reasonFor(reasonCode);
    const next = `${reason.operator} It is tried again by itself then. To have it sooner: ${reason.fix}`;
    return say(`Retries at ${retriesAt}`, next, 'clock');
  }
  const words = needsAttention('Needs attention', situation);
  if (retriedOut !== true) return words;
  const next = `Tried again ${retriesMax} times by itself, and no more. ${words.nextStep}`;
  return { ...words, nextStep: next, waitingOn: 'you' };
}

function needsAttention(label: string, situation: Situation): NextStep {
  const reason = reasonFor(situation.reasonCode);
  const other = reason.waitingOn === 'payee' ? situation.otherMethod : null;
  if (other) return { label: `${label}: ${reason.operator}`, ...throughOther(other, situation) };
  return say(`${label}: ${reason.operator}`, reason.fix, reason.waitingOn);
}

/** The payee has done their part: somebody pays it again, as soon as nothing holds it. */
function throughOther(
  { savedAt, needsApproval }: OtherMethod,
  { hold, holdEnds, holdBy }: Situation,
): Omit<NextStep, 'label'> {
  const saved =
    savedAt === null
      ? 'The payee has another payout method in use now.'
      : `A new payout method was saved on ${savedAt}.`;
  const todo = needsApproval
    ? 'put it back to be approved; it was approved for the earlier method'
    : 'retry it, or the next run pays it';
  if (!hold) return { nextStep: `${saved} ${sentence(todo)}.`, waitingOn: 'you' };
  if (holdBy === 'cooling_off' && holdEnds) {
    const then = needsApproval
      ? `${sentence(todo)}. It is paid from ${holdEnds} on, when its cool-off ends.`
      : `From ${holdEnds} on, when its cool-off ends, ${todo}.`;
    return { nextStep: `${saved} ${then}`, waitingOn: needsApproval ? 'you' : 'clock' };
  }
  const when = holdEnds ? ` until ${holdEnds}` : '';
  const held = `It is on hold${when}: ${hold}. After that, ${todo}.`;
  return { nextStep: `${saved} ${held}`, waitingOn: holdEnds ? 'clock' : 'you' };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
