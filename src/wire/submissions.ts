import { z } from 'zod';
import { resolutionOutcomes, whyNotResolvable } from '../core/resolution.ts';
import type { SubmissionState } from '../core/submission.ts';
import { text } from './text.ts';

/** Fewest and most characters of what a person writes down as evidence. */
const evidenceMin = 20;
const evidenceMax = 4000;

const providerBatchId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,128}$/, 'must be an id of the provider: letters, digits, - and _; at most 128');
const evidence = text(evidenceMax).refine(
  (value) => value.trim().length >= evidenceMin,
  `must say in at least ${evidenceMin} characters where you looked and what you found`,
);

/** What a person says became of a submission: it was sent as this batch, or it was not, and how they know. */
export const resolveBody = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('sent'), providerBatchId, evidence: evidence.nullish() }),
  z.strictObject({ outcome: z.literal('not_sent'), evidence }),
]);

interface ResolutionFacts {
  readonly publicId: string;
  readonly outcome: string;
  readonly providerBatchId: string | null;
  readonly evidence: string | null;
  readonly actorName: string;
  readonly askedAt: Date;
  readonly tries: number;
  readonly result: string | null;
  readonly detail: string | null;
  readonly decidedAt: Date | null;
}

const resolution = z.object({
  id: z.string(),
  outcome: z.enum(resolutionOutcomes),
  providerBatchId: z.string().nullable(),
  evidence: z.string().nullable(),
  by: z.string(),
  askedAt: z.iso.datetime(),
  tries: z.int(),
  result: z.enum(['accepted', 'not_sent', 'contradicted', 'unconfirmed']).nullable(),
  detail: z.string().nullable(),
  decidedAt: z.iso.datetime().nullable(),
});

/** `result` is null while it is being checked. */
export function presentResolution(said: ResolutionFacts) {
  const { publicId: id, outcome, providerBatchId: batch, actorName: by, askedAt, tries } = said;
  const { result, detail, decidedAt } = said;
  return {
    id,
    outcome,
    providerBatchId: batch,
    evidence: said.evidence,
    by,
    askedAt,
    tries,
    result,
    detail,
    decidedAt,
  };
}

interface SubmissionFacts {
  readonly publicId: string;
  readonly batchPublicId: string;
  readonly provider: string;
  readonly providerKey: string;
  readonly providerBatchId: string | null;
  readonly state: SubmissionState;
  readonly itemCount: number;
  readonly total: bigint;
  readonly currency: string;
  readonly sendCount: number;
  readonly firstSentAt: Date | null;
  readonly keyValidUntil: Date | null;
  readonly nextActionAt: Date;
  readonly lastError: string | null;
  readonly refusedAt: Date | null;
  readonly leaseUntil: Date | null;
}

const submission = z.object({
  id: z.string(),
  batchId: z.string(),
  provider: z.string(),
  providerKey: z.string(),
  providerBatchId: z.string().nullable(),
  status: z.string(),
  itemCount: z.int(),
  total: z.int(),
  currency: z.string(),
  sendCount: z.int(),
  firstSentAt: z.iso.datetime().nullable(),
  keyValidUntil: z.iso.datetime().nullable(),
  nextActionAt: z.iso.datetime(),
  lastError: z.string().nullable(),
  resolvable: z.boolean(),
  notResolvable: z.object({ reason: z.string(), resolvableAt: z.iso.datetime().nullable() }).nullable(),
  resolutions: z.array(resolution),
});
export const submissionAnswer = submission;
export const resolveAnswer = z.object({ submissionId: z.string(), resolution, replayed: z.boolean() });

/** One call to a provider, whether a person may decide about it, and what people have said of it, newest first. */
export function presentSubmission(
  facts: SubmissionFacts,
  resolutions: readonly ResolutionFacts[],
  now: Date,
) {
  const { publicId: id, batchPublicId: batchId, state: status } = facts;
  const { provider, providerKey, providerBatchId: batch, itemCount, total, currency, sendCount } = facts;
  const { firstSentAt, keyValidUntil, nextActionAt, lastError } = facts;
  const obstacle = whyNotResolvable(facts, now);
  return {
    id,
    batchId,
    provider,
    providerKey,
    providerBatchId: batch,
    status,
    itemCount,
    total,
    currency,
    sendCount,
    firstSentAt,
    keyValidUntil,
    nextActionAt,
    lastError,
    resolvable: obstacle === null,
    notResolvable: obstacle && { reason: obstacle.reason, resolvableAt: obstacle.at },
    resolutions: resolutions.map((said) => presentResolution(said)),
  };
}
