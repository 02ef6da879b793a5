import type { No, ProblemCode } from './problem.ts';
import { noOf, problemOf } from './problem.ts';

/** What decides which noes any call of its kind can get. */
interface Kind {
  readonly method: string;
  readonly stepUp?: boolean;
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
  readonly refuses?: readonly ProblemCode[];
}

/** Codes of every no that a call of the table can answer with: its own, and those of its kind. */
export function codesOf(route: Kind): ProblemCode[] {
  const writes = route.method !== 'GET';
  const parsed = route.params !== undefined || route.query !== undefined || route.body !== undefined;
  const codes: (ProblemCode | false)[] = [
    'unreadable',
    'unauthorized',
    'forbidden',
    'out_of_scope',
    route.stepUp === true && 'step_up_required',
    route.params !== undefined && 'not_found',
    writes && 'too_slow',
    ...(route.refuses ?? []),
    writes && 'conflict',
    writes && 'too_large',
    writes && 'unsupported_media_type',
    (parsed || writes) && 'invalid_request',
    'headers_too_large',
    'internal',
    'unavailable',
  ];
  return [...new Set(codes.filter((code) => code !== false))];
}

/** Answers that say no, each set of codes once; operations refer to them. */
export class ProblemBook {
  readonly named: Record<string, unknown> = {};

  /** References to the answers of these codes, by status. */
  read(codes: readonly ProblemCode[]): Record<string, unknown> {
    const byStatus = [...Map.groupBy(codes, (code) => noOf(code).status)].toSorted(([a], [b]) => a - b);
    return Object.fromEntries(
      byStatus.map(([status, group]) => [String(status), this.#refer(status, group)]),
    );
  }

  #refer(status: number, codes: readonly ProblemCode[]) {
    const name = codes.map((code) => pascal(code)).join('Or');
    this.named[name] ??= problemResponse(status, codes);
    return { $ref: `#/components/responses/${name}` };
  }
}

function pascal(code: string): string {
  return code
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

function problemResponse(status: number, codes: readonly ProblemCode[]) {
  const noes = codes.map((code) => noOf(code));
  const waits =
    status === 429 || status === 503 ? { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } } : {};
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
