import { z } from 'zod';
import { keptWords } from '../core/alert-words.ts';
import type { TeamLanguage } from '../core/language.ts';
import { batchProgressView, batchView } from './batches.ts';
import { floatBriefView } from './float.ts';
import { count, currencyCode, minor, moment } from './shapes.ts';

export const alertView = z
  .strictObject({
    kind: z.string().meta({ examples: ['submission_unknown'] }),
    subject: z.string(),
    message: z.string(),
    seen: count,
    openedAt: moment,
    lastAt: moment,
  })
  .meta({ id: 'Alert' });

interface AlertFacts {
  readonly kind: string;
  readonly subject: string;
  readonly message: string;
  readonly facts: unknown;
  readonly seen: number;
  readonly openedAt: Date;
  readonly lastAt: Date;
}

/** An alert in the language of whoever reads it. */
export function presentAlert(alert: AlertFacts, language: TeamLanguage): z.output<typeof alertView> {
  const { kind, subject, seen, openedAt, lastAt } = alert;
  return { kind, subject, message: keptWords(alert, language), seen, openedAt, lastAt };
}

const unknownView = z
  .strictObject({
    id: z.string(),
    batchId: z.string(),
    providerKey: z.string(),
    itemCount: count,
    total: minor,
    currency: currencyCode,
    sendCount: count,
    firstSentAt: moment.nullable(),
    keyValidUntil: moment.nullable(),
    nextActionAt: moment,
    lastError: z.string().nullable(),
    waitingOn: z.enum(['provider', 'you']),
  })
  .meta({ id: 'UnknownSubmission' });

interface UnknownFacts {
  readonly publicId: string;
  readonly batchPublicId: string;
  readonly providerKey: string;
  readonly itemCount: number;
  readonly total: bigint;
  readonly currency: string;
  readonly firstSentAt: Date | null;
  readonly sendCount: number;
  readonly keyValidUntil: Date | null;
  readonly nextActionAt: Date;
  readonly lastError: string | null;
  readonly handedOverAt: Date | null;
}

/** A submission whose outcome is not known: until when the same bytes may go again, and when Purser looks next. */
export function presentUnknown(submission: UnknownFacts): z.output<typeof unknownView> {
  const { batchPublicId: batchId, ...facts } = submission;
  return {
    id: facts.publicId,
    batchId,
    providerKey: facts.providerKey,
    itemCount: facts.itemCount,
    total: facts.total,
    currency: facts.currency,
    sendCount: facts.sendCount,
    firstSentAt: facts.firstSentAt,
    keyValidUntil: facts.keyValidUntil,
    nextActionAt: facts.nextActionAt,
    lastError: facts.lastError,
    waitingOn: facts.handedOverAt === null ? 'provider' : 'you',
  };
}

export const runView = z
  .strictObject({
    id: z.string().meta({ examples: ['rr_0199d2a0'] }),
    batchId: z.string(),
    startedAt: moment,
    finishedAt: moment.nullable(),
    checked: count,
    corrected: count,
    differences: count,
  })
  .meta({ id: 'Reconciliation' });

interface RunFacts {
  readonly publicId: string;
  readonly batchId: string;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly checked: number;
  readonly corrected: number;
  readonly differences: number;
}

export function presentRun(run: RunFacts): z.output<typeof runView> {
  const { publicId: id, batchId, startedAt, finishedAt, checked, corrected, differences } = run;
  return { id, batchId, startedAt, finishedAt, checked, corrected, differences };
}

export const discrepancyView = z
  .strictObject({
    kind: z.string().meta({ examples: ['amount_differs'] }),
    provider: z.string(),
    providerBatchId: z.string().nullable(),
    itemReference: z.string().nullable(),
    detail: z.string(),
    foundAt: moment,
  })
  .meta({ id: 'Discrepancy' });

interface DiscrepancyFacts {
  readonly kind: string;
  readonly provider: string;
  readonly providerBatchId: string | null;
  readonly itemReference: string | null;
  readonly detail: string;
  readonly foundAt: Date;
}

export function presentDiscrepancy(found: DiscrepancyFacts): z.output<typeof discrepancyView> {
  const { kind, provider, providerBatchId, itemReference, detail, foundAt } = found;
  return { kind, provider, providerBatchId, itemReference, detail, foundAt };
}

const lockView = z
  .strictObject({
    cycleId: z.string(),
    lockedBy: z.string(),
    purpose: z.string(),
    acquiredAt: moment,
    expiresAt: moment,
  })
  .meta({ id: 'CycleLock' });

interface LockFacts {
  readonly cycleId: string;
  readonly lockedBy: string;
  readonly purpose: string;
  readonly acquiredAt: Date;
  readonly expiresAt: Date;
}

/** A cycle of which a batch is being prepared: by whom, and when the lock ends at the latest. */
export function presentLock(lock: LockFacts): z.output<typeof lockView> {
  const { cycleId, lockedBy, purpose, acquiredAt, expiresAt } = lock;
  return { cycleId, lockedBy, purpose, acquiredAt, expiresAt };
}

/** Everything under way, at a glance. */
export const statusView = z
  .strictObject({
    provider: z.string().meta({ description: 'The first of `providers`' }),
    providers: z.array(z.strictObject({ name: z.string(), sandbox: z.boolean() })),
    sandbox: z.boolean().meta({ description: 'All of them are sandboxes: no real money moves' }),
    version: z.string(),
    activeBatches: z.array(batchProgressView),
    locks: z.array(lockView),
    unknownSubmissions: z.array(unknownView),
    alerts: z.array(alertView),
    lastRuns: z.array(batchView),
    float: z.array(floatBriefView).meta({ description: 'What each provider account holds and needs' }),
  })
  .meta({ id: 'Status' });
