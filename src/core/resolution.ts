import type { SubmissionState } from './submission.ts';
import { isKeyOver, keyOverAt } from './submission.ts';

/** What a person may say became of a submission whose outcome nobody else can find out. */
export const resolutionOutcomes = ['sent', 'not_sent'] as const;
export type ResolutionOutcome = (typeof resolutionOutcomes)[number];

/** Looks at the provider before a word of a person that it neither shows nor denies is given back undecided. */
export const resolutionTriesMax = 5;

/** Why a payout counts as not paid although no provider has said so. */
export const provenAbsent = 'proven_absent';

export interface Question {
  readonly state: SubmissionState;
  readonly keyValidUntil: Date | null;
  /** The provider refused the bytes after a call whose effect is not known. */
  readonly refusedAt: Date | null;
  readonly leaseUntil: Date | null;
}

const settledWords = {
  planned: 'it has not been sent yet; it can be cancelled',
  sending: 'it is being sent, or its worker died a moment ago',
  accepted: 'the provider has it',
  rejected: 'it is over: nothing was sent',
  cancelled: 'it was cancelled before it was sent',
} as const satisfies Record<Exclude<SubmissionState, 'unknown'>, string>;

/**
 * Why a person may not decide yet, and when that may be; null when they may. While the key lives and the provider has not
 * refused, sending the same bytes again finds out more than any person could.
 */
export function whyNotResolvable(question: Question, now: Date): { reason: string; at: Date | null } | null {
  if (question.state !== 'unknown') return { reason: settledWords[question.state], at: null };
  if (question.leaseUntil !== null && question.leaseUntil > now) {
    return { reason: 'a worker is asking the provider at this moment', at: question.leaseUntil };
  }
  if (question.refusedAt !== null || isKeyOver(question, now)) return null;
  const reason = 'Purser still asks by itself with the same bytes and key, which cannot pay twice';
  return { reason, at: keyOverAt(question) };
}
