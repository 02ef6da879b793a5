import { z } from 'zod';
import { fault } from '../core/fault-words.ts';
import { withAccount } from '../core/account-words.ts';
import type { NotReady } from '../core/account-words.ts';
import { payoutNeeds } from '../core/inbox.ts';
import { isHandMethod } from '../core/hand-transfer.ts';
import { isMended, isSettled } from '../core/mended.ts';
import { holdReason } from '../core/hold-words.ts';
import type { TeamLanguage, TeamReader } from '../core/language.ts';
import type { NextStep, OtherMethod } from '../core/next-step.ts';
import type { HoldFacts } from '../core/hold.ts';
import { holdNow } from '../core/hold.ts';
import { explain, waitingOns } from '../core/next-step.ts';
import { operatorReason } from '../core/operator-reasons.ts';
import type { PayoutKind, PayoutState } from '../core/payout.ts';
import { payoutKinds, payoutStates } from '../core/payout.ts';
import { attemptStates } from '../core/attempt.ts';
import type { Persistence } from '../core/reasons.ts';
import { reasonCodes } from '../core/reasons.ts';
import { isRetriedOut } from '../core/retry.ts';
import { retriesAt, retryTold } from '../core/retry-ahead.ts';
import { saidWords } from '../core/timeline-words.ts';
import { operatorDay, operatorMoment } from '../core/when.ts';
import type { SubmissionState } from '../core/submission.ts';
import { submissionStates } from '../core/submission.ts';
import type { ItemFacts } from './batch-items.ts';
import { acceptShortfall } from './batches.ts';
import { approvalView, carriesView, paidByHandView } from './approvals.ts';
import type { ConversionFacts } from './conversions.ts';
import { conversionField, presentConversion } from './conversions.ts';
import { evidenceView, presentReason, reasonView } from './batch-items.ts';
import { legacyEvidenceView } from './legacy.ts';
import { pageQuery } from './paging.ts';
import { scheduledDate } from './schedules.ts';
import { count, currencyCode, described, minor, moment, sumsByCurrency } from './shapes.ts';
import { anyId, currency, time } from './text.ts';

const anyState = payoutStates.join('|');

/** One state or several, comma-separated. */
const statuses = described(
  z
    .string()
    .transform((value, ctx) => {
      const named = value.split(',');
      const states = payoutStates.filter((state) => named.includes(state));
      if (named.every((name) => payoutStates.some((state) => state === name))) return states;
      ctx.addIssue({ code: 'custom', message: fault('states', payoutStates.join(', ')) });
      return z.NEVER;
    })
    .optional(),
  {
    json: {
      type: 'string',
      pattern: `^(${anyState})(,(${anyState}))*$`,
      description: 'A state, or several with commas',
      examples: ['failed,returned'],
    },
  },
);

/** What a list of payouts, and a count of them, can be limited to. */
export const payoutFilterQuery = z.object({
  status: statuses,
  payeeId: anyId.optional(),
  cycleId: anyId.optional(),
  batchId: anyId.optional(),
  waitingOn: z.enum(waitingOns).optional(),
  need: z.enum(payoutNeeds).optional(),
  currency: currency.optional(),
  reason: z.enum(reasonCodes).optional(),
  method: z.enum(['paypal', 'stripe', 'bank', 'moncash', 'natcash', 'manual']).optional(),
  from: time.optional(),
  to: time.optional(),
  q: anyId.optional(),
});
export const payoutsQuery = pageQuery.extend(payoutFilterQuery.shape);

export const payoutCountsView = z
  .strictObject({
    total: count,
    capped: z.boolean().meta({ description: 'More rows than the 10,000 that were looked at' }),
    totals: sumsByCurrency,
  })
  .meta({ id: 'PayoutCounts' });

const presentMethodView = z
  .strictObject({
    type: z.string().meta({ examples: ['paypal'] }),
    destination: z.string().meta({ examples: ['a***@example.com'] }),
    addedAt: moment.meta({ description: 'Tells two apart whose masked destinations are alike' }),
    usableFrom: moment.nullable().meta({ description: 'End of its cool-off' }),
    frozenAt: moment.nullable(),
    isOther: z.boolean().meta({ description: 'Another than it was tried with last' }),
  })
  .meta({ id: 'PresentMethod' });

