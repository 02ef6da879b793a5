import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { at } from '../../../src/providers/stripe/read.ts';

/** The folder of the providers' published specifications; they are not part of this repository. */
const folder = join(
  process.env['PURSER_SPECS_DIR'] ?? join(import.meta.dirname, '../../../../shared/specs'),
  'stripe',
);
const openapi = 'spec3.payouts-subset.2023-08-16.json';

export const specsAbsent = !existsSync(join(folder, openapi));

/** The name of a test that needs them: a run without them says why it was skipped. */
export function needsSpecs(name: string): string {
  return specsAbsent ? `${name} (SKIPPED: Stripe's specifications not found, set PURSER_SPECS_DIR)` : name;
}

export function readSpec(file: string): unknown {
  return JSON.parse(readFileSync(join(folder, file), 'utf8'));
}

/** The problems a value has by a schema of Stripe's OpenAPI file, at a path of it; none when it conforms. */
export function problemsBy(...path: string[]): (value: unknown) => string[] {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true, discriminator: false });
  const whole = withNulls(readSpec(openapi));
  ajv.addSchema({ $id: 'stripe', components: at(whole, 'components') });
  const schema = at(whole, ...path) as object;
  const text = JSON.stringify(schema).replaceAll('"#/', '"stripe#/');
  const validate = ajv.compile(JSON.parse(text) as object);
  return (value) => {
    validate(value);
    return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`);
  };
}

/** OpenAPI's `nullable` in JSON Schema's words, also beside `anyOf`. */
function withNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNulls);
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withNulls(member)]));
  if (copy['nullable'] !== true) return copy;
  delete copy['nullable'];
  return { anyOf: [copy, { type: 'null' }] };
}

export const transferSchema = ['components', 'schemas', 'transfer'];
export const createSchema = [
  'paths',
  '/v1/transfers',
  'post',
  'requestBody',
  'content',
  'application/x-www-form-urlencoded',
  'schema',
];
