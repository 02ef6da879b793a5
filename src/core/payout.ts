/**
 * The life of a payout: one table decides every change of state, whoever asks for it (caller, response, poll, webhook,
 * file, person). `docs/states.md` is generated from it. A hole in the table does not compile.
 */
export const payoutStates = [
  'pending_approval',
  'approved',
  'queued',
  'sending',
  'sent',
  'held',
  'unclaimed',
  'completed',
  'failed',
  'returned',
  'declined',
  'cancelled',
] as const;
export type PayoutState = (typeof payoutStates)[number];

/**
 * What a payout came from: a run of a cycle, a payee who asked, the team for one earning, or an earlier system whose payouts
 * were imported.
 */
export const payoutKinds = ['cycle', 'request', 'single', 'legacy'] as const;
export type PayoutKind = (typeof payoutKinds)[number];

/**
 * What can happen to a payout. `approve` to `resubmit` are asked for (`void` by a change of what was approved; `resubmit` asks for another approval of
 * what failed); `send` is the moment bytes may leave; `defer` the
 * proof that they did not arrive; `accept` and `reject` are the provider's answer to a submission; the rest is what the
 * provider says of one item.
 */
export const payoutEvents = [
  'approve',
  'decline',
  'prepare',
  'cancel',
  'retry',
  'mark_paid',
  'void',
  'resubmit',
  'send',
  'defer',
  'accept',
  'reject',
  'progress',
  'hold',
  'unclaim',
  'complete',
  'fail',
  'return',
] as const;
export type PayoutEvent = (typeof payoutEvents)[number];

/** `same`: known already or out of date, nothing changes. `refuse`: not allowed; a provider's fact becomes an alert. */
export type Step = PayoutState | 'same' | 'refuse';

const refuseAll = {
  approve: 'refuse',
  decline: 'refuse',
  prepare: 'refuse',
  cancel: 'refuse',
  retry: 'refuse',
  mark_paid: 'refuse',
  void: 'refuse',
  resubmit: 'refuse',
  send: 'refuse',
  defer: 'refuse',
  accept: 'refuse',
  reject: 'refuse',
  progress: 'refuse',
  hold: 'refuse',
  unclaim: 'refuse',
  complete: 'refuse',
  fail: 'refuse',
  return: 'refuse',
} as const satisfies Record<PayoutEvent, Step>;

/** Item facts on a payout that has left: legal in any order, so a webhook may overtake our own commit. */
const itemFacts = {
  progress: 'sent',
  hold: 'held',
  unclaim: 'unclaimed',
  complete: 'completed',
  fail: 'failed',
  return: 'returned',
} as const;

const next = {
  pending_approval: {
    ...refuseAll,
    approve: 'approved',
    decline: 'declined',
    cancel: 'cancelled',
    void: 'same',
  },
  approved: {
    ...refuseAll,
    approve: 'same',
    decline: 'declined',
    prepare: 'queued',
    cancel: 'cancelled',
    mark_paid: 'completed',
    void: 'pending_approval',
  },
  queued: {
    ...refuseAll,
    prepare: 'same',
    cancel: 'cancelled',
    send: 'sending',
    defer: 'same',
    reject: 'failed',
  },
  sending: { ...refuseAll, ...itemFacts, send: 'same', defer: 'queued', accept: 'sent', reject: 'failed' },
  sent: { ...refuseAll, ...itemFacts, progress: 'same', send: 'same', accept: 'same' },
  held: { ...refuseAll, ...itemFacts, hold: 'same', accept: 'same' },
  // Processed as far as its batch is concerned: a review after it was claimed does not open the batch again.
  unclaimed: { ...refuseAll, ...itemFacts, progress: 'same', hold: 'same', unclaim: 'same', accept: 'same' },
  completed: {
    ...refuseAll,
    mark_paid: 'same',
    accept: 'same',
    progress: 'same',
    hold: 'same',
    unclaim: 'same',
    complete: 'same',
    return: 'returned',
  },
  failed: {
    ...refuseAll,
    cancel: 'cancelled',
    retry: 'queued',
    mark_paid: 'completed',
    resubmit: 'pending_approval',
    reject: 'same',
    fail: 'same',
    return: 'same',
    complete: 'completed',
  },
  returned: {
    ...refuseAll,
    cancel: 'cancelled',
    retry: 'queued',
    mark_paid: 'completed',
    resubmit: 'pending_approval',
    return: 'same',
  },
  declined: { ...refuseAll, decline: 'same' },
  cancelled: { ...refuseAll, cancel: 'same' },
} as const satisfies Record<PayoutState, Record<PayoutEvent, Step>>;

/** The next state, or `same`, or `refuse`. Total: every state answers every event. */
export function step(state: PayoutState, event: PayoutEvent): Step {
  return next[state][event];
}

/** Where the money of a payout is, as the books see it. */
export type MoneyPlace = 'reserved' | 'clearing' | 'paid' | 'available';

const places = {
  pending_approval: 'reserved',
  approved: 'reserved',
  queued: 'reserved',
  sending: 'reserved',
  sent: 'clearing',
  held: 'clearing',
  unclaimed: 'clearing',
  completed: 'paid',
  failed: 'available',
  returned: 'available',
  declined: 'available',
  cancelled: 'available',
} as const satisfies Record<PayoutState, MoneyPlace>;

/** The place of a payout's money: a change of place is a posting (`ledger/postings.ts`). */
export function placeOf(state: PayoutState): MoneyPlace {
  return places[state];
}

/** States from which `event` leads to another state: the console greys out a button with the same answer. */
export function statesThat(event: PayoutEvent): PayoutState[] {
  return payoutStates.filter((state) => !['same', 'refuse'].includes(step(state, event)));
}

/** May a caller ask for this now? */
export const can = {
  approve: (state: PayoutState) => statesThat('approve').includes(state),
  decline: (state: PayoutState) => statesThat('decline').includes(state),
  cancel: (state: PayoutState) => statesThat('cancel').includes(state),
  retry: (state: PayoutState) => statesThat('retry').includes(state),
  resubmit: (state: PayoutState) => statesThat('resubmit').includes(state),
  markPaid: (state: PayoutState) => statesThat('mark_paid').includes(state),
};
