import type { z } from 'zod';
import type { Books } from './openapi-operation.ts';
import { bodyOf, contentOf, operationIdOf, placed, yesWords } from './openapi-operation.ts';
import { readingCodes } from './openapi-problems.ts';
import type { ProblemCode } from './problem.ts';

/** A call that is answered beside the table of routes: it takes no key. */
export interface OutsideCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** True when somebody must be signed in. */
  readonly session?: boolean;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  /** JSON. */
  readonly body?: z.ZodType;
  /** What a form of a page sends. */
  readonly form?: z.ZodType;
  /** What the body is, when it is taken as it comes. */
  readonly takes?: string;
  readonly answer: z.ZodType | { readonly contentType: string } | null;
  readonly status?: number;
  /** True when the answer sets or takes back a cookie. */
  readonly setsCookie?: boolean;
  /** Pages and redirects beside the yes, by status, and when they come. */
  readonly pages?: Readonly<Record<number, string>>;
  readonly refuses: readonly ProblemCode[];
}

/** Any call can be unreadable or fail. */
const always = ['unreadable', 'headers_too_large', 'internal'] as const;
/** A redirect or what the browser has already: there is no page. */
const bodiless = (status: number) => status >= 300 && status < 400;

/** Path and operation of everything outside the table. */
export function outsideOperations(
  calls: readonly OutsideCall[],
  books: Books,
): { path: string; method: string; operation: object }[] {
  return calls.map((call) => ({
    path: call.path.replaceAll(/:(\w+)/g, '{$1}'),
    method: call.method,
    operation: operationOf(call, books),
  }));
}

function operationOf(call: OutsideCall, books: Books): object {
  const { schemas, problems, sampleOf } = books;
  const operationId = operationIdOf(call.method, call.path);
  const sample = sampleOf(operationId);
  const session = call.session === true;
  const who = session ? 'Whoever is signed in, without a key.' : 'Without a key.';
  return {
    operationId,
    tags: [call.tag],
    summary: call.summary,
    description: [who, ...(call.description ? [call.description] : [])].join('\n\n'),
    'x-roles': [],
    security: session ? [{ session: [] }] : [],
    parameters: [
      ...placed('path', call.params, schemas),
      ...placed('query', call.query, schemas),
      { $ref: '#/components/parameters/RequestId' },
    ],
    ...requestOf(call, books, sample.body),
    responses: { ...yesOf(call, books, sample.answer), ...problems.read(codesOf(call)), ...pagesOf(call) },
  };
}

function codesOf(call: OutsideCall): ProblemCode[] {
  const { method, params, body, refuses } = call;
  const codes: (ProblemCode | false)[] = [
    ...refuses,
    ...(method === 'POST' ? readingCodes : []),
    params !== undefined && 'not_found',
    body !== undefined && 'invalid_request',
    ...always,
  ];
  return [...new Set(codes.filter((code) => code !== false))];
}

function requestOf({ body, form, takes }: OutsideCall, { schemas }: Books, sample: unknown) {
  if (body) return { requestBody: bodyOf(body, schemas, sample) };
  if (form) return { requestBody: bodyOf(form, schemas, sample, 'application/x-www-form-urlencoded') };
  if (takes === undefined) return {};
  const content = { 'application/json': { schema: { type: 'object' } } };
  return { requestBody: { description: takes, required: true, content } };
}

const requestId = { 'X-Request-Id': { $ref: '#/components/headers/RequestId' } };

function yesOf({ status = 200, setsCookie, answer }: OutsideCall, { schemas }: Books, sample: unknown) {
  const cookie = { description: 'The cookie, set or taken back', schema: { type: 'string' } };
  const headers = { ...requestId, ...(setsCookie === true ? { 'Set-Cookie': cookie } : {}) };
  const description = yesWords[status] ?? 'Done: on to another page.';
  return { [status]: { description, headers, ...contentOf(answer, schemas, sample) } };
}

function pagesOf({ pages = {} }: OutsideCall) {
  const html = { content: { 'text/html': { schema: { type: 'string' } } } };
  return Object.fromEntries(
    Object.entries(pages).map(([status, description]) => [
      status,
      { description, headers: requestId, ...(bodiless(Number(status)) ? {} : html) },
    ]),
  );
}
