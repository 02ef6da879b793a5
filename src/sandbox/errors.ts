import type { Reply } from './world.ts';

export interface ErrorDetail {
  readonly field?: string;
  readonly location?: 'body' | 'path' | 'query';
  readonly issue: string;
  readonly description?: string;
  /** Singular, and inside the detail: where PayPal puts the first batch of a duplicate. */
  readonly link?: readonly { href: string; rel: string; method: string }[];
}

/**
 * Names PayPal refuses a request with: HTTP status and message. Statuses are those observed by others where somebody
 * reported one, else the reason-code table's (docs/providers/sandbox.md lists which).
 */
const refusals = {
  INVALID_REQUEST: [400, 'Request is not well-formed, syntactically incorrect, or violates schema.'],
  VALIDATION_ERROR: [400, 'Invalid request - see details.'],
  USER_BUSINESS_ERROR: [400, 'User business error.'],
  NON_HOLDING_CURRENCY: [400, 'The sender does not hold a balance in this currency.'],
  PREVIOUS_REQUEST_IN_PROGRESS: [400, 'A previous request with this PayPal-Request-Id is in progress.'],
  ITEM_ALREADY_CANCELLED: [400, 'Requested item is already cancelled.'],
  ITEM_INCORRECT_STATUS: [400, 'Only an unclaimed item can be cancelled.'],
  ITEM_CANCELLATION_FAILED: [400, 'The item could not be cancelled.'],
  BATCH_NOT_COMPLETED: [400, 'The batch of this item is not completed.'],
  AUTHENTICATION_FAILURE: [
    401,
    'Authentication failed due to missing authorization header, or invalid authentication credentials.',
  ],
  NOT_AUTHORIZED: [403, 'Authorization failed due to insufficient permissions.'],
  AUTHORIZATION_ERROR: [403, 'The sender is not authorized to send payouts.'],
  REQUIRED_SCOPE_MISSING: [403, 'The access token lacks the scope for payouts.'],
  SENDER_RESTRICTED: [403, 'The sender account is restricted.'],
  SENDER_LOCKED: [403, 'The sender account is locked.'],
  SENDER_EMAIL_UNCONFIRMED: [403, 'The e-mail address of the sender is not confirmed.'],
  SYNC_MODE_NOT_APPLICABLE: [403, 'Synchronous payouts are not available.'],
  CIP_NOT_VERIFIED: [403, 'The sender identity is not verified.'],
  RESOURCE_NOT_FOUND: [404, 'The specified resource does not exist.'],
  INVALID_RESOURCE_ID: [404, 'Requested resource ID was not found.'],
  METHOD_NOT_SUPPORTED: [405, 'The server does not implement the requested HTTP method.'],
  REQUEST_ENTITY_TOO_LARGE: [413, 'The request is larger than the server accepts.'],
  UNSUPPORTED_MEDIA_TYPE: [415, "The server does not support the request payload's media type."],
  INSUFFICIENT_FUNDS: [422, 'The sender does not have enough funds for this payout.'],
  RATE_LIMIT_REACHED: [429, 'Too many requests. Blocked due to rate limiting.'],
  RATE_LIMIT_VALIDATION: [429, 'Too many requests. Blocked due to rate limiting.'],
  INTERNAL_ERROR: [500, 'An internal error occurred.'],
  INTERNAL_SERVER_ERROR: [500, 'An internal server error occurred.'],
  REQUEST_TIMEOUT_EXCEEDED: [504, 'The request took too long.'],
} as const satisfies Record<string, readonly [number, string]>;

export type RefusalName = keyof typeof refusals;

/** PayPal's error envelope as an answer. `debug_id` is filled when it is sent. */
export function refuse(name: RefusalName, details: readonly ErrorDetail[] = []): Reply {
  const [status, message] = refusals[name];
  const information_link = informationLink(name);
  return { status, body: { name, message, debug_id: '', information_link, details, links: [] } };
}

export function informationLink(name: string): string {
  return `https://developer.paypal.com/docs/api/payments.payouts-batch/v1/#error-${name}`;
}
