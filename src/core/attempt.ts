import type { PayoutEvent, PayoutState } from './payout.ts';

/** One try to pay a payout. `pending` until the provider says more; where it is meanwhile, its submission says. */
export const attemptStates = [
  'pending',
  'held',
  'unclaimed',
  'completed',
  'failed',
  'returned',
  'cancelled',
] as const;
export type AttemptState = (typeof attemptStates)[number];

/** What a provider says of one item, in our words; each provider translates its own statuses. */
export type ItemStatus = 'pending' | 'held' | 'unclaimed' | 'completed' | 'failed' | 'returned';

const events = {
  pending: 'progress',
  held: 'hold',
  unclaimed: 'unclaim',
  completed: 'complete',
  failed: 'fail',
  returned: 'return',
} as const satisfies Record<ItemStatus, PayoutEvent>;

/** The payout event that an item status stands for. */
export function eventOf(status: ItemStatus): PayoutEvent {
  return events[status];
}

const attemptOf = {
  pending_approval: 'pending',
  approved: 'pending',
  queued: 'pending',
  sending: 'pending',
  sent: 'pending',
  held: 'held',
  unclaimed: 'unclaimed',
  completed: 'completed',
  failed: 'failed',
  returned: 'returned',
  declined: 'cancelled',
  cancelled: 'cancelled',
} as const satisfies Record<PayoutState, AttemptState>;

/** The state of the live attempt of a payout in this state: one machine drives both. */
export function attemptStateFor(state: PayoutState): AttemptState {
  return attemptOf[state];
}

/** Buckets of a batch summary. Held counts as pending: the provider has not decided. */
export type Bucket = 'success' | 'failed' | 'unclaimed' | 'pending' | 'returned' | 'cancelled';

const buckets = {
  pending: 'pending',
  held: 'pending',
  unclaimed: 'unclaimed',
  completed: 'success',
  failed: 'failed',
  returned: 'returned',
  cancelled: 'cancelled',
} as const satisfies Record<AttemptState, Bucket>;

/** The summary bucket of an attempt. */
export function bucketOf(state: AttemptState): Bucket {
  return buckets[state];
}
