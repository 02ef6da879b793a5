import type { RefusalCode } from '../core/refusal.ts';
import { refusalCodes, refuse } from '../core/refusal.ts';

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
  readonly details: Readonly<Record<string, string | number>>;
  readonly detail?: string;
  readonly errors?: readonly Fault[];
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
    'No valid API key came with the request. Nothing was changed.',
    'Send Authorization: Bearer pk_… with a key that is alive.',
  ],
  forbidden: [403, 'This key may not do that. Nothing was changed.', 'Use a key with a role that may.'],
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
  too_large: [413, 'The request is too large. Nothing was changed.', 'Send it in smaller parts.'],
  unsupported_media_type: [
    415,
    'The content type is not one this address reads. Nothing was changed.',
    'Send Content-Type: application/json.',
  ],
  invalid_request: [422, 'Some values are not valid. Nothing was changed.', 'Correct the listed values.'],
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
  'event_not_checked',
  'unavailable',
]);

/** A "no" that is not the domain's: reading, authorising, breaking. */
export function no(code: HttpProblemCode, more: Pick<No, 'detail' | 'errors' | 'retryAfter'> = {}): No {
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
    title: titleOf(refused.code),
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
