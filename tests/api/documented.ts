import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { describeApi } from '../../src/api/document.ts';
import type { OpenApiDocument } from '../../src/wire/openapi.ts';

// The document is held to every answer that any API test gets: what is not documented does not go out.

interface Operation {
  readonly operationId: string;
  readonly responses: Record<string, Response | { $ref: string }>;
}
interface Response {
  readonly content?: Record<string, { schema?: unknown }>;
}

export const document = describeApi('0.0.0-test') as OpenApiDocument & {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly responses: Record<string, Response>; readonly schemas: object };
};

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: false });
ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
ajv.addFormat('email', /^[^\s@]+@[^\s@]+$/);
ajv.addFormat('date', /^\d{4}-\d\d-\d\d$/);
ajv.addSchema(
  JSON.parse(
    JSON.stringify({ $id: 'https://purser.test/', $defs: document.components.schemas }).replaceAll(
      '"#/components/schemas/',
      '"#/$defs/',
    ),
  ) as object,
);
const compiled = new Map<string, ValidateFunction>();

/** Why a value does not fit a schema of the document; empty when it does. */
export function misfits(schema: unknown, value: unknown): string {
  const text = JSON.stringify(schema).replaceAll('"#/components/schemas/', '"https://purser.test/#/$defs/');
  let validate = compiled.get(text);
  if (!validate) {
    validate = ajv.compile(JSON.parse(text) as object);
    compiled.set(text, validate);
  }
  return validate(value) ? '' : ajv.errorsText(validate.errors);
}

const patterns = Object.entries(document.paths).map(([path, operations]) => ({
  operations,
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]*')}$`),
  placeholders: path.split('{').length,
}));

/** The operation at an address, the most literal one first; undefined when the document has none. */
function operationAt(method: string, address: string): Operation | undefined {
  const path = address.split('?', 1)[0] ?? '';
  return patterns
    .filter((one) => one.pattern.test(path))
    .toSorted((a, b) => a.placeholders - b.placeholders)
    .map((one) => one.operations[method.toLowerCase()])
    .find((operation) => operation !== undefined);
}

interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Statuses of what the document does not describe, as it says in its introduction. */
const undescribed = new Set([404, 405]);

/** What is wrong with an answer by the document; empty when nothing is. */
export function undocumented(method: string, address: string, got: Got): string {
  const where = `${method} ${address.slice(0, 200)} answered ${got.status}`;
  const type = got.headers.get('content-type')?.split(';', 1)[0] ?? '';
  const operation = operationAt(method, address);
  if (!operation && got.status === 400)
    return type === 'application/problem+json' ? '' : `${where} as ${type}`;
  if (!operation && !undescribed.has(got.status)) return `${where}, which is not documented`;
  const response = operation?.responses[got.status] ?? (operation ? undefined : problem);
  if (!response) return `${where}, which is not documented; it said ${got.text.slice(0, 300)}`;
  const { content } = '$ref' in response ? resolved(response.$ref) : response;
  if (!content) return got.text === '' ? '' : `${where} with a body`;
  const described = content[type] ?? content['*/*'];
  if (!described) return `${where} as ${type}, documented is ${Object.keys(content).join(', ')}`;
  if (!type.includes('json')) return '';
  const wrong = misfits(described.schema, JSON.parse(got.text));
  return wrong === '' ? '' : `${where} with a body that does not fit: ${wrong}\n${got.text.slice(0, 1000)}`;
}

const problem: Response = {
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

function resolved(ref: string): Response {
  return document.components.responses[ref.slice(ref.lastIndexOf('/') + 1)] ?? {};
}
