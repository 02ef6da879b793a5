import { problemView } from './problem-view.ts';
import type { DescribedRoute } from './openapi-operation.ts';
import { operationOf } from './openapi-operation.ts';
import { outsideCalls } from './openapi-calls.ts';
import type { OutsideCall } from './openapi-outside.ts';
import { outsideOperations } from './openapi-outside.ts';
import { ProblemBook } from './openapi-problems.ts';
import { sampleOf } from './openapi-samples.ts';
import { SchemaBook } from './openapi-schemas.ts';

/** The description of the whole HTTP interface, as it goes out. */
export interface OpenApiDocument extends Readonly<Record<string, unknown>> {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

/** Cookies of people and of payees who signed in. */
const cookies = { session: 'purser.session_token', payeeSession: 'purser-portal.session' } as const;

const introduction = `Amounts are integers in minor units beside a \`currency\`: 2500 and \`USD\` are 25.00 USD. Times are RFC 3339 in UTC. Lists take
\`limit\` and \`cursor\` and name the next page. A request never sends money itself: it writes down what shall be paid, and the engine sends.

Every no is \`application/problem+json\` with \`code\`, \`userMessage\` and \`actionRequired\`. A method that a path does not have is 405
\`method_not_allowed\`. Repeating a request pays nobody twice.

A request with the cookie of a session that changes something must come from a page of this Purser, as its \`Origin\` or
\`Sec-Fetch-Site\` says.`;

/** The OpenAPI 3.1 document of these routes, of the sign-in of the team, and of what is answered beside them. */
export function openApiDocument(
  routes: readonly DescribedRoute[],
  signIn: readonly OutsideCall[],
  version: string,
): OpenApiDocument {
  const books = { schemas: new SchemaBook(), problems: new ProblemBook(), sampleOf };
  books.schemas.read(problemView, 'output');
  const paths: Record<string, Record<string, object>> = {};
  const add = (path: string, method: string, operation: object) => {
    (paths[path] ??= {})[method.toLowerCase()] = operation;
  };
  for (const route of routes) {
    add(route.path.replaceAll(/:(\w+)/g, '{$1}'), route.method, operationOf(route, books));
  }
  for (const { path, method, operation } of outsideOperations([...signIn, ...outsideCalls], books))
    add(path, method, operation);
  const tags = Object.values(paths).flatMap((methods) =>
    Object.values(methods).flatMap((operation) => (operation as { tags: string[] }).tags),
  );
  return {
    openapi: '3.1.1',
    info: {
      title: 'Purser',
      version,
      description: introduction,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(tags)].map((name) => ({ name })),
    paths,
    components: {
      ...commonParts,
      responses: sorted(books.problems.named),
      schemas: sorted(books.schemas.named),
    },
  };
}

function sorted<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const commonParts = {
  securitySchemes: {
    apiKey: { type: 'http', scheme: 'bearer', description: 'An API key, `pk_…`' },
    session: {
      type: 'apiKey',
      in: 'cookie',
      name: cookies.session,
      description: 'A person who signed in; over HTTPS the name has `__Secure-` in front',
    },
    payeeSession: {
      type: 'apiKey',
      in: 'cookie',
      name: cookies.payeeSession,
      description: 'A payee who signed in; over HTTPS the name has `__Host-` in front',
    },
  },
  parameters: {
    RequestId: {
      name: 'X-Request-Id',
      in: 'header',
      description: 'Repeated in the answer and in the log; one is made when it is absent or unusable',
      schema: { type: 'string', pattern: '^[A-Za-z0-9._:-]{1,100}$' },
    },
    IdempotencyKey: {
      name: 'Idempotency-Key',
      in: 'header',
      description:
        'The same key and the same request get the first answer again for 30 days, marked `Idempotent-Replayed: true`; an answer that showed a secret is not kept',
      schema: { type: 'string', pattern: '^[!-~]{1,255}$' },
    },
  },
  headers: {
    RequestId: { description: 'Where to look in the log', schema: { type: 'string' } },
    IdempotentReplayed: {
      description: 'Present when this is the first answer to the same `Idempotency-Key` again',
      schema: { type: 'string', const: 'true' },
    },
    RetryAfter: {
      description: 'Seconds after which asking again makes sense',
      schema: { type: 'integer', minimum: 0 },
    },
  },
};
