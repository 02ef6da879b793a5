/** Statuses of `transaction_status`. DENIED is documented but absent from the published enumeration. */
export const itemStatuses = [
  'PENDING',
  'SUCCESS',
  'FAILED',
  'UNCLAIMED',
  'RETURNED',
  'ONHOLD',
  'BLOCKED',
  'REFUNDED',
  'REVERSED',
  'DENIED',
] as const;
export type ItemStatus = (typeof itemStatuses)[number];
export type BatchStatus = 'PENDING' | 'PROCESSING' | 'SUCCESS' | 'DENIED';

export type Outcome =
  | 'success'
  | 'failed'
  | 'unclaimed'
  | 'returned'
  | 'onhold'
  | 'blocked'
  | 'reversed'
  | 'refunded'
  | 'denied';

interface Course {
  readonly first: ItemStatus;
  /** What it becomes after the second stage, when anything. */
  readonly later?: ItemStatus;
  readonly error?: string;
}

const courses = {
  success: { first: 'SUCCESS' },
  failed: { first: 'FAILED', error: 'RECEIVER_ACCOUNT_LOCKED' },
  unclaimed: { first: 'UNCLAIMED', later: 'RETURNED', error: 'RECEIVER_UNREGISTERED' },
  returned: { first: 'UNCLAIMED', later: 'RETURNED', error: 'RECEIVER_UNREGISTERED' },
  onhold: { first: 'ONHOLD', error: 'REGULATORY_PENDING' },
  blocked: { first: 'BLOCKED', error: 'REGULATORY_BLOCKED' },
  reversed: { first: 'SUCCESS', later: 'REVERSED' },
  refunded: { first: 'SUCCESS', later: 'REFUNDED' },
  denied: { first: 'DENIED', error: 'RISK_DECLINE' },
} as const satisfies Record<Outcome, Course>;

const slowFactor = 10;
const batchPendingShare = 3;
const secondStageFactor = 3;
const secondStageMsMin = 100;
/** An unclaimed payout goes back after 30 days; docs.paypal.ai, track payout item status. */
const unclaimedMs = 30 * 86_400_000;

/** What a receiver asks for: words after `+` in the local part of an address, or anywhere in an account id. */
export function outcomeOf(receiver: string): { outcome: Outcome; slow: boolean } {
  const plus = receiver.indexOf('+');
  if (plus < 0) return { outcome: 'success', slow: false };
  const at = receiver.lastIndexOf('@');
  const words = receiver
    .slice(plus + 1, at < 0 ? undefined : at)
    .toLowerCase()
    .split('+');
  const outcome = words.find((word): word is Outcome => Object.hasOwn(courses, word)) ?? 'success';
  return { outcome, slow: words.includes('slow') };
}

/** Outcomes that never take money from the sender, and so cost no fee. */
export function isFree(outcome: Outcome): boolean {
  return outcome === 'failed' || outcome === 'blocked' || outcome === 'denied';
}

/** All that decides where an item stands; times in milliseconds. */
export interface ItemFacts {
  readonly outcome: Outcome;
  readonly slow: number;
  readonly accepted_at: number;
  readonly settle_ms: number;
  readonly denied: number;
  readonly override_status: ItemStatus | null;
  readonly override_at: number | null;
  readonly override_error: string | null;
}

export interface Standing {
  readonly status: ItemStatus;
  /** When it became so. */
  readonly since: number;
  readonly error: string | null;
}

export function firstStageAt(item: Pick<ItemFacts, 'accepted_at' | 'settle_ms' | 'slow'>): number {
  return item.accepted_at + item.settle_ms * (item.slow ? slowFactor : 1);
}

/** The second stage of an item: when and what, or null when its first outcome lasts. */
export function secondStage(
  item: Omit<ItemFacts, `override_${string}`>,
): { at: number; status: ItemStatus } | null {
  const course: Course = courses[item.outcome];
  if (course.later === undefined || item.denied) return null;
  const wait =
    item.outcome === 'unclaimed'
      ? unclaimedMs
      : secondStageFactor * Math.max(item.settle_ms, secondStageMsMin);
  return { at: firstStageAt(item) + wait, status: course.later };
}

/** Where an item stands: nothing but what was accepted, what was forced, and the clock. */
export function standing(item: ItemFacts, now: number): Standing {
  if (item.override_status !== null && item.override_at !== null && item.override_at <= now) {
    return { status: item.override_status, since: item.override_at, error: item.override_error };
  }
  const settledAt = firstStageAt(item);
  if (now < settledAt) return { status: 'PENDING', since: item.accepted_at, error: null };
  if (item.denied) return { status: 'FAILED', since: settledAt, error: 'INSUFFICIENT_FUNDS' };
  const course: Course = courses[item.outcome];
  const second = secondStage(item);
  const error = course.error ?? null;
  if (second !== null && now >= second.at) return { status: second.status, since: second.at, error };
  return { status: course.first, since: settledAt, error };
}

export interface BatchFacts {
  readonly accepted_at: number;
  readonly settle_ms: number;
  readonly has_slow: number;
  readonly denied: number;
}

export function processingAt(batch: BatchFacts): number {
  return batch.accepted_at + Math.floor(batch.settle_ms / batchPendingShare);
}

/** A batch is finished when its slowest item has left PENDING. */
export function finishedAt(batch: BatchFacts): number {
  return firstStageAt({ ...batch, slow: batch.has_slow });
}

export function batchStatus(batch: BatchFacts, now: number): BatchStatus {
  if (now >= finishedAt(batch)) return batch.denied ? 'DENIED' : 'SUCCESS';
  return now >= processingAt(batch) ? 'PROCESSING' : 'PENDING';
}

const outstanding: ReadonlySet<ItemStatus> = new Set(['PENDING', 'ONHOLD', 'UNCLAIMED', 'SUCCESS']);

/** Whether the payee has the money or may still get it. */
export function isOutstanding(status: ItemStatus): boolean {
  return outstanding.has(status);
}
