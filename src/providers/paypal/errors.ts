import type { ReasonCode } from '../../core/reasons.ts';
import { redact } from '../http.ts';
import { detailsMax, evidenceCharsMax, issueCharsMax, issuesShownMax } from './limits.ts';
import { at, listAt, textAt } from './read.ts';

/** PayPal's error names, in our reason codes. Names are those of its error tables and of its sandbox's test values. */
const reasons: Record<string, ReasonCode> = {
  ACCOUNT_RESTRICTED: 'sender_restricted',
  ACCOUNT_UNCONFIRMED_EMAIL: 'sender_restricted',
  APPROVER_DENIED: 'sender_restricted',
  AUTHENTICATION_FAILURE: 'not_authorized',
  AUTHORIZATION_ERROR: 'not_authorized',
  CIP_NOT_VERIFIED: 'sender_restricted',
  CLOSED_MARKET: 'receiver_country_not_allowed',
  CURRENCY_COMPLIANCE: 'compliance_blocked',
  CURRENCY_NOT_SUPPORTED_FOR_RECEIVER: 'currency_not_supported',
  DUPLICATE_ITEM: 'duplicate_item',
  GAMER_FAILED_COUNTRY_OF_RESIDENCE_CHECK: 'receiver_country_not_allowed',
  GAMER_FAILED_FUNDING_SOURCE_CHECK: 'compliance_blocked',
  GAMING_INVALID_PAYMENT_FLOW: 'compliance_blocked',
  INSUFFICIENT_FUNDS: 'insufficient_funds',
  INTERNAL_ERROR: 'provider_error',
  INVALID_EMAIL: 'receiver_invalid',
  INVALID_EMAIL_ID: 'receiver_invalid',
  INVALID_REQUEST: 'request_invalid',
  INVALID_RESOURCE_ID: 'request_invalid',
  NEGATIVE_BALANCE: 'insufficient_funds',
  NON_HOLDING_CURRENCY: 'currency_not_supported',
  NOT_AUTHORIZED: 'not_authorized',
  PENDING_RECIPIENT_NON_HOLDING_CURRENCY_PAYMENT_PREFERENCE: 'currency_not_supported',
  POS_LIMIT_EXCEEDED: 'amount_not_allowed',
  RECEIVER_ACCOUNT_INVALID: 'receiver_account_invalid',
  RECEIVER_ACCOUNT_LIMITATION: 'receiver_locked',
  RECEIVER_ACCOUNT_LOCKED: 'receiver_locked',
  RECEIVER_COUNTRY_NOT_ALLOWED: 'receiver_country_not_allowed',
  RECEIVER_STATE_RESTRICTED: 'receiver_country_not_allowed',
  RECEIVER_UNCONFIRMED: 'receiver_unconfirmed',
  RECEIVER_UNREGISTERED: 'receiver_unregistered',
  RECEIVER_YOUTH_ACCOUNT: 'receiver_locked',
  RECEIVING_LIMIT_EXCEEDED: 'receiving_limit_exceeded',
  REFUSED_ACTION_DENIED: 'risk_declined',
  REFUSED_RECEIVER_REFUSED: 'refunded',
  REGULATORY_BLOCKED: 'compliance_blocked',
  REGULATORY_PENDING: 'compliance_blocked',
  REQUIRED_SCOPE_MISSING: 'not_authorized',
  RISK_DECLINE: 'risk_declined',
  SELF_PAY_NOT_ALLOWED: 'receiver_invalid',
  SENDER_ACCOUNT_LOCKED: 'sender_restricted',
  SENDER_ACCOUNT_UNVERIFIED: 'sender_restricted',
  SENDER_EMAIL_UNCONFIRMED: 'sender_restricted',
  SENDER_LOCKED: 'sender_restricted',
  SENDER_RESTRICTED: 'sender_restricted',
  SENDER_STATE_RESTRICTED: 'sender_restricted',
  SPENDING_LIMIT_EXCEEDED: 'sender_restricted',
  SYNC_MODE_NOT_APPLICABLE: 'request_invalid',
  TRANSACTION_DECLINED_BY_TRAVEL_RULE: 'compliance_blocked',
  TRANSACTION_LIMIT_EXCEEDED: 'amount_not_allowed',
  UNDEFINED: 'provider_error',
  UNPROCESSABLE_ENTITY: 'request_invalid',
  UNSUPPORTED_MEDIA_TYPE: 'request_invalid',
  UNVERIFIED_RECIPIENT_NOT_SUPPORTED: 'receiver_locked',
  USER_BUSINESS_ERROR: 'request_invalid',
  USER_COUNTRY_NOT_ALLOWED: 'sender_restricted',
  USER_FUNDING_SOURCE_INELIGIBLE: 'sender_restricted',
  VALIDATION_ERROR: 'request_invalid',
  ZERO_AMOUNT: 'amount_not_allowed',
};

