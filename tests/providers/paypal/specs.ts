import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { at } from '../../../src/providers/paypal/read.ts';

/** The folder of the providers' published specifications; they are not part of this repository. */
const folder = join(
  process.env['PURSER_SPECS_DIR'] ?? join(import.meta.dirname, '../../../../shared/specs'),
  'paypal',
);

export const specsAbsent = !existsSync(join(folder, 'payments_payouts_batch_v1.json'));

/** The name of a test that needs them: a run without them says why it was skipped. */
export function needsSpecs(name: string): string {
  return specsAbsent ? `${name} (SKIPPED: PayPal's specifications not found, set PURSER_SPECS_DIR)` : name;
}

export function readSpec(file: string): unknown {
  return JSON.parse(readFileSync(join(folder, file), 'utf8'));
}

/** Checks a value against a schema of a specification: the problems found, none when it conforms. */
export function problemsBy(file: string, schema: string): (value: unknown) => string[] {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema({ $id: file, components: at(readSpec(file), 'components') });
  const validate = ajv.compile({ $ref: `${file}#/components/schemas/${schema}` });
  return (value) => {
    validate(value);
    return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`);
  };
}

/** One exchange recorded by PayPal's own SDK. */
export interface Recorded {
  readonly request: { readonly method: string; readonly url: string };
  readonly response: { readonly status: number; readonly body: unknown };
}

export function recordings(): Recorded[] {
  return (readSpec('payouts-recorded-samples.json') as { samples: Recorded[] }).samples;
}