const payoutFields = {
  id: z.string().meta({ examples: ['po_0199d2a0'] }),
  payeeId: z.string(),
  payeeName: z.string(),
  cycleId: z.string().nullable(),
  amount: minor,
  currency: currencyCode,
  kind: z.enum(payoutKinds),
  ...conversionField,
  status: z.enum(payoutStates),
  label: z.string().meta({ examples: ['Sent'] }),
  nextStep: z
    .string()
    .meta({ examples: ['The provider has it; Purser keeps asking until it has arrived or come back.'] }),
  waitingOn: z.enum(waitingOns),
  reason: reasonView.nullable(),
  attemptCount: count,
  createdAt: moment,
  changedAt: moment,
  completedAt: moment.nullable(),
  processedAt: moment
    .nullable()
    .meta({ description: 'When it arrived, failed or came back; null while it is under way' }),
  failedReason: z.string().nullable().meta({ description: 'Why it failed or came back, in words' }),
  retryCount: count.meta({ description: 'Attempts after the first, by itself or by a person' }),
  lastRetryAt: moment.nullable(),
  nextRetryAt: moment
    .nullable()
    .meta({ description: 'When it is tried again by itself, as far as is known now' }),
  settledAt: moment.nullable().meta({
    description: 'When the payee of a run said, since it failed, that what stopped it is settled',
  }),
  presentMethod: presentMethodView
    .nullable()
    .meta({ description: 'The payout method its payee has in use now; null: none' }),
};
export const payoutView = z.strictObject(payoutFields).meta({ id: 'Payout' });
/** A payout that waits, with what its approver looks at. */
export const payoutWaitingView = z
  .strictObject({ ...payoutFields, approval: approvalView.nullable() })
  .meta({ id: 'WaitingPayout' });

const attemptView = z
  .strictObject({
    ordinal: count,
    status: z.enum(attemptStates),
    batchId: z.string(),
    provider: z.string(),
    destination: z.string(),
    amount: minor,
    currency: currencyCode,
    fee: minor.nullable(),
    reason: reasonView.nullable(),
    submissionStatus: z.enum(submissionStates).nullable(),
    ...evidenceView,
  })
  .meta({ id: 'Attempt' });

/** A payout with everything that happened to it. */
export const payoutDetailsView = z
  .strictObject({
    ...payoutFields,
    scheduledDate,
    approval: approvalView.nullable(),
    carries: carriesView,
    paidByHand: paidByHandView.nullable(),
    legacy: legacyEvidenceView.nullable(),
    timeline: z.array(
      z.strictObject({ at: moment, event: z.string(), actor: z.string(), detail: z.string().nullable() }),
    ),
    attempts: z.array(attemptView),
    ledger: z.array(
      z.strictObject({
        at: moment,
        kind: z.string(),
        account: z.string(),
        currency: currencyCode,
        amount: minor,
      }),
    ),
  })
  .meta({ id: 'PayoutDetails' });
export type PayoutDetails = z.output<typeof payoutDetailsView>;

export interface PayoutFacts extends HoldFacts, ConversionFacts {
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
  readonly putOff?: Date | null;
  readonly approvedBy?: string | null;
  readonly paidReference?: string | null;
  /** Why the provider says that the account cannot be paid; null: it can, or nobody knows. */
  readonly notReadyCode?: string | null;
  readonly notReady?: string | null;
  readonly returnedPart?: bigint | null;
  readonly settledPart?: bigint | null;
  readonly readySince?: boolean;
  readonly autoRetries?: number;
  readonly persistence?: Persistence | null;
  readonly processedAt?: Date | null;
  readonly lastRetryAt?: Date | null;
  readonly nextRetryAt?: Date | null;
  readonly kind: PayoutKind;
  readonly pinnedType?: string | null;
  readonly handExportedAt?: Date | null;
  readonly presentType?: string | null;
  readonly presentMasked?: string | null;
  readonly presentAddedAt?: Date | null;
  readonly hasOtherMethod?: boolean;
  readonly owes?: boolean;
  readonly settledAt?: Date | null;
}

/** What the words are told with: who reads, in the time zone of the platform, and how long an unclaimed item stays open. */
export interface Look extends TeamReader {
  readonly unclaimedDays: number;
  readonly now: Date;
}

const dayMs = 24 * 60 * 60 * 1000;

/** What happens next and whose turn it is. An unclaimed item stays open `unclaimedDays` from its acceptance. */
function nextStepOf(payout: PayoutFacts, look: Look, sendsAt: Date | null): NextStep {
  const { unclaimedDays, now, zone, language } = look;
  const hold = holdNow(payout, now);
  const told = (at: Date | null | undefined) => (at ? operatorMoment(zone, at, language) : null);
  const otherMethod = otherMethodOf(payout, look);
  const until = payout.acceptedAt && new Date(payout.acceptedAt.getTime() + unclaimedDays * dayMs);
  const situation = {
    state: payout.state,
    submissionState: payout.submissionState,
    reasonCode: payout.reasonCode,
    unclaimedUntil: until && operatorDay(zone, until, language),
    handedOver: payout.handedOver === true,
    approvedBy: payout.approvedBy ?? null,
    putOffUntil: payout.putOff && payout.putOff > now ? told(payout.putOff) : null,
    said: saidWords(payout.reasonDetail, language),
    hold: hold && holdReason(hold, language),
    holdEnds: told(hold?.until),
    holdBy: hold?.by ?? null,
    paidReference: payout.paidReference ?? null,
    ...retryTold(payout, now, (at) => operatorMoment(zone, at, language)),
    retriedOut: isRetriedOut(payout.persistence ?? 'unknown', payout.autoRetries ?? 0),
    isLegacy: payout.kind === 'legacy',
    byHand: isHandMethod(payout.pinnedType ?? null),
    exported: told(payout.handExportedAt),
    sendsAt: told(sendsAt),
    otherMethod,
    settledOn: isSettled(payout) ? told(payout.settledAt) : null,
    isDoubted: Boolean(payout.notReadyCode),
  };
  const facts = {
    ...payout,
    returnedPart: payout.returnedPart ?? 0n,
    settledPart: payout.settledPart ?? 0n,
    isOnHold: hold !== null,
    notReady: notReadyOf(payout),
    readySince: payout.readySince === true,
    hasOtherMethod: payout.hasOtherMethod === true,
  };
  return withAccount(explain(situation, language), facts, language);
}

