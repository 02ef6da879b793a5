import type { Persistence, ReasonCode } from '../../core/reasons.ts';
import { redact } from '../http.ts';
import { evidenceCharsMax, issueCharsMax } from './limits.ts';
import { textAt } from './read.ts';

/** What an error code of Stripe's means to a payout. */
export interface ErrorMeaning {
  readonly reason: ReasonCode;
  readonly persistence: Persistence;
  /**
   * True for a refusal that proves by itself that no call with this key has moved or will move money: it depends on the
   * parameters alone, or it is known to be kept under the key, so that a call which is still on its way hears it too. Any
   * other proves that only once Stripe replays it, which the next call with the key shows.
   */
  readonly proves: boolean;
}

const permanent = (reason: ReasonCode, proves = false): ErrorMeaning => ({
  reason,
  persistence: 'permanent',
  proves,
});
const temporary = (reason: ReasonCode, proves = false): ErrorMeaning => ({
  reason,
  persistence: 'temporary',
  proves,
});

/** Codes of Stripe's error table that a transfer can meet, and those of failed payouts to a bank. */
const meanings: Record<string, ErrorMeaning> = {
  // The transfer itself.
  account_closed: permanent('receiver_account_invalid'),
  account_invalid: permanent('receiver_account_invalid'),
  amount_too_large: permanent('amount_not_allowed', true),
  amount_too_small: permanent('amount_not_allowed', true),
  balance_insufficient: temporary('insufficient_funds', true),
  country_unsupported: permanent('receiver_country_not_allowed'),
  insufficient_capabilities_for_transfer: permanent('receiver_not_enabled'),
  insufficient_funds: temporary('insufficient_funds', true),
  instant_payouts_unsupported: permanent('receiver_not_enabled'),
  invalid_currency: permanent('currency_not_supported'),
  livemode_mismatch: permanent('request_invalid'),
  not_allowed_on_standard_account: permanent('receiver_account_invalid'),
  parameter_invalid_empty: permanent('request_invalid', true),
  parameter_invalid_integer: permanent('request_invalid', true),
  parameter_invalid_string_blank: permanent('request_invalid', true),
  parameter_invalid_string_empty: permanent('request_invalid', true),
  parameter_missing: permanent('request_invalid', true),
  parameter_unknown: permanent('request_invalid', true),
  payouts_limit_exceeded: temporary('receiving_limit_exceeded'),
  payouts_not_allowed: permanent('receiver_not_enabled'),
  platform_account_required: permanent('sender_restricted'),
  resource_missing: permanent('request_invalid'),
  testmode_charges_only: permanent('sender_restricted'),
  transfer_source_balance_parameters_mismatch: permanent('request_invalid'),
  transfers_not_allowed: permanent('sender_restricted'),
  // A payout of a connected account to its bank; told by `payout.failed`.
  account_frozen: permanent('receiver_locked'),
  bank_account_restricted: permanent('receiver_locked'),
  bank_ownership_changed: permanent('receiver_account_invalid'),
  could_not_process: temporary('provider_error'),
  debit_not_authorized: permanent('receiver_locked'),
  declined: { reason: 'risk_declined', persistence: 'unknown', proves: false },
  incorrect_account_holder_name: permanent('receiver_account_invalid'),
  invalid_account_number: permanent('receiver_account_invalid'),
  no_account: permanent('receiver_account_invalid'),
  unsupported_card: permanent('receiver_account_invalid'),
};

const unknownMeaning: ErrorMeaning = { reason: 'provider_error', persistence: 'unknown', proves: false };

/** Stripe's error, as far as it is one. Absent fields are ''. */
export interface ErrorEnvelope {
  readonly type: string;
  readonly code: string;
  readonly message: string;
  readonly param: string;
}

/** Reads an error body; null when it is not one of Stripe's. */
export function readEnvelope(body: unknown): ErrorEnvelope | null {
  const type = textAt(body, 'error', 'type');
  if (!/^[a-z][a-z_]{2,63}$/.test(type)) return null;
  const code = textAt(body, 'error', 'code');
  return {
    type,
    code: /^[a-z0-9_]{1,64}$/.test(code) ? code : '',
    message: textAt(body, 'error', 'message'),
    param: textAt(body, 'error', 'param').slice(0, 64),
  };
}

/** What a refusal means; words decide where Stripe gives no code. Total: what is not known is `unknown`. */
export function meaningOf(envelope: ErrorEnvelope): ErrorMeaning {
  const { code, param, message } = envelope;
  // Its refusal for a missing capability has been seen without any code.
  if (/capabilities enabled/i.test(message)) return permanent('receiver_not_enabled');
  if (code === 'resource_missing' && param === 'destination') return permanent('receiver_account_invalid');
  return meaningOfCode(code);
}

/** What an error or failure code of Stripe's means. */
export function meaningOfCode(code: string): ErrorMeaning {
  return Object.hasOwn(meanings, code) ? (meanings[code] ?? unknownMeaning) : unknownMeaning;
}

/** The error in one line, without addresses, numbers or secrets. */
export function issueOf(envelope: ErrorEnvelope, secrets: readonly string[]): string {
  const name = envelope.code || envelope.type;
  const field = envelope.param === '' ? '' : ` (${envelope.param})`;
  return redact(`${name}${field}: ${envelope.message}`, secrets, issueCharsMax);
}

/** What is kept of an answer as evidence: HTTP status, request id, whether it was a replay, the error. Bounded. */
export function evidenceOf(
  answer: { status: number; headers: Headers },
  envelope: ErrorEnvelope | null,
  secrets: readonly string[],
): string {
  const requestId = answer.headers.get('request-id') ?? '';
  const head = [
    `HTTP ${answer.status}`,
    isReplay(answer.headers) ? 'replayed' : '',
    /^[A-Za-z0-9_-]{1,64}$/.test(requestId) ? `request ${requestId}` : '',
  ];
  const line = head.filter(Boolean).join(' ');
  return (envelope === null ? line : `${line}: ${issueOf(envelope, secrets)}`).slice(0, evidenceCharsMax);
}

/** True when Stripe says that this is the answer it gave to an earlier call with this key. */
export function isReplay(headers: Headers): boolean {
  return headers.get('idempotent-replayed') === 'true';
}
