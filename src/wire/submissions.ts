import { z } from 'zod';
import { fault } from '../core/fault-words.ts';
import type { TeamLanguage } from '../core/language.ts';
import type { ResolutionOutcome } from '../core/resolution.ts';
import { resolutionOutcomes, whyNotResolvable } from '../core/resolution.ts';
import type { SubmissionState } from '../core/submission.ts';
import { submissionStates } from '../core/submission.ts';
import { count, currencyCode, moment, sum } from './shapes.ts';
import { written } from './text.ts';

/** Fewest and most characters of what a person writes down as evidence. */
const evidenceMin = 20;
const evidenceMax = 4000;

const providerBatchId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,128}$/, fault('provider_id'))
  .meta({ examples: ['5UXD2E8A7EBQJ'] });
const evidence = written(evidenceMax)
  .refine((value) => value.length >= evidenceMin, fault('evidence', evidenceMin))
  .meta({ examples: ['Looked into the account at the provider: no batch of that day.'] });

/** What a person says became of a submission: it was sent as this batch, or it was not, and how they know. */
export const resolveBody = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('sent'), providerBatchId, evidence: evidence.nullish() }),
  z.strictObject({ outcome: z.literal('not_sent'), evidence }),
]);

interface ResolutionFacts {
  readonly publicId: string;
  readonly outcome: ResolutionOutcome;
  readonly providerBatchId: string | null;
  readonly evidence: string | null;
  readonly actorName: string;
  readonly askedAt: Date;
  readonly tries: number;
  readonly result: 'accepted' | 'not_sent' | 'contradicted' | 'unconfirmed' | null;
  readonly detail: string | null;
  readonly decidedAt: Date | null;
}

const resolutionView = z
  .strictObject({
    id: z.string().meta({ examples: ['sr_0199d2a0'] }),
    outcome: z.enum(resolutionOutcomes),
    providerBatchId: z.string().nullable(),
    evidence: z
      .string()
      .nullable()
      .meta({ examples: ['Looked into the account: no batch of that day.'] }),
    by: z.string().meta({ examples: ['Ana'] }),
    askedAt: moment,
    tries: count,
    result: z.enum(['accepted', 'not_sent', 'contradicted', 'unconfirmed']).nullable(),
    detail: z.string().nullable(),
    decidedAt: moment.nullable(),
  })
  .meta({
    id: 'Resolution',
    description: 'What a person said became of a submission; `result` is null until it is decided',
  });

/** `result` is null while it is being checked. */
export function presentResolution(said: ResolutionFacts): z.output<typeof resolutionView> {
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

export const submissionView = z
  .strictObject({
    id: z.string().meta({ examples: ['su_0199d2a0'] }),
    batchId: z.string(),
    provider: z.string(),
    providerKey: z.string(),
    providerBatchId: z.string().nullable(),
    status: z.enum(submissionStates),
    itemCount: count,
    total: sum,
    currency: currencyCode,
    sendCount: count,
    firstSentAt: moment.nullable(),
    keyValidUntil: moment.nullable(),
    nextActionAt: moment,
    lastError: z.string().nullable(),
    resolvable: z.boolean(),
    notResolvable: z.strictObject({ reason: z.string(), resolvableAt: moment.nullable() }).nullable(),
    resolutions: z.array(resolutionView),
  })
  .meta({ id: 'SubmissionDetails' });
export const resolveView = z
  .strictObject({ submissionId: z.string(), resolution: resolutionView, replayed: z.boolean() })
  .meta({ id: 'ResolutionAsked' });

/** One call to a provider, whether a person may decide about it, and what people have said of it, newest first. */
export function presentSubmission(
  facts: SubmissionFacts,
  resolutions: readonly ResolutionFacts[],
  now: Date,
  language: TeamLanguage,
): z.output<typeof submissionView> {
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
    notResolvable: obstacle && { reason: obstacle.words[language], resolvableAt: obstacle.at },
    resolutions: resolutions.map((said) => presentResolution(said)),
  };
}
