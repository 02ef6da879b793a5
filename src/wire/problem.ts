import type { Fact, RefusalCode } from '../core/refusal.ts';
import { refusalCodes, refuse } from '../core/refusal.ts';
import type { ToldElsewhere } from '../core/told.ts';

/** What is wrong with one value of a request; `path` as in `earnings.3.amount`. */
export interface Fault {
  readonly path: string;
  readonly message: string;
}

/** A "no" on its way out. Every `Refusal` of core is one. */
export interface No {
  readonly ok: false;
  readonly code: string;
  readonly status: number;
  readonly message: string;
  readonly action: string;
  readonly details: Readonly<Record<string, Fact>>;
  readonly detail?: string;
  /** What it is called, where that is not said by its code. */
  readonly title?: string;
  readonly errors?: readonly Fault[];
  /** Its own words in other languages, where it says more than its code. */
  readonly told?: ToldElsewhere;
  /** Seconds after which asking again makes sense. */
  readonly retryAfter?: number;
}

/** RFC 9457. Facts of a refusal (`batchId` …) stand beside these fields. */
export interface Problem extends Record<string, unknown> {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly requestId: string;
  readonly userMessage: string;
  readonly actionRequired: string;
  readonly retryable: boolean;
  readonly errors: readonly Fault[];
}

export const problemType = 'application/problem+json; charset=utf-8';
/** Faults listed in one answer. */
const faultsMax = 100;

const httpProblems = {
  unreadable: [400, 'The request could not be read. Nothing was changed.', 'Send valid JSON in UTF-8.'],
  event_not_verified: [
    400,
    'The event is not proven to come from the provider. It was not stored.',
    'Check the webhook id and the certificate settings.',
  ],
  unauthorized: [
    401,
    'It is not known who sent this request: no valid API key came with it, and no session that is open. Nothing was changed.',
    'Send Authorization: Bearer pk_… with a key that is alive, or sign in.',
  ],
  link_not_valid: [
    401,
    'This link was used already, is too old, or is not one of ours. Nobody was signed in.',
    'Ask for a new link; the newest mail has the one that works.',
  ],
  forbidden: [
    403,
    'You may not do that. Nothing was changed.',
    'Ask an owner for a role that may, or use a key that has one; what belongs to payees is open to payees alone.',
  ],
  out_of_scope: [
    403,
    'This key is limited to other calls. Nothing was changed.',
    'Use a key whose scope names the first part of this path.',
  ],
  step_up_required: [
    403,
    'This needs a second factor that was proven a moment ago. Nothing was changed.',
    'Confirm with your authenticator or passkey, then repeat the request.',
  ],
  cross_site: [
    403,
    'The request does not come from a page of this Purser. Nothing was changed.',
    'Open Purser at its own address and do it there; programs use an API key.',
  ],
  password_change_required: [
    403,
    'This password was made for you and opens nothing but its own change. Nothing was changed.',
    'Choose your own password first; the console asks for it when you sign in there.',
  ],
  password_expired: [
    403,
    'This one-time password is over. You are not signed in.',
    'Ask an owner for a new one, or run purser user reset EMAIL on the machine of Purser.',
  ],
  second_factor_missing: [
    403,
    'This needs a second factor, and you have none yet. Nothing was changed.',
    'Set up an authenticator app or a passkey under Your account, then repeat the request.',
  ],
  wrong_second_factor: [
    403,
    'The code or passkey is not right, or was used before. Nothing was changed.',
    'Wait for the next code of your authenticator app, or use another recovery code.',
  ],
  wrong_password: [403, 'The password is not right. Nothing was changed.', 'Type your present password.'],
  session_required: [
    403,
    'Only a person who is signed in can do this. Nothing was changed.',
    'Sign in; an API key or the command line has no session of its own.',
  ],
  sign_in_failed: [
    401,
    'This did not sign you in.',
    'Check e-mail and password; with a second factor, use the code of this moment, or start again.',
  ],
  sign_in_again: [
    403,
    'This needs a sign-in of the last ten minutes. Nothing was changed.',
    'Sign out, sign in again, and repeat this.',
  ],
  second_factor_exists: [
    409,
    'An authenticator app is set up already. Nothing was changed.',
    'Remove the app under Your account first, then set up the new one.',
  ],
  passkey_refused: [
    422,
    'This passkey could not be added. Nothing was changed.',
    'Start again, and confirm with PIN, fingerprint or face when the device asks.',
  ],
  too_many_attempts: [
    429,
    'There were too many attempts. This one was not looked at.',
    'Wait as long as Retry-After says. Whoever is signed in stays signed in.',
  ],
  not_found: [404, 'There is nothing at this address. Nothing was changed.', 'Check the path and the id.'],
  method_not_allowed: [
    405,
    'This address does not answer to that method. Nothing was changed.',
    'See the Allow header.',
  ],
  too_slow: [
    408,
    'The request did not arrive in time. Nothing was changed.',
    'Send it again, in smaller parts when the connection is slow.',
  ],
  conflict: [
    409,
    'Somebody else changed the same thing at the same moment. Nothing was changed by this request.',
    'Look at the present state, then repeat the request.',
  ],
  request_in_flight: [
    409,
    'The first request with this Idempotency-Key is still being carried out. Nothing was changed by this one.',
    'Wait a moment, then repeat it with the same key: it answers with the first result.',
  ],
  secret_shown_once: [
    409,
    'The first request with this Idempotency-Key was carried out: what it made is there, under this id. Its secret was shown in the first answer only and is not kept.',
    'If the secret is lost, end what was made and make a new one with another Idempotency-Key.',
  ],
  not_a_sandbox: [
    409,
    'A provider with real credentials is connected, so there is no test clock and nothing to break on purpose. Nothing was changed.',
    'Use an installation without provider credentials: the built-in sandbox stands in there.',
  ],
  too_large: [413, 'The request is too large. Nothing was changed.', 'Send it in smaller parts.'],
  unsupported_media_type: [
    415,
    'The content type is not one this address reads. Nothing was changed.',
    'Send Content-Type: application/json.',
  ],
  invalid_request: [422, 'Some values are not valid. Nothing was changed.', 'Correct the listed values.'],
  invalid_idempotency_key: [
    422,
    'The Idempotency-Key is not one. Nothing was changed.',
    'Send 1 to 255 visible ASCII characters without spaces, such as a UUID.',
  ],
  idempotency_key_reused: [
    422,
    'This Idempotency-Key came with another request before. Nothing was changed by this one.',
    'Use a new key for a new request; repeat a request exactly to get its first answer.',
  ],
  too_many_requests: [
    429,
    'Too many requests came in the last minute. Nothing was changed by this one.',
    'Wait as long as Retry-After says; send many rows in one request where a call takes lists.',
  ],
  too_many_streams: [
    429,
    'As many live connections are open as one person or key may have. Nothing was changed.',
    'Close another window of Purser, or ask again every few seconds without a live connection.',
  ],
  streams_full: [
    503,
    'This server has as many live connections as it takes. Nothing was changed.',
    'Ask again every few seconds without a live connection; everything else works as before.',
  ],
  sandbox_away: [
    503,
    'The provider sandbox does not answer. No real money is involved.',
    'Wait a moment, look at the present state, then repeat the request.',
  ],
  headers_too_large: [
    431,
    'The address and headers of the request are too long together. Nothing was changed.',
    'Send shorter headers and a shorter address.',
  ],
  event_not_checked: [
    503,
    'It could not be found out whether the event comes from the provider. It was not stored.',
    'Send the event again later.',
  ],
  internal: [
    500,
    'Something failed inside Purser. A request that fails sends no money.',
    'Look at the present state; the log has the cause under this request id.',
  ],
  stopping: [
    503,
    'This process is being stopped and begins nothing more. Nothing was changed, and no money was sent.',
    'Repeat the request in a moment; another process answers it, or this one once it has started again.',
  ],
  unavailable: [
    503,
    'The database does not answer now, so it is not known whether the request was carried out. No money is sent by a request.',
    'Wait a moment, look at the present state, then repeat the request; repeating it pays nobody twice.',
  ],
} as const satisfies Record<string, readonly [number, string, string]>;

