import { z } from 'zod';
import type { Right } from '../core/roles.ts';
import { may, roles } from '../core/roles.ts';
import { exampleOf } from './openapi-examples.ts';
import type { ProblemBook } from './openapi-problems.ts';
import { codesOf } from './openapi-problems.ts';
import type { SampleOf } from './openapi-samples.ts';
import type { JsonSchema, SchemaBook } from './openapi-schemas.ts';
import type { ProblemCode } from './problem.ts';

/** What the document must know of a route; every `Route` of the API is one. */
export interface DescribedRoute {
  readonly method: string;
  /** Whole, parameters as `:id`. */
  readonly path: string;
  readonly right: Right;
  readonly summary: string;
  readonly answer: z.ZodType | { readonly contentType: string } | null;
  readonly status?: number | readonly number[];
  readonly answerHeaders?: Readonly<Record<string, string>>;
  readonly refuses?: readonly ProblemCode[];
  readonly stepUp?: boolean;
  readonly secretAnswer?: boolean;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
}

/** What each right lets its holder do, in words. */
const rightWords = {
  read: 'look, with addresses masked',
  operate: 'import, prepare, pay, retry, cancel, reconcile',
  reveal: 'see payout details in full',
  approve: 'approve, decline, mark paid',
  own: 'people, keys, settings and repairs of the books',
  self: 'what belongs to the payee who calls',
} as const satisfies Record<Right, string>;

/** What is said once and referred to, and what real calls looked like. */
export interface Books {
  readonly schemas: SchemaBook;
  readonly problems: ProblemBook;
  readonly sampleOf: SampleOf;
}

/** One route as an operation of the document. */
export function operationOf(route: DescribedRoute, books: Books): Record<string, unknown> {
  const operationId = operationIdOf(route.method, route.path);
  const sample = books.sampleOf(operationId);
  const allowed = [...roles, 'payee' as const].filter((role) => may(role, route.right));
  const stepUp = route.stepUp === true;
  return {
    operationId,
    tags: [tagOf(route.path)],
    summary: route.summary,
    description: [
      `Who may call it: ${allowed.join(', ')} (right \`${route.right}\`: ${rightWords[route.right]}).`,
      ...(stepUp ? ['A person must have proven a second factor in the last 10 minutes (step-up).'] : []),
    ].join('\n\n'),
    'x-right': route.right,
    'x-roles': allowed,
    'x-step-up': stepUp,
    security: route.right === 'self' ? [{ payeeSession: [] }] : [{ apiKey: [] }, { session: [] }],
    parameters: parametersOf(route, books.schemas),
    ...(route.body ? { requestBody: bodyOf(route.body, books.schemas, sample.body) } : {}),
    responses: { ...answersOf(route, books.schemas, sample.answer), ...books.problems.read(codesOf(route)) },
  };
}

/** `GET /api/admin/payees/:id` is `getPayeesById`. */
export function operationIdOf(method: string, path: string): string {
  const words = path
    .replace(/^\/(?:api\/)?(?:admin\/)?/, '')
    .replaceAll(/[:{](\w+)\}?/g, 'by-$1')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

/** The noun of the path: `Payout batches`. */
function tagOf(path: string): string {
  const noun = path.replace(/^\/(?:api\/)?(?:admin\/)?/, '').split('/', 1)[0] ?? '';
  const words = noun.replaceAll('-', ' ').replace(/^api keys$/, 'API keys');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function parametersOf(route: DescribedRoute, book: SchemaBook): unknown[] {
  const common = [{ $ref: '#/components/parameters/RequestId' }];
  if (route.method === 'POST') common.push({ $ref: '#/components/parameters/IdempotencyKey' });
  return [...placed('path', route.params, book), ...placed('query', route.query, book), ...common];
}

/** Parameters of an address or its query. */
export function placed(place: 'path' | 'query', schema: z.ZodType | undefined, book: SchemaBook): unknown[] {
  if (!schema) return [];
  const { properties, required } = book.read(schema, 'input') as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties ?? {}).map(([name, own]) => {
    const { description, ...rest } = own;
    return {
      name,
      in: place,
      required: place === 'path' || required?.includes(name) === true,
      ...(description === undefined ? {} : { description }),
      schema: rest,
    };
  });
}

/** A body with its example. */
export function bodyOf(
  body: z.ZodType,
  book: SchemaBook,
  sample: unknown,
  type = 'application/json',
): Record<string, unknown> {
  const schema = book.read(body, 'input');
  // Bodies that may be absent have a default.
  const required = !body.safeParse(undefined).success;
  const example = sample ?? exampleOf(schema, book.named);
  return { required, content: { [type]: { schema, example } } };
}

function answersOf(route: DescribedRoute, book: SchemaBook, sample: unknown): Record<string, unknown> {
  const statuses = [route.status ?? 200].flat();
  const named = Object.entries(route.answerHeaders ?? {});
  const replays = route.method === 'POST' && route.secretAnswer !== true;
  const headers = {
    'X-Request-Id': { $ref: '#/components/headers/RequestId' },
    ...(replays ? { 'Idempotent-Replayed': { $ref: '#/components/headers/IdempotentReplayed' } } : {}),
    ...Object.fromEntries(
      named.map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
    ),
  };
  const content = contentOf(route.answer, book, sample);
  return Object.fromEntries(
    statuses.map((status) => [status, { description: yesWords[status] ?? 'Done.', headers, ...content }]),
  );
}

/** What a yes of each status means. */
export const yesWords: Readonly<Record<number, string>> = {
  200: 'Done.',
  201: 'Created.',
  202: 'Written down; the engine does it.',
  204: 'Done, nothing to say.',
};

/** The body of a yes with its example. */
export function contentOf(
  answer: DescribedRoute['answer'],
  book: SchemaBook,
  sample: unknown,
): Record<string, unknown> {
  if (answer === null) return {};
  if (!(answer instanceof z.ZodType)) {
    const example = sample === undefined ? {} : { example: sample };
    return { content: { [answer.contentType]: { schema: { type: 'string' }, ...example } } };
  }
  const schema = book.read(answer, 'output');
  return { content: { 'application/json': { schema, example: sample ?? exampleOf(schema, book.named) } } };
}