function notReadyOf({ notReadyCode: code = null, notReady: detail = null }: PayoutFacts): NotReady | null {
  return code === null ? null : { code, detail };
}

/** The method in use now, where it is another than the one that failed and can be paid to. */
function otherMethodOf(payout: PayoutFacts, { zone, language }: TeamReader): OtherMethod | null {
  if (!isMended(payout)) return null;
  const { presentAddedAt: addedAt = null, stateAt, kind } = payout;
  const isNew = addedAt !== null && addedAt >= stateAt;
  return {
    savedAt: isNew ? operatorMoment(zone, addedAt, language) : null,
    // What was asked for was approved for the earlier one; of a run nobody approved anything.
    needsApproval: kind !== 'cycle',
  };
}

/** Where it would go now; masked, with what tells two alike apart. */
function presentMethodOf(payout: PayoutFacts): z.output<typeof presentMethodView> | null {
  const { presentType, presentMasked, presentAddedAt } = payout;
  if (!presentType || !presentAddedAt) return null;
  return {
    type: presentType,
    destination: presentMasked ?? '',
    addedAt: presentAddedAt,
    usableFrom: payout.methodUsableFrom ?? null,
    frozenAt: payout.methodFrozenAt ?? null,
    isOther: payout.hasOtherMethod === true,
  };
}

function failedReasonOf(payout: PayoutFacts, language: TeamLanguage): string | null {
  const { state, reasonCode, reasonDetail, paidReference } = payout;
  if (state === 'returned' && reasonCode === null && paidReference) return saidWords(reasonDetail, language);
  return state === 'failed' || state === 'returned' ? operatorReason(reasonCode, language).operator : null;
}

/** A payout in a list. `sendsAt`: when a scheduled run sends it; null: no run does. */
export function presentPayout(
  payout: PayoutFacts,
  look: Look,
  sendsAt: Date | null = null,
): z.output<typeof payoutView> {
  const { language } = look;
  return {
    id: payout.publicId,
    payeeId: payout.payeeId,
    payeeName: payout.payeeName,
    cycleId: payout.cycleId,
    amount: payout.amount,
    currency: payout.currency,
    kind: payout.kind,
    conversion: presentConversion(payout, language),
    status: payout.state,
    ...nextStepOf(payout, look, sendsAt),
    reason: presentReason(payout.reasonCode, payout.reasonDetail, language),
    attemptCount: payout.attemptCount,
    createdAt: payout.createdAt,
    changedAt: payout.stateAt,
    completedAt: payout.completedAt,
    processedAt: payout.processedAt ?? null,
    failedReason: failedReasonOf(payout, language),
    retryCount: Math.max(payout.attemptCount - 1, 0),
    lastRetryAt: payout.lastRetryAt ?? null,
    settledAt: isSettled(payout) ? (payout.settledAt ?? null) : null,
    nextRetryAt: retriesAt(payout, look.now),
    presentMethod: presentMethodOf(payout),
  };
}

interface AttemptFacts extends Omit<ItemFacts, 'payoutId' | 'payeeId' | 'payeeName'> {
  readonly batchId: string;
  readonly provider: string;
  readonly submissionState: SubmissionState | null;
}

/** One try to pay, with the provider's evidence. */
export function presentAttempt(attempt: AttemptFacts, language: TeamLanguage): z.output<typeof attemptView> {
  return {
    ordinal: attempt.ordinal,
    status: attempt.state,
    batchId: attempt.batchId,
    provider: attempt.provider,
    destination: attempt.masked,
    amount: attempt.amount,
    currency: attempt.currency,
    fee: attempt.fee,
    reason: presentReason(attempt.reasonCode, attempt.reasonDetail, language),
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

export const retryBody = z.strictObject({
  payoutIds: z.array(anyId).min(1).max(retriesPerCallMax),
  acceptShortfall,
});
