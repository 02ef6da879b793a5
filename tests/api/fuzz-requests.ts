import fc from 'fast-check';
import { document } from './documented.ts';

// Requests made from the document: right ones, nearly right ones, and such as somebody sends who means no good.

type Json = Readonly<Record<string, unknown>>;

export interface FuzzRequest {
  readonly method: string;
  /** As it goes over the wire, with its query. */
  readonly address: string;
  readonly body: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

interface Operation {
  readonly parameters?: readonly { name: string; in: string; required: boolean; schema: Json }[];
  readonly requestBody?: { readonly content: Record<string, { schema: Json }> };
}

const schemas = document.components.schemas as Readonly<Record<string, Json>>;

const texts = [
  '',
  ' ',
  '\0',
  '\u{1F4B8}'.repeat(50),
  '\uD800',
  'ﷺ\u202E\u200B',
  "' or 1=1; drop table payout; --",
  '$1 %s {{7*7}} ${7*7}',
  '=cmd|"/c calc"!A1',
  '../../../../etc/passwd',
  '%2e%2e%2f%00',
  'a\r\nX-Injected: yes',
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  'null',
  '-1',
  '9'.repeat(400),
  'x'.repeat(10_000),
  'MTI4',
  'u1',
  '18',
  'all',
];
const numbers = [0, -1, 1.5, 2 ** 53, -(2 ** 63), 1e308, 5e-324, 2 ** 31];
const deep = JSON.parse(`${'['.repeat(400)}${']'.repeat(400)}`) as unknown;
const hostileText = fc.constantFrom(...texts);
const hostile = fc.oneof(
  hostileText,
  fc.constantFrom<unknown>(...numbers, true, false, null, [], {}, [[]], deep, { toString: 1 }),
  fc.constantFrom<unknown>(['USD', 'USD'], { length: 5 }, JSON.parse('{"__proto__": {"a": 1}}')),
  fc.string({ unit: 'binary', maxLength: 30 }),
);
/** Deeper than any parser of ours follows, and not what its length says. */
const brokenBodies = [
  '{',
  '[1,',
  '"',
  '{"a":1}}',
  '\uFEFF{}',
  'NaN',
  '',
  '['.repeat(50_000),
  `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
];

const propertiesMax = 4;

/** Values that a schema lets through. */
function valid(schema: Json, depth = 0): fc.Arbitrary<unknown> {
  if (depth > 8) return fc.constant(null);
  const { $ref, anyOf, oneOf, enum: values, examples } = schema;
  if (typeof $ref === 'string') return valid(schemas[$ref.slice($ref.lastIndexOf('/') + 1)] ?? {}, depth + 1);
  if (Array.isArray(values)) return fc.constantFrom<unknown>(...(values as unknown[]));
  const choices = (anyOf ?? oneOf) as Json[] | undefined;
  if (choices) return fc.oneof(...choices.map((choice) => valid(choice, depth + 1)));
  const made = plain(schema, depth);
  return Array.isArray(examples)
    ? fc.oneof(made, fc.constantFrom<unknown>(...(examples as unknown[])))
    : made;
}

function plain(schema: Json, depth: number): fc.Arbitrary<unknown> {
  const bound = (name: string, otherwise: number) => Number(schema[name] ?? otherwise);
  switch ([schema['type']].flat()[0]) {
    case 'object':
      return objects(schema, depth);
    case 'array':
      return fc.array(valid((schema['items'] ?? {}) as Json, depth + 1), {
        minLength: Math.min(bound('minItems', 0), propertiesMax),
        maxLength: propertiesMax,
      });
    case 'integer':
      return fc.integer({ min: bound('minimum', -5), max: Math.min(bound('maximum', 100_000), 2 ** 31 - 1) });
    case 'boolean':
      return fc.boolean();
    case 'string': {
      if (schema['format'] === 'date-time')
        return fc
          .date({ noInvalidDate: true, min: new Date('1980-01-01'), max: new Date('2100-01-01') })
          .map((at) => at.toISOString());
      if (schema['format'] === 'date')
        return fc.integer({ min: 1, max: 28 }).map((day) => `2026-11-${String(day).padStart(2, '0')}`);
      if (typeof schema['pattern'] === 'string') return fc.stringMatching(new RegExp(schema['pattern']));
      return fc.string({
        minLength: Math.min(bound('minLength', 0), 10),
        maxLength: Math.min(bound('maxLength', 40), 40),
      });
    }
    default:
      return hostile;
  }
}

function objects(schema: Json, depth: number): fc.Arbitrary<unknown> {
  const required = (schema['required'] ?? []) as string[];
  const fields = Object.entries((schema['properties'] ?? {}) as Record<string, Json>);
  const model = Object.fromEntries(fields.map(([name, inner]) => [name, valid(inner, depth + 1)]));
  return fc.record(model, { requiredKeys: required });
}

/** The value with one of its parts replaced, or one more part. */
function spoiled(value: unknown, by: unknown, at: number): unknown {
  if (typeof value !== 'object' || value === null || at === 0) return by;
  if (Array.isArray(value))
    return value.map((part, index) => (index === at % value.length ? spoiled(part, by, at >> 1) : part));
  const keys = Object.keys(value);
  const key = keys[at % (keys.length + 1)] ?? 'more';
  return { ...value, [key]: spoiled((value as Record<string, unknown>)[key], by, at >> 1) };
}

function bodies(schema: Json): fc.Arbitrary<string | null> {
  const good = valid(schema);
  return fc.oneof(
    { weight: 4, arbitrary: good.map((value) => JSON.stringify(value)) },
    {
      weight: 4,
      arbitrary: fc
        .tuple(good, hostile, fc.nat(64))
        .map(([value, by, at]) => JSON.stringify(spoiled(value, by, at)) ?? null),
    },
    { weight: 1, arbitrary: hostile.map((value) => JSON.stringify(value) ?? null) },
    { weight: 1, arbitrary: fc.constantFrom<string | null>(...brokenBodies, null) },
  );
}

/** What stands at a place of an address: real ids, and anything else. */
function pieces(schema: Json, ids: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...ids) },
    { weight: 2, arbitrary: valid(schema).map(String) },
    { weight: 2, arbitrary: hostileText },
  );
}

function escaped(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function queries(
  parameters: NonNullable<Operation['parameters']>,
  ids: readonly string[],
): fc.Arbitrary<string> {
  const own = parameters.filter((parameter) => parameter.in === 'query');
  if (own.length === 0) return fc.constantFrom('', '?', '?limit=1', '?a[b]=c&a=d');
  const pairs = own.map(({ name, schema }) =>
    fc.oneof(
      { weight: 3, arbitrary: fc.constant('') },
      { weight: 3, arbitrary: pieces(schema, ids).map((value) => `${name}=${escaped(value)}`) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          `${name}=1&${name}=2`,
          `${name}[]=1`,
          name,
          `${name}=%ED%A0%80`,
          `${name}=%zz`,
        ),
      },
    ),
  );
  return fc.tuple(...pairs).map((parts) => `?${parts.filter((part) => part !== '').join('&')}`);
}

const headers = fc.oneof(
  { weight: 6, arbitrary: fc.constant({}) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Record<string, string>>(
      { 'x-request-id': 'a b<script>' },
      { 'x-request-id': 'x'.repeat(2000) },
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/json; charset=utf-16' },
      { 'content-type': 'multipart/form-data' },
      { authorization: 'Bearer pk_wrong' },
      { authorization: 'Basic \u00ff\u00fe' },
      { cookie: 'purser.session_token=%00; a=b; ;;' },
      { accept: 'text/html' },
      { 'x-forwarded-for': "' or 1=1" },
    ),
  },
);

/** Any request to any operation of the document. `ids` are such as exist. */
export function requests(ids: readonly string[]): fc.Arbitrary<FuzzRequest> {
  const all = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      path,
      method,
      operation: operation as Operation,
    })),
  );
  return fc.constantFrom(...all).chain(({ path, method, operation }) => {
    const parameters = operation.parameters ?? [];
    const places = parameters.filter((parameter) => parameter.in === 'path');
    const schema = operation.requestBody?.content['application/json']?.schema;
    return fc
      .tuple(
        fc.tuple(...places.map((place) => pieces(place.schema, ids))),
        queries(parameters, ids),
        schema ? bodies(schema) : fc.constantFrom<string | null>(null, null, null, '{}'),
        headers,
      )
      .map(([values, query, body, more]) => ({
        method: method.toUpperCase(),
        address:
          places.reduce(
            (at, place, index) => at.replace(`{${place.name}}`, escaped(values[index] ?? '')),
            path,
          ) + query,
        body: method === 'get' ? null : body,
        headers: more,
      }));
  });
}
