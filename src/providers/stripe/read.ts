/** Lenient reading of Stripe's JSON: what is not as expected is absent, never an exception. */
import { idCharsMax } from './limits.ts';

/** The value at a path of member names, or undefined. */
export function at(value: unknown, ...path: string[]): unknown {
  let found = value;
  for (const name of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined;
    found = Reflect.get(found, name);
  }
  return found;
}

/** A string at a path, or ''. */
export function textAt(value: unknown, ...path: string[]): string {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : '';
}

/** An array at a path, or an empty one. */
export function listAt(value: unknown, ...path: string[]): unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** An integer amount in Stripe's units at a path, 0 or more unless `signed`; null when it is none. */
export function unitsAt(value: unknown, path: readonly string[], signed = false): bigint | null {
  const found = at(value, ...path);
  if (typeof found !== 'number' || !Number.isSafeInteger(found) || (found < 0 && !signed)) return null;
  return BigInt(found);
}

/** An id that is safe in a path and in a log line, or null. An expanded object counts as its id. */
export function idAt(value: unknown, ...path: string[]): string | null {
  const found = at(value, ...path);
  const id = typeof found === 'object' ? textAt(found, 'id') : found;
  return typeof id === 'string' && isProviderId(id) ? id : null;
}

/** True for what Stripe uses as the id of an object. */
export function isProviderId(text: string): boolean {
  return text.length <= idCharsMax && /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(text);
}