/** Our reason for an error name by PayPal, or null when the name is not in the table. */
export function reasonOf(name: string): ReasonCode | null {
  return Object.hasOwn(reasons, name) ? (reasons[name] ?? null) : null;
}

/** One thing PayPal found wrong. `links` are the addresses it points at. */
export interface ErrorDetail {
  readonly field: string;
  readonly issue: string;
  readonly links: readonly string[];
}

/** PayPal's error body. */
export interface ErrorEnvelope {
  readonly name: string;
  readonly message: string;
  readonly debugId: string | null;
  readonly details: readonly ErrorDetail[];
  readonly links: readonly string[];
}

/** Reads an error body; null when it is not one of PayPal's. Fields beyond the name may be absent. */
export function readEnvelope(body: unknown): ErrorEnvelope | null {
  const name = textAt(body, 'name');
  if (!/^[A-Z][A-Z0-9_]{2,63}$/.test(name)) return null;
  return {
    name,
    message: textAt(body, 'message'),
    debugId: debugIdOf(textAt(body, 'debug_id')),
    details: listAt(body, 'details').slice(0, detailsMax).map(readDetail),
    links: hrefsOf(body),
  };
}

function readDetail(detail: unknown): ErrorDetail {
  const issue = [textAt(detail, 'issue'), textAt(detail, 'description')].filter(Boolean).join(': ');
  return { field: textAt(detail, 'field'), issue, links: hrefsOf(detail) };
}

/** Recorded answers say `link` within a detail and `links` at the top; either is read anywhere. */
function hrefsOf(value: unknown): string[] {
  return ['link', 'links']
    .flatMap((name) => listAt(value, name))
    .map((link) => at(link, 'href'))
    .filter((href) => typeof href === 'string');
}

/** A debug id as PayPal makes them, or null. */
export function debugIdOf(text: string | null): string | null {
  return text !== null && /^[A-Za-z0-9-]{1,64}$/.test(text) ? text : null;
}

/** The issues of a refusal in one line, without addresses or secrets. */
export function issuesOf(envelope: ErrorEnvelope, secrets: readonly string[]): string {
  const shown = envelope.details.slice(0, issuesShownMax).map((detail) => issueOf(detail, secrets));
  const more = envelope.details.length - shown.length;
  if (more > 0) shown.push(`and ${more} more`);
  return shown.length > 0 ? shown.join('; ') : redact(envelope.message, secrets, issueCharsMax);
}

/** One issue with its field, without addresses or secrets. */
export function issueOf(detail: ErrorDetail, secrets: readonly string[]): string {
  return redact([detail.field, detail.issue].filter(Boolean).join(': '), secrets, issueCharsMax);
}

/** What is kept of an answer as evidence: HTTP status, error name, debug id, issues. Bounded. */
export function evidenceOf(
  status: number,
  debugId: string | null,
  envelope: ErrorEnvelope | null,
  secrets: readonly string[],
): string {
  const debug = debugId ?? envelope?.debugId;
  const head = [`HTTP ${status}`, envelope?.name, debug ? `debug id ${debug}` : null];
  const line = head.filter(Boolean).join(' ');
  const whole = envelope === null ? line : `${line}: ${issuesOf(envelope, secrets)}`;
  return whole.slice(0, evidenceCharsMax);
}
