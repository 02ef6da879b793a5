import type { z } from 'zod';
import { fault, faultIn } from '../core/fault-words.ts';
import type { FaultName } from '../core/fault-words.ts';
import type { TeamLanguage } from '../core/language.ts';
import type { Fault } from './problem.ts';

type Issue = z.core.$ZodRawIssue;
type Found<Code> = Extract<Issue, { code: Code }>;

/** How every value that comes in is parsed: what the library finds is said in words of ours, in English, in which faults are made. */
export const parsing: z.core.ParseContext<z.core.$ZodIssue> = { error: wordsOf };

/** Every kind of issue that the library knows; a new one does not compile. */
function wordsOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return fault(
        issue.input === undefined ? 'value_missing' : (typeNames[issue.expected] ?? 'value_not_valid'),
      );
    case 'too_small':
      return tooSmall(issue);
    case 'too_big':
      return tooBig(issue);
    case 'invalid_format':
      return fault(formatNames[issue.format] ?? 'value_form');
    case 'not_multiple_of':
      return fault('value_multiple', String(issue.divisor));
    case 'unrecognized_keys':
      return fault('value_unknown_names', issue.keys.join(', '));
    case 'invalid_value':
      return issue.input === undefined ? fault('value_missing') : oneOf(issue.values);
    case 'invalid_key':
      return fault('value_name', issue.issues[0]?.message ?? fault('value_not_valid'));
    case 'invalid_union':
      return ofChoices(issue);
    case 'invalid_element':
    case 'custom':
      return fault('value_not_valid');
  }
}

const typeNames: Readonly<Record<string, FaultName>> = {
  string: 'value_text',
  number: 'value_number',
  int: 'value_whole',
  bigint: 'value_whole',
  boolean: 'value_yes_or_no',
  array: 'value_list',
  tuple: 'value_list',
  object: 'value_object',
  record: 'value_object',
  date: 'value_time',
};

const formatNames: Readonly<Record<string, FaultName>> = {
  date: 'value_day',
  datetime: 'value_time',
  email: 'value_email',
};

function tooSmall({ origin, minimum }: Found<'too_small'>): string {
  const least = String(minimum);
  if (origin !== 'string' && origin !== 'array') return fault('value_least', least);
  if (minimum === 1 || minimum === 1n) return fault('value_empty');
  return fault(origin === 'string' ? 'value_short' : 'value_few', least);
}

function tooBig({ origin, maximum }: Found<'too_big'>): string {
  const most = String(maximum);
  if (origin === 'string') return fault('value_long', most);
  return fault(origin === 'array' ? 'value_many' : 'value_most', most);
}

function oneOf(values: readonly unknown[]): string {
  return fault(values.length === 1 ? 'value_exactly' : 'value_one_of', values.map(String).join(', '));
}

/** Of several forms that a value may have, the first is the plain one: what it lacks is said, when it is the value itself. */
function ofChoices({ errors, options }: Found<'invalid_union'>): string {
  if (Array.isArray(options) && options.length > 0) return oneOf(options);
  const [first] = errors[0] ?? [];
  return first !== undefined && first.path.length === 0 ? first.message : fault('value_not_valid');
}

/** Faults in a row of a list, in one line. */
export function faultLine(faults: readonly Fault[], language: TeamLanguage): string {
  return faults.map(({ path, message }) => `${path} ${faultIn(message, language)}`.trim()).join('; ');
}

/** The same faults in the language of the reader. */
export function faultsIn(faults: readonly Fault[], language: TeamLanguage): Fault[] {
  return faults.map(({ path, message }) => ({ path, message: faultIn(message, language) }));
}
