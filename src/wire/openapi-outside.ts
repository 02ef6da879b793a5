import { z } from 'zod';
import type { Books } from './openapi-operation.ts';
import { contentOf, operationIdOf } from './openapi-operation.ts';
import type { ProblemCode } from './problem.ts';

/** A call that needs no key: it is answered beside the table of routes. */
interface OutsideRoute {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly answer: z.ZodType | { readonly contentType: string };
  /** What the body is, when it takes one. */
  readonly takes?: string;
  readonly refuses: readonly ProblemCode[];
}

/** Any call can be unreadable or fail. */
const always = ['unreadable', 'headers_too_large', 'internal'] as const;
const html = { contentType: 'text/html' };

/** Everything that is answered without a key. Whoever adds such a call adds a line. */
const outsideRoutes: readonly OutsideRoute[] = [
  {
    method: 'GET',
    path: '/api',
    tag: 'Operations',
    summary: 'Which Purser answers, and where to go on',
    answer: z.strictObject({
      name: z.literal('purser'),
      version: z.string(),
      admin: z.string().meta({ examples: ['/api/admin'] }),
      docs: z.string().meta({ examples: ['/docs'] }),
      openapi: z.string().meta({ examples: ['/api/openapi.json'] }),
    }),
    refuses: [],
  },
  {
    method: 'GET',
    path: '/api/openapi.json',
    tag: 'Operations',
    summary: 'This document',
    answer: z.looseObject({ openapi: z.string().meta({ examples: ['3.1.1'] }) }),
    refuses: [],
  },
  {
    method: 'GET',
    path: '/docs',
    tag: 'Operations',
    summary: 'This document to read in a browser',
    answer: html,
    refuses: [],
  },
  {
    method: 'GET',
    path: '/healthz',
    tag: 'Operations',
    summary: 'The process answers',
    answer: z.strictObject({ status: z.literal('ok'), version: z.string() }),
    refuses: [],
  },
  {
    method: 'GET',
    path: '/readyz',
    tag: 'Operations',
    summary: 'The database answers too',
    answer: z.strictObject({ status: z.literal('ok') }),
    refuses: ['unavailable'],
  },
  {
    method: 'POST',
    path: '/api/webhooks/paypal',
    tag: 'Webhooks',
    summary: 'Takes events of PayPal',
    description: 'The signature of the event is its proof; it is kept once and worked on later.',
    answer: z.strictObject({ received: z.literal(true) }),
    takes: 'The event as PayPal sends it, any content type.',
    refuses: ['event_not_verified', 'too_slow', 'too_large', 'event_not_checked', 'unavailable'],
  },
  {
    method: 'POST',
    path: '/api/webhooks/stripe',
    tag: 'Webhooks',
    summary: 'Takes events of Stripe',
    description: 'The signature of the event is its proof; it is kept once and worked on later.',
    answer: z.strictObject({ received: z.literal(true) }),
    takes: 'The event as Stripe sends it, any content type.',
    refuses: ['event_not_verified', 'too_slow', 'too_large', 'event_not_checked', 'unavailable'],
  },
];

/** Path and operation of everything outside the table. */
export function outsideOperations(books: Books): { path: string; method: string; operation: object }[] {
  return outsideRoutes.map((route) => ({
    path: route.path,
    method: route.method,
    operation: {
      operationId: operationIdOf(route.method, route.path),
      tags: [route.tag],
      summary: route.summary,
      description: ['Without a key.', ...(route.description ? [route.description] : [])].join('\n\n'),
      'x-roles': [],
      security: [],
      parameters: [{ $ref: '#/components/parameters/RequestId' }],
      ...(route.takes ? { requestBody: anyBody(route.takes) } : {}),
      responses: { 200: yes(route, books), ...books.problems.read([...route.refuses, ...always]) },
    },
  }));
}

function anyBody(description: string) {
  return { description, required: true, content: { 'application/json': { schema: { type: 'object' } } } };
}

function yes(route: OutsideRoute, { schemas, sampleOf }: Books) {
  const headers = { 'X-Request-Id': { $ref: '#/components/headers/RequestId' } };
  const sample = sampleOf(operationIdOf(route.method, route.path)).answer;
  return { description: 'Done.', headers, ...contentOf(route.answer, schemas, sample) };
}
