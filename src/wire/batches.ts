import { z } from 'zod';
import { fault } from '../core/fault-words.ts';
import type { AttemptState, Bucket } from '../core/attempt.ts';
import { attemptStates, bucketOf } from '../core/attempt.ts';
import type { SubmissionState } from '../core/submission.ts';
import { nextTryAt, submissionStates } from '../core/submission.ts';
import { count, currencyCode, eachLike, minor, moment } from './shapes.ts';
import { batchNotes, cycleId, reference, sourceType } from './text.ts';

/** Earnings one run may be limited to: as many as a batch may hold people in one file. */
const referencesMax = 1_000_000;

/** A list checked without collecting a fault per element: the first one is enough to refuse it. */
const references = z
  .array(eachLike(reference))
  .min(1)
  .max(referencesMax)
  .transform((values, ctx) => {
    const bad = values.findIndex((value) => !reference.safeParse(value).success);
    if (bad === -1) return values as string[];
    ctx.addIssue({ code: 'custom', path: [bad], message: fault('earning_id') });
    return z.NEVER;
  });

/** Who pays: a run pays through one provider those whose payout method is of it. */
export const providerName = z.enum(['paypal', 'stripe']);

/** Only the earnings with these external ids. */
const only = z.strictObject({ sourceType, references });

const leaveOutUnmended = z.boolean().default(false);

const scope = {
  cycleId,
  /** Leave failed payouts alone: only earnings that were never paid. */
  newOnly: z.boolean().default(false),
  /** Leave out what failed and would fail again where it is sent: its payee has mended nothing yet. */
  leaveOutUnmended,
  only: only.optional(),
  provider: providerName.default('paypal'),
};
/** `details: false` leaves out the largest, the new payees and the comparison: counts and totals only. `checkItems: true`: what the provider's own rules would refuse. */
export const previewBody = z.strictObject({
  ...scope,
  details: z.boolean().default(true),
  checkItems: z.boolean().default(false),
});
/** Start although the provider account is known not to hold enough: it is being funded. */
export const acceptShortfall = z.boolean().default(false);

/** `checksum`: of the preview that was looked at; exactly that is paid, once, or nothing is. */
export const processBody = z.strictObject({
  ...scope,
  notes: batchNotes.nullish(),
  checksum: z
    .string()
    .regex(/^[0-9a-f]{64}$/, fault('checksum'))
    .optional(),
  acceptShortfall,
});
/** What `retry-failed` takes, if anything. */
export const retryFailedBody = z
  .strictObject({ acceptShortfall, leaveOutUnmended })
  .default({ acceptShortfall: false, leaveOutUnmended: false });
export type PreviewBody = z.output<typeof previewBody>;
export type ScopeBody = Pick<PreviewBody, 'cycleId' | 'newOnly' | 'leaveOutUnmended' | 'only'>;

export const buckets = [
  'success',
  'failed',
  'unclaimed',
  'pending',
  'returned',
  'cancelled',
] as const satisfies Bucket[];
/** `?summary=true` on a list of batches: counting reads every item of the page's batches, so it is asked for. */
export const summaryQuery = z
  .enum(['true', 'false'])
  .default('false')
  .transform((value) => value === 'true');
export const bucketQuery = z.enum([...buckets, 'all']).default('all');

/** The attempt states a summary bucket is made of. */
export function statesOf(bucket: Bucket | 'all'): AttemptState[] {
  return attemptStates.filter((state) => bucket === 'all' || bucketOf(state) === bucket);
}

const batchStates = ['preparing', 'processing', 'completed', 'cancelled', 'failed'] as const;

const submissionView = z
  .strictObject({
    id: z.string(),
    status: z.enum(submissionStates),
    providerKey: z.string(),
    providerBatchId: z.string().nullable(),
    currency: currencyCode,
    itemCount: count,
    total: minor,
    sendCount: count,
    acceptedAt: moment.nullable(),
    lastError: z.string().nullable(),
    nextTryAt: moment
      .nullable()
      .meta({ description: 'Of what was put off, or whose answer was lost: when it is tried again' }),
  })
  .meta({ id: 'Submission', description: 'One call to a provider' });

const batchFields = {
  id: z.string().meta({ examples: ['pb_0199d2a0'] }),
  status: z.enum(batchStates),
  cycleId: z.string().nullable(),
  provider: z.string(),
  paypalBatchId: z.string().nullable(),
  createdAt: moment,
  completedAt: moment.nullable(),
  startedBy: z.string(),
  startedById: z.string().nullable(),
  notes: z.string().nullable(),
  retryOf: z.string().nullable().meta({ description: 'The batch whose failed items this one pays again' }),
  totalItems: count,
  submissions: z.array(submissionView).meta({ description: 'The first 200 of them' }),
};
export const batchView = z.strictObject(batchFields).meta({ id: 'Batch' });

