import { z } from 'zod';
import type { NextStep } from '../core/next-step.ts';
import { explain } from '../core/next-step.ts';
import type { PayoutState } from '../core/payout.ts';
import { payoutStates } from '../core/payout.ts';
import type { SubmissionState } from '../core/submission.ts';
import type { ItemFacts } from './batch-items.ts';
import { presentReason } from './batch-items.ts';
import { pageQuery } from './paging.ts';
import { anyId } from './text.ts';

export const payoutsQuery = pageQuery.extend({
  status: z.enum(payoutStates).optional(),
  payeeId: anyId.optional(),
  cycleId: anyId.optional(),
  q: anyId.optional(),
});

export interface PayoutFacts {
  readonly publicId: string;
  readonly payeeId: string;
  readonly payeeName: string;
  readonly cycleId: string | null;
  readonly amount: bigint;
  readonly currency: string;
  readonly state: PayoutState;
  readonly reasonCode: string | null;
  readonly reasonDetail: string | null;
  readonly attemptCount: number;
  readonly createdAt: Date;
  readonly stateAt: Date;
  readonly completedAt: Date | null;
  readonly submissionState: SubmissionState | null;
  readonly acceptedAt: Date | null;
  readonly handedOver?: boolean;
}

const dayMs = 24 * 60 * 60 * 1000;

/** What happens next and whose turn it is. An unclaimed item stays open `unclaimedDays` from its acceptance. */
function nextStepOf(payout: PayoutFacts, unclaimedDays: number): NextStep {
  const until = payout.acceptedAt && new Date(payout.acceptedAt.getTime() + unclaimedDays * dayMs);
  return explain({
    state: payout.state,
    submissionState: payout.submissionState,
    reasonCode: payout.reasonCode,
    unclaimedUntil: until ? until.toISOString().slice(0, 10) : null,
    handedOver: payout.handedOver === true,
  });
}

export function presentPayout(payout: PayoutFacts, unclaimedDays: number) {
  return {
    id: payout.publicId,
    payeeId: payout.payeeId,
    payeeName: payout.payeeName,
    cycleId: payout.cycleId,
    amount: payout.amount,
    currency: payout.currency,
    status: payout.state,
    ...nextStepOf(payout, unclaimedDays),
    reason: presentReason(payout.reasonCode, payout.reasonDetail),
    attemptCount: payout.attemptCount,
    createdAt: payout.createdAt,
    changedAt: payout.stateAt,
    completedAt: payout.completedAt,
  };
}

interface AttemptFacts extends Omit<ItemFacts, 'payoutId' | 'payeeId' | 'payeeName'> {
  readonly batchId: string;
  readonly provider: string;
  readonly submissionState: SubmissionState | null;
}

/** One try to pay, with the provider's evidence. */
export function presentAttempt(attempt: AttemptFacts) {
  return {
    ordinal: attempt.ordinal,
    status: attempt.state,
    batchId: attempt.batchId,
    provider: attempt.provider,
    destination: attempt.masked,
    amount: attempt.amount,
    currency: attempt.currency,
    fee: attempt.fee,
    reason: presentReason(attempt.reasonCode, attempt.reasonDetail),
    itemReference: attempt.itemReference,
    submissionStatus: attempt.submissionState,
    providerKey: attempt.providerKey,
    providerBatchId: attempt.providerBatchId,
    providerItemId: attempt.providerItemId,
    providerStatus: attempt.providerRaw,
    transactionId: attempt.transactionId,
    createdAt: attempt.createdAt,
    changedAt: attempt.stateAt,
  };
}

/** Payouts one call may retry. */
const retriesPerCallMax = 500;

export const retryBody = z.strictObject({ payoutIds: z.array(anyId).min(1).max(retriesPerCallMax) });
