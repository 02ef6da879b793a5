import type { RefusalName } from './errors.ts';
import type { BatchStatus, ItemStatus } from './outcomes.ts';

/**
 * PayPal's documented test values; developer.paypal.com/docs/payouts/standard/integrate-api/test-go-live (April 2026).
 * They match exactly, in capitals.
 */

/** `items[0].note` of a create → how it is refused. */
export const createRefusals: Readonly<Record<string, RefusalName>> = {
  ERRPYO001: 'SENDER_RESTRICTED',
  ERRPYO002: 'SENDER_EMAIL_UNCONFIRMED',
  ERRPYO003: 'AUTHORIZATION_ERROR',
  ERRPYO005: 'INSUFFICIENT_FUNDS',
  ERRPYO006: 'INTERNAL_ERROR',
  ERRPYO010: 'VALIDATION_ERROR',
  ERRPYO011: 'REQUIRED_SCOPE_MISSING',
  ERRPYO012: 'SENDER_LOCKED',
  ERRPYO013: 'VALIDATION_ERROR',
  ERRPYO014: 'USER_BUSINESS_ERROR',
  ERRPYO035: 'RATE_LIMIT_VALIDATION',
  ERRPYO036: 'REQUEST_TIMEOUT_EXCEEDED',
  ERRPYO037: 'SYNC_MODE_NOT_APPLICABLE',
  ERRPYO038: 'NON_HOLDING_CURRENCY',
  ERRPYO039: 'PREVIOUS_REQUEST_IN_PROGRESS',
  ERRPYO040: 'CIP_NOT_VERIFIED',
};

/** Item errors, with the ids that show them when a batch and when an item is read. */
const itemErrors: readonly (readonly [error: string, batchId: string, itemId: string])[] = [
  ['CLOSED_MARKET', 'ERRPYO015', 'ERRPYO041'],
  ['CURRENCY_COMPLIANCE', 'ERRPYO016', 'ERRPYO042'],
  ['CURRENCY_NOT_SUPPORTED_FOR_RECEIVER', 'ERRPYO017', 'ERRPYO043'],
  ['DUPLICATE_ITEM', 'ERRPYO018', ''],
  ['RECEIVER_ACCOUNT_LOCKED', 'ERRPYO019', 'ERRPYO044'],
  ['RECEIVER_COUNTRY_NOT_ALLOWED', 'ERRPYO020', 'ERRPYO045'],
  ['RECEIVER_UNCONFIRMED', 'ERRPYO021', 'ERRPYO046'],
  ['RECEIVER_UNREGISTERED', 'ERRPYO022', 'ERRPYO047'],
  ['RECEIVER_YOUTH_ACCOUNT', 'ERRPYO023', 'ERRPYO048'],
  ['RECEIVING_LIMIT_EXCEEDED', 'ERRPYO024', 'ERRPYO049'],
  ['REGULATORY_BLOCKED', 'ERRPYO025', 'ERRPYO050'],
  ['REGULATORY_PENDING', 'ERRPYO026', 'ERRPYO051'],
  ['RISK_DECLINE', 'ERRPYO027', 'ERRPYO052'],
  ['SELF_PAY_NOT_ALLOWED', 'ERRPYO028', 'ERRPYO053'],
  ['TRANSACTION_LIMIT_EXCEEDED', 'ERRPYO029', 'ERRPYO054'],
  ['UNDEFINED', 'ERRPYO030', 'ERRPYO055'],
  ['ZERO_AMOUNT', 'ERRPYO031', 'ERRPYO056'],
  ['INVALID_RESOURCE_ID', 'ERRPYO032', 'ERRPYO057'],
  ['INTERNAL_ERROR', 'ERRPYO033', 'ERRPYO058'],
  ['INVALID_EMAIL', 'ERRPYO034', 'ERRPYO059'],
  ['RECEIVER_ACCOUNT_LIMITATION', 'ERRPYO060', 'ERRPYO061'],
  ['ACCOUNT_RESTRICTED', 'ERRPYOB005', 'ERRPYOB016'],
  ['ACCOUNT_UNCONFIRMED_EMAIL', 'ERRPYOB006', 'ERRPYOB017'],
  ['APPROVER_DENIED', 'ERRPYOB007', 'ERRPYOB018'],
  ['GAMER_FAILED_COUNTRY_OF_RESIDENCE_CHECK', 'ERRPYOB008', 'ERRPYOB019'],
  ['GAMER_FAILED_FUNDING_SOURCE_CHECK', 'ERRPYOB009', 'ERRPYOB020'],
  ['GAMING_INVALID_PAYMENT_FLOW', 'ERRPYOB010', 'ERRPYOB021'],
  ['NON_HOLDING_CURRENCY', 'ERRPYOB011', 'ERRPYOB022'],
  ['PENDING_RECIPIENT_NON_HOLDING_CURRENCY_PAYMENT_PREFERENCE', 'ERRPYOB012', 'ERRPYOB023'],
  ['SENDER_STATE_RESTRICTED', 'ERRPYOB013', 'ERRPYOB024'],
  ['SPENDING_LIMIT_EXCEEDED', 'ERRPYOB014', 'ERRPYOB025'],
  ['TRANSACTION_DECLINED_BY_TRAVEL_RULE', 'ERRPYOB015', 'ERRPYOB026'],
];