export const batchProgressView = z
  .strictObject({
    ...batchFields,
    processedItems: count,
    totalChunks: count,
    completedChunks: count,
    pollVersion: z.bigint().meta({ description: 'Grows with every change' }),
    resting: z.boolean().meta({ description: 'Only the provider can move it on' }),
    reconciledAt: moment.nullable(),
  })
  .meta({ id: 'BatchProgress' });

const startedFields = { batchId: z.string(), totalItems: count, totalChunks: count, replayed: z.boolean() };
/** A run that was started, or found started. */
export const startedView = z
  .strictObject({ ...startedFields, status: z.enum(batchStates) })
  .meta({ id: 'BatchStarted' });
export const retriedView = z
  .strictObject({ success: z.literal(true), ...startedFields })
  .meta({ id: 'RetryStarted' });
export const reconcileAskedView = z.strictObject({ batchId: z.string(), status: z.literal('requested') });
export const cancelledView = z.strictObject({
  batchId: z.string(),
  cancelled: count,
  stillOnTheWay: count,
});

export interface BatchFacts {
  readonly publicId: string;
  readonly cyclePublicId: string | null;
  readonly provider: string;
  readonly state: (typeof batchStates)[number];
  readonly startedBy: string;
  readonly startedById: string | null;
  readonly notes: string | null;
  readonly retryOf: string | null;
  readonly totalItems: number;
  readonly openItems: number;
  readonly pollVersion: bigint;
  readonly createdAt: Date;
  readonly completedAt: Date | null;
}

export interface SubmissionFacts {
  readonly publicId: string;
  readonly provider: string;
  readonly currency: string;
  readonly state: SubmissionState;
  readonly providerKey: string;
  readonly providerBatchId: string | null;
  readonly itemCount: number;
  readonly total: bigint;
  readonly sendCount: number;
  readonly acceptedAt: Date | null;
  readonly lastError: string | null;
  readonly nextActionAt: Date;
  readonly handedOverAt: Date | null;
}

/** A batch with its submissions; `paypalBatchId` only when there is exactly one and it is PayPal's. */
export function presentBatch(
  batch: BatchFacts,
  submissions: readonly SubmissionFacts[],
): z.output<typeof batchView> {
  const only = submissions.length === 1 ? submissions[0] : undefined;
  return {
    id: batch.publicId,
    status: batch.state,
    cycleId: batch.cyclePublicId,
    provider: batch.provider,
    paypalBatchId: only?.provider === 'paypal' ? only.providerBatchId : null,
    createdAt: batch.createdAt,
    completedAt: batch.completedAt,
    startedBy: batch.startedBy,
    startedById: batch.startedById,
    notes: batch.notes,
    retryOf: batch.retryOf,
    totalItems: batch.totalItems,
    submissions: submissions.map((submission) => presentSubmission(submission)),
  };
}

function presentSubmission(submission: SubmissionFacts): z.output<typeof submissionView> {
  return {
    id: submission.publicId,
    status: submission.state,
    providerKey: submission.providerKey,
    providerBatchId: submission.providerBatchId,
    currency: submission.currency,
    itemCount: submission.itemCount,
    total: submission.total,
    sendCount: submission.sendCount,
    acceptedAt: submission.acceptedAt,
    lastError: submission.lastError,
    nextTryAt: nextTryAt(submission),
  };
}

/** What only other tables say of a batch. */
export interface BatchMoment {
  /** Items are left that the provider has not decided on and does not hold. */
  readonly hasPending: boolean;
  readonly reconciledAt: Date | null;
  /** All of the batch, also those that are not listed. */
  readonly submissions: number;
  /** Those of which as a whole nothing more is expected; single items may still be held. */
  readonly finished: number;
}

/** The same with its progress. A batch with nothing open reads as completed, whatever its row says a moment longer. */
export function presentProgress(
  batch: BatchFacts,
  submissions: readonly SubmissionFacts[],
  now: BatchMoment,
): z.output<typeof batchProgressView> {
  const isOver = batch.openItems === 0;
  return {
    ...presentBatch(batch, submissions),
    status: batch.state === 'processing' && isOver ? 'completed' : batch.state,
    processedItems: batch.totalItems - batch.openItems,
    totalChunks: now.submissions,
    completedChunks: isOver ? now.submissions : now.finished,
    pollVersion: batch.pollVersion,
    /** Only items that the provider itself holds are left: waiting longer tells nothing. */
    resting: !isOver && !now.hasPending,
    reconciledAt: now.reconciledAt,
  };
}
