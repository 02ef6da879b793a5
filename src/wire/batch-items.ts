import { z } from 'zod';
import type { AttemptState } from '../core/attempt.ts';
import { attemptStates, bucketOf } from '../core/attempt.ts';
import { formatAmount } from '../core/money.ts';
import type { TeamLanguage } from '../core/language.ts';
import { operatorReason } from '../core/operator-reasons.ts';
import type { SinceFacts } from './batch-since.ts';
import { paidSinceView, presentSince } from './batch-since.ts';
import { csvLine } from './csv.ts';
import { buckets } from './batches.ts';
import { count, currencyCode, minor, moment } from './shapes.ts';

export const reasonView = z
  .strictObject({
    code: z.string().meta({ examples: ['receiver_locked'] }),
    message: z.string(),
    fix: z.string(),
    waitingOn: z.enum(['you', 'payee', 'provider', 'clock']),
    detail: z.string().nullable(),
  })
  .meta({ id: 'Reason' });

/** What the provider's side says of one item. */
export const evidenceView = {
  itemReference: z.string(),
  providerKey: z.string().nullable(),
  providerBatchId: z.string().nullable(),
  providerItemId: z.string().nullable(),
  providerStatus: z.string().nullable(),
  transactionId: z.string().nullable(),
  createdAt: moment,
  changedAt: moment,
};

export const itemView = z
  .strictObject({
    reference: z.string().nullable(),
    payoutId: z.string(),
    payeeId: z.string(),
    payeeName: z.string(),
    destination: z.string(),
    status: z.enum(buckets),
    state: z.enum(attemptStates),
    amount: minor,
    currency: currencyCode,
    fee: minor.nullable(),
    reason: reasonView.nullable(),
    attempt: count,
    paidSince: paidSinceView,
    ...evidenceView,
  })
  .meta({ id: 'BatchItem' });

export interface ItemFacts {
  readonly payoutId: string;
  readonly payeeId: string;
  readonly payeeName: string;
  readonly itemReference: string;
  readonly ordinal: number;
  readonly state: AttemptState;
  readonly amount: bigint;
  readonly currency: string;
  readonly fee: bigint | null;
  readonly reasonCode: string | null;
  readonly reasonDetail: string | null;
  readonly providerItemId: string | null;
  readonly providerRaw: string | null;
  readonly transactionId: string | null;
  readonly providerKey: string | null;
  readonly providerBatchId: string | null;
  /** The address as people see it. */
  readonly masked: string;
  readonly createdAt: Date;
  readonly stateAt: Date;
}

/** An item as its batch lists it. */
interface BatchItemFacts extends ItemFacts, SinceFacts {
  /** External id of the earning it pays; null when it pays several. */
  readonly reference: string | null;
}

/** Why an item is not paid, in words, with what to do. */
export function presentReason(
  code: string | null,
  detail: string | null,
  language: TeamLanguage,
): z.output<typeof reasonView> | null {
  if (code === null) return null;
  const { operator, fix, waitingOn } = operatorReason(code, language);
  return { code, message: operator, fix, waitingOn, detail };
}

export function presentItem(item: BatchItemFacts, language: TeamLanguage): z.output<typeof itemView> {
  return {
    reference: item.reference,
    payoutId: item.payoutId,
    payeeId: item.payeeId,
    payeeName: item.payeeName,
    destination: item.masked,
    status: bucketOf(item.state),
    state: item.state,
    amount: item.amount,
    currency: item.currency,
    fee: item.fee,
    reason: presentReason(item.reasonCode, item.reasonDetail, language),
    itemReference: item.itemReference,
    attempt: item.ordinal,
    paidSince: presentSince(item),
    providerKey: item.providerKey,
    providerBatchId: item.providerBatchId,
    providerItemId: item.providerItemId,
    providerStatus: item.providerRaw,
    transactionId: item.transactionId,
    createdAt: item.createdAt,
    changedAt: item.stateAt,
  };
}

const columns = {
  reference: (item) => item.reference ?? '',
  payout_id: (item) => item.payoutId,
  payee_id: (item) => item.payeeId,
  name: (item) => item.payeeName,
  destination: (item) => item.masked,
  amount: (item) => formatAmount(item.amount, item.currency),
  currency: (item) => item.currency,
  amount_minor: (item) => item.amount.toString(),
  status: (item) => bucketOf(item.state),
  state: (item) => item.state,
  reason: ({ reasonCode: code }, language) => (code === null ? '' : operatorReason(code, language).operator),
  what_to_do: ({ reasonCode: code }, language) => (code === null ? '' : operatorReason(code, language).fix),
  fee: (item) => (item.fee === null ? '' : formatAmount(item.fee, item.currency)),
  item_reference: (item) => item.itemReference,
  provider_batch_id: (item) => item.providerBatchId ?? '',
  provider_item_id: (item) => item.providerItemId ?? '',
  transaction_id: (item) => item.transactionId ?? '',
  changed_at: (item) => item.stateAt.toISOString(),
  payout_status_now: (item) => item.payoutState,
  later_batch: (item) => item.laterBatchId ?? '',
} as const satisfies Record<string, (item: BatchItemFacts, language: TeamLanguage) => string>;

/** The header line of an export. */
export function itemsCsvHeader(): string {
  return csvLine(Object.keys(columns));
}

/** One line of an export: amounts in major units for people, and in minor units for sums. */
export function itemCsvLine(item: BatchItemFacts, language: TeamLanguage): string {
  return csvLine(Object.values(columns).map((read) => read(item, language)));
}
