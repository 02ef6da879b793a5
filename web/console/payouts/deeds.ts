import { can, type PayoutState } from '../../../src/core/payout.ts';
import { may, type CallerRole, type Right } from '../../../src/core/roles.ts';
import type { Payout, PayoutDetails } from '../../client/types.ts';
import { whyOwn } from '../approvals/why-own.ts';
import { openPart } from './open-part.ts';

/** What people do to a payout. Texts of each are `deeds.NAME.…`. */
export type Deed =
  | 'approve'
  | 'decline'
  | 'retry'
  | 'resubmit'
  | 'mark_paid'
  | 'unpay'
  | 'settle_part'
  | 'hold'
  | 'release'
  | 'cancel';

const rights = {
  approve: 'approve',
  decline: 'approve',
  mark_paid: 'approve',
  unpay: 'approve',
  settle_part: 'approve',
  retry: 'operate',
  resubmit: 'operate',
  hold: 'operate',
  release: 'operate',
  cancel: 'operate',
} as const satisfies Record<Deed, Right>;

/** A deed that fits the payout; `why` is the key of the reason it cannot be done now, null: it can. */
export interface Offer {
  readonly deed: Deed;
  readonly why: string | null;
}

/** Whoever looks. */
export interface Looker {
  readonly role: CallerRole;
  /** Names are not unique. */
  readonly id: string;
}

const underWay = new Set<PayoutState>(['sending', 'sent', 'held', 'unclaimed']);

/** What fits each state, the likeliest first. What never fits is not offered; what does not now says why. */
const fitting: Readonly<Record<PayoutState, readonly Deed[]>> = {
  pending_approval: ['approve', 'decline', 'hold', 'release', 'cancel'],
  approved: ['mark_paid', 'hold', 'release', 'decline', 'cancel'],
  queued: ['cancel'],
  sending: ['retry', 'cancel'],
  sent: ['retry', 'cancel'],
  held: ['retry', 'cancel'],
  unclaimed: ['retry', 'cancel'],
  completed: ['unpay', 'settle_part'],
  failed: ['retry', 'resubmit', 'mark_paid', 'cancel'],
  returned: ['retry', 'resubmit', 'mark_paid', 'cancel'],
  declined: [],
  cancelled: [],
};

/** True while it is not known whether the provider has paid it. */
export function isUnknown({ status, attempts }: Pick<PayoutDetails, 'status' | 'attempts'>): boolean {
  return status === 'sending' && attempts.at(-1)?.submissionStatus === 'unknown';
}

/** The deeds that fit this payout, each with what stands in its way. The server decides again. */
export function offersOf(payout: PayoutDetails, looker: Looker): Offer[] {
  return fitting[payout.status]
    .filter((deed) => isFitting(deed, payout))
    .map((deed) => ({
      deed,
      why: whyNot(deed, payout) ?? whyNotFor(deed, looker) ?? ownWhy(deed, payout, looker),
    }));
}

/** Through which provider a payout goes or went; null: people pay it, or it has no way yet. */
export function providerOf({ approval, attempts }: PayoutDetails): 'paypal' | 'stripe' | null {
  const type = approval?.method.type ?? attempts.at(-1)?.provider;
  return type === 'paypal' || type === 'stripe' ? type : null;
}

/** True when only somebody's word is missing for a provider to send it. What was handed over to be paid by hand, none sends. */
export function isReadyToSend(payout: PayoutDetails): boolean {
  const isHandedOver = payout.timeline.some(({ event }) => event === 'export');
  return (
    payout.status === 'approved' && providerOf(payout) !== null && holdOf(payout) === null && !isHandedOver
  );
}

function holdOf({ approval }: PayoutDetails) {
  return approval?.hold ?? null;
}

function isFitting(deed: Deed, payout: PayoutDetails): boolean {
  const isOnHold = holdOf(payout) !== null;
  switch (deed) {
    case 'unpay':
      return payout.paidByHand !== null;
    case 'settle_part':
      return payout.reason?.code === 'partly_reversed';
    case 'resubmit':
      return payout.approval !== null;
    case 'release':
      return isOnHold;
    case 'hold':
      return !isOnHold;
    default:
      return payout.kind !== 'legacy';
  }
}

function whyNot(deed: Deed, payout: PayoutDetails): string | null {
  if (isUnknown(payout)) return 'why.unknown';
  if (deed === 'cancel' && payout.status === 'queued') return 'why.preparing';
  if (underWay.has(payout.status)) return deed === 'retry' ? 'why.onItsWay' : 'why.hasLeft';
  if (deed === 'mark_paid' && holdOf(payout) !== null) return 'why.onHold';
  if (deed === 'settle_part' && openPart(payout.ledger) === 0n) return 'forms:part.decided';
  return null;
}

/** Why somebody with this role may not; null: they may. */
export function whyNotFor(deed: Deed, { role }: Looker): string | null {
  return may(role, rights[deed]) ? null : `why.role_${rights[deed]}`;
}

function ownWhy(deed: Deed, { approval }: PayoutDetails, { id }: Looker): string | null {
  return deed === 'approve' ? whyOwn(approval, id) : null;
}

/** Why a payout of a list is passed over by a deed on many; null: it is taken. */
export function whySkipped(deed: Deed, { status, kind }: Payout): string | null {
  if (kind === 'legacy') return 'why.legacy';
  if (deed === 'hold')
    return status === 'pending_approval' || status === 'approved' ? null : 'why.notHoldable';
  if (deed === 'cancel' && status === 'queued') return 'why.preparing';
  const able =
    (deed === 'approve' && status === 'pending_approval') ||
    (deed === 'retry' && can.retry(status)) ||
    (deed === 'cancel' && can.cancel(status));
  if (able) return null;
  return underWay.has(status) ? 'why.onItsWay' : `why.not_${deed}`;
}