export type HttpProblemCode = keyof typeof httpProblems;
/** What any no is called, the domain's or HTTP's. */
export type ProblemCode = RefusalCode | HttpProblemCode;

const retryable = new Set([
  'batch_already_active',
  'batch_still_active',
  'payout_in_progress',
  'conflict',
  'cycle_locked',
  'cycle_lock_lost',
  'process_too_often',
  'request_in_flight',
  'too_many_requests',
  'too_many_attempts',
  'too_many_changes',
  'too_many_streams',
  'streams_full',
  'event_not_checked',
  'sandbox_away',
  'stopping',
  'unavailable',
]);

/** A "no" that is not the domain's: reading, authorising, breaking. */
export function no(
  code: HttpProblemCode,
  more: Partial<Pick<No, 'action' | 'detail' | 'details' | 'errors' | 'retryAfter'>> = {},
): No {
  const [status, message, action] = httpProblems[code];
  return { ok: false, code, status, message, action, details: {}, ...more };
}

/** The no that a code stands for, without its facts. */
export function noOf(code: ProblemCode): No {
  const ofDomain = refusalCodes.find((known) => known === code);
  return ofDomain ? refuse(ofDomain) : no(code as HttpProblemCode);
}

/** The body of an answer that says no. */
export function problemOf(refused: No, requestId: string): Problem {
  return {
    ...refused.details,
    type: `urn:purser:problem:${refused.code}`,
    title: refused.title ?? titleOf(refused.code),
    status: refused.status,
    detail: refused.detail ?? refused.message,
    code: refused.code,
    requestId,
    userMessage: refused.message,
    actionRequired: refused.action,
    retryable: retryable.has(refused.code),
    errors: refused.errors?.slice(0, faultsMax) ?? [],
  };
}

function titleOf(code: string): string {
  return `${code.charAt(0).toUpperCase()}${code.slice(1).replaceAll('_', ' ')}`;
}

/** Faults of a failed parse, with paths as people write them. */
export function faultsOf(issues: readonly { path: readonly PropertyKey[]; message: string }[]): Fault[] {
  return issues
    .slice(0, faultsMax)
    .map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message }));
}
