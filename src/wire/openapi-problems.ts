import type { No, ProblemCode } from './problem.ts';
import { noOf, problemOf } from './problem.ts';

/** Any call can be too long or fail. */
const always = ['headers_too_large', 'internal'] as const;

/** Noes that say in Retry-After when asking again makes sense. */
const waiting: ReadonlySet<ProblemCode> = new Set([
  'cycle_locked',
  'event_not_checked',
  'process_too_often',
  'request_in_flight',
  'sandbox_away',
  'too_many_attempts',
  'too_many_changes',
  'too_many_requests',
  'unavailable',
]);

/** What decides which noes any call of its kind can get. */
interface Kind {
  readonly method: string;
  readonly stepUp?: boolean;
  readonly secretAnswer?: boolean;
  readonly params?: unknown;
  readonly refuses?: readonly ProblemCode[];
}

/** Codes of every no that a call of the table can answer with: its own, and those of its kind. */
export function codesOf(route: Kind): ProblemCode[] {
  const { method, params, refuses = [] } = route;
  const posts = method === 'POST';
  const writes = method !== 'GET';
  const stepUp = route.stepUp === true;
  const codes: (ProblemCode | false)[] = [
    'unreadable',
    'unauthorized',
    'forbidden',
    'out_of_scope',
    'password_change_required',
    stepUp && 'step_up_required',
    stepUp && 'second_factor_missing',
    writes && 'cross_site',
    params !== undefined && 'not_found',
    writes && 'too_slow',
    ...refuses,
    writes && 'conflict',
    posts && 'request_in_flight',
    posts && route.secretAnswer === true && 'secret_shown_once',
    writes && 'too_large',
    writes && 'unsupported_media_type',
    // Also of a call that takes nothing: a parameter that it does not know is refused.
    'invalid_request',
    posts && 'invalid_idempotency_key',
    posts && 'idempotency_key_reused',
    'too_many_requests',
    ...always,
    'unavailable',
  ];
  return [...new Set(codes.filter((code) => code !== false))];
}

/** Codes of what any call that takes a body can answer before anybody looks at it. */
export const readingCodes = ['too_slow', 'too_large', 'unsupported_media_type'] as const;

/** Answers that say no, each set of codes once; operations refer to them. */
export class ProblemBook {
  readonly named: Record<string, unknown> = {};

  /** References to the answers of these codes, by status. */
  read(codes: readonly ProblemCode[]): Record<string, unknown> {
    const byStatus = [...Map.groupBy(codes, (code) => noOf(code).status)].toSorted(([a], [b]) => a - b);
    return Object.fromEntries(byStatus.map(([status, group]) => [String(status), this.#refer(group)]));
  }

  #refer(codes: readonly ProblemCode[]) {
    const name = codes.map((code) => pascal(code)).join('Or');
    this.named[name] ??= problemResponse(codes);
    return { $ref: `#/components/responses/${name}` };
  }
}

function pascal(code: string): string {
  return code
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

function problemResponse(codes: readonly ProblemCode[]) {
  const noes = codes.map((code) => noOf(code));
  const waits = codes.some((code) => waiting.has(code))
    ? { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } }
    : {};
  return {
    description: noes
      .map((refused) => `\`${refused.code}\`: ${refused.message} ${refused.action}`)
      .join('\n\n'),
    headers: { 'X-Request-Id': { $ref: '#/components/headers/RequestId' }, ...waits },
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: Object.fromEntries(noes.map((refused) => [refused.code, exampleOfNo(refused)])),
      },
    },
  };
}

function exampleOfNo(refused: No) {
  return { summary: refused.message, value: problemOf(refused, 'rq_0199d2a07f31') };
}
