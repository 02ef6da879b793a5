import type { Hold } from './hold.ts';
import type { Situation } from './next-step.ts';
import type { PayoutState } from './payout.ts';
import { reasonFor } from './reasons.ts';

/** Whose turn it is, as a payee reads it: `you` is the payee, `platform` whoever pays them. */
type PayeeWaitingOn = 'you' | 'platform' | 'provider' | 'clock' | 'nobody';

export interface PayeeNextStep {
  readonly label: string;
  readonly nextStep: string;
  readonly waitingOn: PayeeWaitingOn;
}

const labels = {
  pending_approval: 'Requested',
  approved: 'Scheduled',
  queued: 'Preparing',
  sending: 'On its way',
  sent: 'On its way',
  held: 'On its way',
  unclaimed: 'Waiting for you to claim it',
  completed: 'Paid',
  failed: 'Needs attention',
  returned: 'Came back',
  declined: 'Declined',
  cancelled: 'Cancelled',
} as const satisfies Record<PayoutState, string>;

/** What a payee reads as the state. */
export function payeeLabel(state: PayoutState): string {
  return labels[state];
}

/** Where their money is and what happens next, in words for the payee; those for operators are in next-step.ts. */
export function explainToPayee(situation: Situation): PayeeNextStep {
  const { state } = situation;
  const say = (nextStep: string, waitingOn: PayeeWaitingOn): PayeeNextStep => ({
    label: labels[state],
    nextStep,
    waitingOn,
  });
  switch (state) {
    case 'pending_approval':
      return say(requestedStep(situation), 'platform');
    case 'approved':
      return approved(situation);
    case 'queued':
      return say('It is sent in the next moments.', 'clock');
    case 'sending':
      return say(sendingStep(situation), 'provider');
    case 'sent':
      return say('The provider has it and pays it out to you.', 'provider');
    case 'held':
      return say('The provider is reviewing it. That can take some days.', 'provider');
    case 'unclaimed':
      return say(unclaimedStep(situation), 'you');
    case 'completed':
      return say('Done. The money has arrived at your payout method.', 'nobody');
    case 'failed':
      if (situation.retriesAt) return { ...say(delayed, 'clock'), label: 'Delayed' };
      return trouble(say, situation);
    case 'returned':
      // Without a reason it may have been paid by hand: no provider took it back then.
      if (situation.reasonCode === null) return say(cameBack, 'platform');
      return trouble(say, situation);
    case 'declined':
      return say(
        situation.said
          ? `The platform declined it: ${situation.said} No money moved.`
          : 'The platform declined it. No money moved; ask them why.',
        'nobody',
      );
    case 'cancelled':
      return say('It was cancelled before any money moved. What it paid for can be paid again.', 'nobody');
  }
}

/** While a changed method serves its cool-off, approval alone sends nothing. */
function requestedStep({ holdBy, holdEnds }: Situation): string {
  const looks = 'The platform looks at it and approves or declines it.';
  if (holdBy !== 'cooling_off' || !holdEnds) return looks;
  return `It waits until ${holdEnds}, because you changed where money goes, and for approval. ${looks}`;
}

/** Of a run: the payee has done their part. */
function nextRunStep({ holdBy, holdEnds }: Situation): string {
  const when = holdBy === 'cooling_off' && holdEnds ? ` after ${holdEnds}` : '';
  return `Your new payout method is saved. The platform pays this again with its next run${when}; you need do nothing.`;
}

const delayed =
  'It did not go through yet and is sent again soon. You need do nothing; the money is not lost.';

const cameBack = 'The payment came back. The platform takes care of it; the money is not lost.';

/** A payee reads when, and why where it is about them; why the platform waits is the platform's to say. */
function approved({ hold, holdEnds, holdBy }: Situation): PayeeNextStep {
  if (!hold)
    return { label: labels.approved, nextStep: 'It goes out with the next payments.', waitingOn: 'clock' };
  const label = holdEnds ? `On hold until ${holdEnds}` : 'On hold';
  const [nextStep, waitingOn] = holdWords[holdBy ?? 'payout'];
  return { label, nextStep, waitingOn: holdEnds ? 'clock' : waitingOn };
}

const holdWords = {
  cooling_off: [
    'Your payout method was changed. For your safety nothing is paid to it before then; to be paid sooner, make the earlier one the default again.',
    'clock',
  ],
  frozen: [
    'You said that a change was not yours, so nothing is paid until the platform has looked into it. Your money is safe.',
    'platform',
  ],
  payout: ['The platform holds it. Your money is safe; ask them if you do not know why.', 'platform'],
  payee: [
    'The platform holds your payouts. Your money is safe; ask them if you do not know why.',
    'platform',
  ],
  blocked: [
    'Your payouts are paused by the platform. What you earned stays yours; ask them what is needed.',
    'platform',
  ],
} as const satisfies Record<Hold['by'], readonly [string, PayeeWaitingOn]>;

function sendingStep({ submissionState }: Situation): string {
  return submissionState === 'unknown'
    ? 'The provider has not answered clearly yet. It is being checked; you are not paid twice and nothing is lost.'
    : 'The provider is being asked to pay it.';
}

function unclaimedStep({ reasonCode, unclaimedUntil }: Situation): string {
  const { payee } = reasonFor(reasonCode ?? 'receiver_unregistered');
  return unclaimedUntil === null ? payee : `${payee} You have until ${unclaimedUntil}.`;
}

function trouble(
  say: (nextStep: string, waitingOn: PayeeWaitingOn) => PayeeNextStep,
  situation: Situation,
): PayeeNextStep {
  const reason = reasonFor(situation.reasonCode);
  if (reason.waitingOn === 'payee' && situation.paidByNextRun === true)
    return say(nextRunStep(situation), 'platform');
  if (reason.waitingOn === 'payee')
    return say(`${reason.payee} Once that is settled, the platform can send it again.`, 'you');
  return say(`${reason.payee} The platform takes care of it; the money is not lost.`, 'platform');
}
