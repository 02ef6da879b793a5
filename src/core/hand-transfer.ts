import type { HoldFacts } from './hold.ts';
import { holdNow } from './hold.ts';
import type { PayoutKind, PayoutState } from './payout.ts';

/** Methods that people pay: no provider is asked. */
export const handMethods = ['bank', 'moncash', 'natcash', 'manual'] as const;
export type HandMethod = (typeof handMethods)[number];

export function isHandMethod(type: string | null): boolean {
  return (handMethods as readonly (string | null)[]).includes(type);
}

/**
 * What to write on a transfer, so that it is found again: the id of the payout in letters that every bank carries (no
 * underscore, at most 35, as ISO 20022 allows for an end-to-end id). `po_01ab` is `PO01AB`.
 */
export function transferReference(payoutId: string): string {
  return payoutId.replaceAll(/[^0-9A-Za-z]/g, '').toUpperCase();
}

const idForm = /^PO([0-9A-F]{6,40})$/;

/** The payout that a row of a file names: by its id, or by its reference however a bank wrote it. */
export function payoutNamed(text: string): string {
  const bare = idForm.exec(transferReference(text));
  return bare?.[1] === undefined ? text.trim() : `po_${bare[1].toLowerCase()}`;
}

/** What became of a row that says that somebody was paid by hand. */
export const paidRowResults = [
  'paid',
  'already_paid',
  'conflict',
  'came_back',
  'amount_differs',
  'currency_differs',
  'not_found',
  'not_approved',
  'on_hold',
  'sent_automatically',
  'duplicate_in_file',
  'invalid',
] as const;
export type PaidRowResult = (typeof paidRowResults)[number];

/** A row of a file: minor units. */
export interface PaidRow {
  readonly payoutId: string;
  readonly amount: bigint;
  readonly currency: string;
  /** What the bank or the operator calls the transfer. */
  readonly reference: string;
}

/** What of a locked payout decides. */
export interface PayableByHand extends HoldFacts {
  readonly kind: PayoutKind;
  readonly state: PayoutState;
  readonly amount: bigint;
  readonly currency: string;
  readonly doubted: boolean;
  /** The reference it is marked paid under. */
  readonly paidReference: string | null;
  /** Every reference it was ever marked paid under. */
  readonly usedReferences: readonly string[];
}

const unpayable: Partial<Record<PayoutState, PaidRowResult>> = {
  pending_approval: 'not_approved',
  declined: 'not_approved',
  cancelled: 'not_approved',
};
const payable = new Set<PayoutState>(['approved', 'failed', 'returned']);

/**
 * Judges one row against the locked payout it names. What was written down before is looked at first, so the same file
 * again changes nothing, also when a payment has come back since: a payment is not made twice by one reference.
 */
export function judgePaidRow(row: PaidRow, payout: PayableByHand | undefined, now: Date): PaidRowResult {
  if (!payout) return 'not_found';
  const { state, paidReference } = payout;
  if (state === 'completed') return paidBefore(row, paidReference);
  if (payout.usedReferences.includes(row.reference)) return 'came_back';
  const no = unpayable[state];
  if (no) return no;
  if (payout.kind === 'legacy' || !payable.has(state) || payout.doubted) return 'sent_automatically';
  if (holdNow(payout, now)) return 'on_hold';
  if (row.currency !== payout.currency) return 'currency_differs';
  return row.amount === payout.amount ? 'paid' : 'amount_differs';
}

function paidBefore(row: PaidRow, reference: string | null): PaidRowResult {
  if (reference === null) return 'sent_automatically';
  return reference === row.reference ? 'already_paid' : 'conflict';
}
