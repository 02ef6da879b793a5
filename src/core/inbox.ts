import type { PayoutState } from './payout.ts';
import { counted } from './words.ts';

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

interface Words {
  readonly waitingOn: 'you' | 'approver' | 'payee' | 'clock';
  /** After the count. */
  readonly one: string;
  readonly many: string;
  readonly detail: string;
  readonly action: string;
  /** Which list shows them, with which filter. */
  readonly list: string;
  readonly filter?: Readonly<Record<string, string>>;
}

const words = {
  unknown_outcome: {
    waitingOn: 'you',
    one: 'submission has an unknown outcome',
    many: 'submissions have an unknown outcome',
    detail: 'The answer was lost and nobody but you can find out whether money moved. Nothing is sent again.',
    action: 'Look it up at the provider and say what you find.',
    list: 'submissions',
  },
  float_short: {
    waitingOn: 'you',
    one: 'provider account holds too little',
    many: 'provider accounts hold too little',
    detail: 'What is queued and approved is more than what is there. No money was lost.',
    action: 'Fund the account.',
    list: 'float',
  },
  approvals_expiring: {
    waitingOn: 'approver',
    one: 'payout is declined by the clock soon',
    many: 'payouts are declined by the clock soon',
    detail: 'Nobody has approved or declined them in time.',
    action: 'Approve or decline them.',
    list: 'payouts',
    filter: { status: 'pending_approval', need: 'approvals_expiring' },
  },
  failed: {
    waitingOn: 'you',
    one: 'failed payout needs attention',
    many: 'failed payouts need attention',
    detail: 'They are not tried again by themselves. The money is with you.',
    action: 'Read the reason, mend it, then retry.',
    list: 'payouts',
    filter: { status: 'failed', need: 'failed' },
  },
  returned: {
    waitingOn: 'you',
    one: 'payout came back',
    many: 'payouts came back',
    detail: 'The money is with you again.',
    action: 'Mend the cause, then retry; or cancel.',
    list: 'payouts',
    filter: { status: 'returned', need: 'returned' },
  },
  approvals: {
    waitingOn: 'approver',
    one: 'payout waits for approval',
    many: 'payouts wait for approval',
    detail: 'Nothing of it is sent before.',
    action: 'Approve or decline.',
    list: 'payouts',
    filter: { status: 'pending_approval' },
  },
  hand_transfers: {
    waitingOn: 'you',
    one: 'approved transfer is to be made by hand',
    many: 'approved transfers are to be made by hand',
    detail: 'No provider sends them.',
    action: 'Export them, pay them, and mark them paid with their references.',
    list: 'hand_transfers',
  },
  approved_to_pay: {
    waitingOn: 'you',
    one: 'approved payout waits to be sent',
    many: 'approved payouts wait to be sent',
    detail: 'No scheduled run sends what is approved, as it is set.',
    action:
      'Pay what is approved, here or by `purser pay-approved`; or let scheduled runs send it, in the settings.',
    list: 'payouts',
    filter: { status: 'approved', need: 'approved_to_pay' },
  },
  unclaimed_ending: {
    waitingOn: 'payee',
    one: 'payout comes back unclaimed soon',
    many: 'payouts come back unclaimed soon',
    detail: 'Their payees have not claimed them at the provider.',
    action: 'Remind the payees.',
    list: 'payouts',
    filter: { status: 'unclaimed', need: 'unclaimed_ending' },
  },
  frozen_methods: {
    waitingOn: 'you',
    one: 'payout method is frozen',
    many: 'payout methods are frozen',
    detail: 'A payee said that a change was not theirs. Nothing is paid to it.',
    action: 'Reach the payee another way, then release it or take it out of use.',
    list: 'payees',
  },
  discrepancies: {
    waitingOn: 'you',
    one: 'difference to the provider is open',
    many: 'differences to the provider are open',
    detail: 'What the provider says and what Purser knows differ since the batch was compared last.',
    action: 'Compare them with the provider, and reconcile the batch again.',
    list: 'discrepancies',
  },
  holds_ending: {
    waitingOn: 'clock',
    one: 'hold ends soon',
    many: 'holds end soon',
    detail: 'What is approved may be sent after that.',
    action: 'Hold it longer if the reason is not over.',
    list: 'payouts',
    filter: { status: 'pending_approval,approved', need: 'holds_ending' },
  },
  alerts: {
    waitingOn: 'you',
    one: 'alert is open',
    many: 'alerts are open',
    detail: 'Each says what happened and what to do.',
    action: 'Read them.',
    list: 'alerts',
  },
} as const satisfies Record<InboxKind, Words>;

/** The words of one kind of work for so many of it. */
export function inboxWords(kind: InboxKind, count: number, capped: boolean, againNow = 0) {
  const { one, many, ...rest }: Words = words[kind];
  const title = counted(count, one, many);
  const again = againNow === 0 ? [] : [againWords(againNow)];
  const detail = [rest.detail, ...again].join(' ');
  return { ...rest, detail, filter: rest.filter ?? {}, title: capped ? `More than ${title}` : title };
}

/** Payees did their part, so trying again is not pointless. */
function againWords(count: number): string {
  return count === 1
    ? '1 of them has another payout method now and can be paid again now.'
    : `${count} of them have another payout method now and can be paid again now.`;
}