const batchErrors = new Map(itemErrors.map(([error, batchId]) => [batchId, error]));
const singleErrors = new Map(itemErrors.map(([error, , itemId]) => [itemId, error]));

const batchStatuses = new Map<string, BatchStatus>([
  ['ERRPYOB001', 'SUCCESS'],
  ['ERRPYOB002', 'PENDING'],
  ['ERRPYOB003', 'PROCESSING'],
  ['ERRPYOB004', 'DENIED'],
]);

const cancelRefusals = new Map<string, RefusalName>([
  ['ERRPOI001', 'INVALID_RESOURCE_ID'],
  ['ERRPYO004', 'BATCH_NOT_COMPLETED'],
  ['ERRPYO007', 'ITEM_ALREADY_CANCELLED'],
  ['ERRPYO008', 'ITEM_CANCELLATION_FAILED'],
  ['ERRPYO009', 'ITEM_INCORRECT_STATUS'],
]);

export interface SimulatedItem {
  readonly status: ItemStatus;
  readonly error: string | null;
}

export interface SimulatedBatch {
  readonly status: BatchStatus;
  readonly item: SimulatedItem;
}

const statusOfError: Readonly<Record<string, ItemStatus>> = {
  RECEIVER_UNREGISTERED: 'UNCLAIMED',
  RECEIVER_UNCONFIRMED: 'UNCLAIMED',
  PENDING_RECIPIENT_NON_HOLDING_CURRENCY_PAYMENT_PREFERENCE: 'UNCLAIMED',
  REGULATORY_PENDING: 'ONHOLD',
  REGULATORY_BLOCKED: 'BLOCKED',
};

function withError(error: string): SimulatedItem {
  return { status: statusOfError[error] ?? 'FAILED', error };
}

/** What a test value in the path of a batch read shows, or null when the id is none. */
export function simulatedBatch(id: string): SimulatedBatch | null {
  const status = id === 'POSPYO002' ? 'SUCCESS' : batchStatuses.get(id);
  if (status === 'DENIED') return { status, item: withError('INSUFFICIENT_FUNDS') };
  if (status !== undefined) {
    return { status, item: { status: status === 'SUCCESS' ? 'SUCCESS' : 'PENDING', error: null } };
  }
  const error = batchErrors.get(id);
  return error === undefined ? null : { status: 'SUCCESS', item: withError(error) };
}

/** The same for an item read. */
export function simulatedItem(id: string): SimulatedItem | null {
  if (id === 'POSPOI001') return { status: 'SUCCESS', error: null };
  const error = id === '' ? undefined : singleErrors.get(id);
  return error === undefined ? null : withError(error);
}

/** The same for a cancellation: a refusal, the cancelled item, or null. */
export function simulatedCancel(id: string): RefusalName | SimulatedItem | null {
  if (id === 'POSPOI002') return { status: 'RETURNED', error: 'RECEIVER_UNREGISTERED' };
  return cancelRefusals.get(id) ?? null;
}
