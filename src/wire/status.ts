interface AlertFacts {
  readonly kind: string;
  readonly subject: string;
  readonly message: string;
  readonly seen: number;
  readonly openedAt: Date;
  readonly lastAt: Date;
}

export function presentAlert(alert: AlertFacts) {
  const { kind, subject, message, seen, openedAt, lastAt } = alert;
  return { kind, subject, message, seen, openedAt, lastAt };
}

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
export function presentUnknown(submission: UnknownFacts) {
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

interface RunFacts {
  readonly publicId: string;
  readonly batchId: string;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly checked: number;
  readonly corrected: number;
  readonly differences: number;
}

export function presentRun(run: RunFacts) {
  const { publicId: id, batchId, startedAt, finishedAt, checked, corrected, differences } = run;
  return { id, batchId, startedAt, finishedAt, checked, corrected, differences };
}

interface DiscrepancyFacts {
  readonly kind: string;
  readonly provider: string;
  readonly providerBatchId: string | null;
  readonly itemReference: string | null;
  readonly detail: string;
  readonly foundAt: Date;
}

export function presentDiscrepancy(found: DiscrepancyFacts) {
  const { kind, provider, providerBatchId, itemReference, detail, foundAt } = found;
  return { kind, provider, providerBatchId, itemReference, detail, foundAt };
}

interface LockFacts {
  readonly cycleId: string;
  readonly lockedBy: string;
  readonly purpose: string;
  readonly acquiredAt: Date;
  readonly expiresAt: Date;
}

/** A cycle of which a batch is being prepared: by whom, and when the lock ends at the latest. */
export function presentLock({ cycleId, lockedBy, purpose, acquiredAt, expiresAt }: LockFacts) {
  return { cycleId, lockedBy, purpose, acquiredAt, expiresAt };
}
