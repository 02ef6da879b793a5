import type { JsonSchema } from './openapi-schemas.ts';

/** What texts of these names look like, unless their schema says it itself. */
const texts: Readonly<Record<string, string>> = {
  id: 'py_0199d2a07c4d',
  account: 'payee_available',
  actionRequired: 'Check the payout id (po_…) or the reference.',
  activeBatchId: 'pb_0199d2a0815f',
  activeBatchStartedBy: 'shop',
  activeBatchStartedById: 'ak_0199d2a07b1e',
  actor: 'shop',
  batchId: 'pb_0199d2a0815f',
  code: 'payout_not_found',
  cycleId: '18',
  destination: 'a***@example.com',
  detail: 'The account is locked.',
  email: 'a***@example.com',
  event: 'complete',
  externalId: 'sel-1',
  field: 'amount',
  fix: 'The payee must resolve it with the provider or use another method, then retry.',
  itemReference: 'winner-18-sel-1-u1',
  kind: 'completed',
  lastCompletedBatchId: 'pb_0199d2a0815f',
  message: 'The payee has no account at the provider yet.',
  name: 'Ana',
  notes: 'November winners',
  operator: "The payee's account is locked or limited at the provider.",
  path: 'amount',
  payeeExternalId: 'u1',
  payeeId: 'u1',
  payeeName: 'Ana',
  payoutId: 'po_0199d2a07f31',
  prefix: 'pk_9fQz71Lm',
  provider: 'paypal',
  providerBatchId: '5UXD2E8A7EBQJ',
  providerItemId: '8AELMXH8UB2P8',
  providerKey: 'cycle-18-9f86d081884c7d65',
  providerStatus: 'SUCCESS',
  reference: 'sel-1',
  requestId: 'rq_0199d2a07f31',
  rule: 'balance equals its entries',
  sourceType: 'winner',
  startedBy: 'shop',
  startedById: 'ak_0199d2a07b1e',
  subject: 'pb_0199d2a0815f',
  transactionId: '1DG93452WK758815H',
  version: '0.1.0',
};

const aTime = '2026-11-20T12:00:00.000Z';
/** Schemas within schemas that an example follows. */
const depthMax = 12;

/** A value that the schema lets through: its own example where it has one, otherwise one made of its parts. */
export function exampleOf(
  schema: JsonSchema,
  named: Readonly<Record<string, JsonSchema>>,
  name = '',
  depth = 0,
): unknown {
  if (depth > depthMax) return null;
  const { $ref, examples, anyOf, oneOf } = schema;
  if (Array.isArray(examples) && examples.length > 0) return examples[0];
  if (schema['const'] !== undefined) return schema['const'];
  if (Array.isArray(schema['enum'])) return schema['enum'][0];
  if (typeof $ref === 'string') {
    const id = $ref.slice($ref.lastIndexOf('/') + 1);
    return exampleOf(named[id] ?? {}, named, name, depth + 1);
  }
  const choices = (anyOf ?? oneOf) as JsonSchema[] | undefined;
  if (choices?.[0]) return exampleOf(choices[0], named, name, depth + 1);
  const part = (inner: unknown, key: string) => exampleOf((inner ?? {}) as JsonSchema, named, key, depth + 1);
  switch (typeOf(schema)) {
    case 'object':
      return objectOf(schema, part);
    case 'array':
      return impossible(schema['items']) ? [] : [part(schema['items'], name)];
    case 'integer':
    case 'number':
      return Math.max(Number(schema['minimum'] ?? 0), 1);
    case 'boolean':
      return schema['default'] ?? true;
    case 'string':
      if (schema['format'] === 'date') return aTime.slice(0, 'YYYY-MM-DD'.length);
      return schema['format'] === 'date-time' ? aTime : (texts[name] ?? 'text');
    default:
      return null;
  }
}

/** Of several types the first. */
function typeOf(schema: JsonSchema): unknown {
  return Array.isArray(schema['type']) ? schema['type'][0] : schema['type'];
}

function impossible(items: unknown): boolean {
  return typeof items === 'object' && items !== null && 'not' in items;
}

function objectOf(schema: JsonSchema, part: (inner: unknown, key: string) => unknown): unknown {
  const own = Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>);
  const more = schema['additionalProperties'];
  const rest = own.length === 0 && typeof more === 'object' ? [['USD', part(more, '')]] : [];
  return Object.fromEntries([...own.map(([key, inner]) => [key, part(inner, key)]), ...rest]);
}
