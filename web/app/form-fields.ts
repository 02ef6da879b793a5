import type { Calls } from '../client/types.ts';
import { ProblemError } from '../client/client.ts';

/**
 * What a form calls each value that it sends. Null: what is wrong with it stands at its field, and is not said twice. Undefined:
 * the page sends it by itself, so it has no name that a reader knows.
 */
export type FieldNames = Readonly<Record<string, string | null | undefined>>;

/** The same, whole: a value that a call takes and a form forgets does not compile. */
export type FieldsOf<Sent> = { readonly [Name in NamesOf<Sent>]: string | null | undefined };
type NamesOf<Sent> = Sent extends unknown ? keyof Sent & string : never;

/** What the body of a call holds. */
export type BodyOf<Method extends keyof Calls, Path extends keyof Calls[Method]> = NonNullable<
  Calls[Method][Path] extends { body?: infer Body } ? Body : never
>;

/** What is wrong with one field of what was sent, or with a part of it, as a sentence to stand below it. */
export function faultAt(error: unknown, path: string): string | undefined {
  const fault = faultsIn(error).find((one) => one.path === path || one.path.startsWith(`${path}.`));
  return fault && asSentence(fault.message);
}

/** Of what was refused, or of one refusal within an answer. */
function faultsIn(error: unknown): readonly Fault[] {
  if (error instanceof ProblemError) return error.errors ?? [];
  return typeof error === 'object' && error !== null && 'errors' in error && Array.isArray(error.errors)
    ? (error.errors as readonly Fault[])
    : [];
}

interface Fault {
  readonly path: string;
  readonly message: string;
}

/** What follows a name in a list, as it stands alone. */
export function asSentence(words: string): string {
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}

/** What a reader calls what a fault lies in: by its whole path, or by the part of the form it is in. */
export function fieldOf(path: string, fields: FieldNames): string | null | undefined {
  const [part = path] = path.split('.');
  return path in fields ? fields[path] : fields[part];
}
