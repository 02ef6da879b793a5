import type { PayoutState } from './payout.ts';

/** What needs a person, the most urgent first. */
export const inboxKinds = [
  'unknown_outcome',
  'float_short',
  'approvals_expiring',
  'failed',
  'returned',
  'approvals',
  'hand_transfers',
  'approved_to_pay',
  'unclaimed_ending',
  'frozen_methods',
  'discrepancies',
  'holds_ending',
  'alerts',
] as const;
export type InboxKind = (typeof inboxKinds)[number];

/** Of these a list of payouts shows exactly what is counted. */
export const payoutNeeds = [
  'failed',
  'returned',
  'approvals_expiring',
  'approved_to_pay',
  'unclaimed_ending',
  'holds_ending',
] as const satisfies InboxKind[];
export type PayoutNeed = (typeof payoutNeeds)[number];

/** In which states they are. */
export const needStates = {
  failed: ['failed'],
  returned: ['returned'],
  approvals_expiring: ['pending_approval'],
  approved_to_pay: ['approved'],
  unclaimed_ending: ['unclaimed'],
  holds_ending: ['pending_approval', 'approved'],
} as const satisfies Record<PayoutNeed, readonly PayoutState[]>;
