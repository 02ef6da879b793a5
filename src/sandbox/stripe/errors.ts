import type { Reply } from '../world.ts';

type ErrorType = 'api_error' | 'idempotency_error' | 'invalid_request_error';

/** One error as Stripe writes it; members that are absent are left out. */
export interface StripeError {
  readonly type: ErrorType;
  readonly message: string;
  readonly code?: string;
  readonly param?: string;
}

/** Stripe's error envelope as an answer. */
export function refuseWith(status: number, error: StripeError): Reply {
  const doc =
    error.code === undefined ? {} : { doc_url: `https://stripe.com/docs/error-codes/${error.code}` };
  return { status, body: { error: { ...doc, ...error } } };
}

/** A 400 about the request. */
export function invalid(message: string, code?: string, param?: string): Reply {
  return refuseWith(400, {
    type: 'invalid_request_error',
    message,
    ...(code === undefined ? {} : { code }),
    ...(param === undefined ? {} : { param }),
  });
}

export function missingObject(kind: string, id: string, param = 'id'): Reply {
  const message = `No such ${kind}: '${id}'`;
  return refuseWith(404, { type: 'invalid_request_error', code: 'resource_missing', message, param });
}

export function apiError(): Reply {
  return refuseWith(500, { type: 'api_error', message: 'An unknown error occurred.' });
}

export function tooManyRequests(code: 'rate_limit' | 'lock_timeout', seconds: number | null): Reply {
  const message =
    code === 'rate_limit'
      ? 'Request rate limit exceeded.'
      : 'This object cannot be accessed right now because another request is using it.';
  const reply = refuseWith(429, { type: 'invalid_request_error', code, message });
  return seconds === null ? reply : { ...reply, headers: { 'retry-after': String(seconds) } };
}

export function insufficientBalance(): Reply {
  return invalid('You have insufficient available funds in your Stripe account.', 'balance_insufficient');
}

export function unknownAddress(method: string, path: string): Reply {
  return refuseWith(404, {
    type: 'invalid_request_error',
    message: `Unrecognized request URL (${method}: ${path}).`,
  });
}
