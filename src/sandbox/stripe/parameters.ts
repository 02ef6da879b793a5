import type { Reply } from '../world.ts';
import { invalid } from './errors.ts';
import type { Form, FormValue } from './form.ts';

/** What a parameter must be. */
interface Rule {
  readonly kind: 'text' | 'integer' | 'boolean' | 'metadata' | 'range' | 'texts';
  readonly required?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly oneOf?: readonly string[];
}
export type Rules = Readonly<Record<string, Rule>>;

const metadataKeysMax = 50;
const metadataKeyChars = 40;
const metadataValueChars = 500;
const textChars = 5000;

/** The refusal of the first parameter that is unknown, missing or not what it must be; null when all are right. */
export function refusalOf(rules: Rules, form: Form): Reply | null {
  for (const name of form.keys()) {
    if (!Object.hasOwn(rules, name)) {
      return invalid(`Received unknown parameter: ${name}`, 'parameter_unknown', name);
    }
  }
  for (const [name, rule] of Object.entries(rules)) {
    const value = form.get(name);
    if (value === undefined && rule.required === true) {
      return invalid(`Missing required param: ${name}.`, 'parameter_missing', name);
    }
    const problem = value === undefined ? null : problemOf(name, rule, value);
    if (problem !== null) return problem;
  }
  return null;
}

function problemOf(name: string, rule: Rule, value: FormValue): Reply | null {
  if (rule.kind === 'metadata') return metadataProblem(name, value);
  if (rule.kind === 'range') return rangeProblem(name, value);
  if (rule.kind === 'texts') return Array.isArray(value) ? null : invalid('Invalid array', undefined, name);
  if (typeof value !== 'string') return invalid('Invalid string', undefined, name);
  if (rule.kind === 'integer') return integerProblem(name, rule, value);
  if (rule.kind === 'boolean' && value !== 'true' && value !== 'false') {
    return invalid(`Invalid boolean: ${value}`, undefined, name);
  }
  if (value === '' && rule.required === true) {
    return invalid(`You passed an empty string for '${name}'.`, 'parameter_invalid_empty', name);
  }
  if (value.length > textChars) return invalid(`Invalid string: ${name} is too long`, undefined, name);
  if (rule.oneOf !== undefined && !rule.oneOf.includes(value)) {
    return invalid(`Invalid ${name}: must be one of ${rule.oneOf.join(', ')}`, undefined, name);
  }
  return null;
}

function integerProblem(name: string, rule: Rule, text: string): Reply | null {
  const value = /^-?\d{1,16}$/.test(text) ? Number.parseInt(text, 10) : Number.NaN;
  if (!Number.isSafeInteger(value)) {
    return invalid(`Invalid integer: ${text}`, 'parameter_invalid_integer', name);
  }
  if (rule.min !== undefined && value < rule.min) {
    const message = `This value must be greater than or equal to ${rule.min}.`;
    return invalid(message, 'parameter_invalid_integer', name);
  }
  if (rule.max !== undefined && value > rule.max) {
    const message = `This value must be less than or equal to ${rule.max}.`;
    return invalid(message, 'parameter_invalid_integer', name);
  }
  return null;
}

/** A hash of texts; an empty text clears all of it. */
function metadataProblem(name: string, value: FormValue): Reply | null {
  if (value === '') return null;
  if (typeof value === 'string' || Array.isArray(value)) return invalid('Invalid hash', undefined, name);
  const entries = Object.entries(value);
  if (entries.length > metadataKeysMax) {
    return invalid(`You can specify up to ${metadataKeysMax} metadata keys.`, undefined, name);
  }
  const tooLong = entries.find(
    ([key, text]) => key.length > metadataKeyChars || text.length > metadataValueChars,
  );
  return tooLong === undefined ? null : invalid('Metadata is too long', undefined, `${name}[${tooLong[0]}]`);
}

const bounds = new Set(['gt', 'gte', 'lt', 'lte']);

/** A time, or a hash of bounds. */
function rangeProblem(name: string, value: FormValue): Reply | null {
  if (typeof value === 'string') return integerProblem(name, { kind: 'integer' }, value);
  if (Array.isArray(value)) return invalid('Invalid hash', undefined, name);
  for (const [bound, text] of Object.entries(value)) {
    const where = `${name}[${bound}]`;
    if (!bounds.has(bound))
      return invalid(`Received unknown parameter: ${where}`, 'parameter_unknown', where);
    const problem = integerProblem(where, { kind: 'integer' }, text);
    if (problem !== null) return problem;
  }
  return null;
}
