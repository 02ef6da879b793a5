/** Lenient reading of PayPal's JSON: what is not as expected is absent, never an exception. */
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

/** An array at a path; a single object counts as an array of one, anything else as empty. */
export function listAt(value: unknown, ...path: string[]): unknown[] {
  const found = at(value, ...path);
  if (Array.isArray(found)) return found;
  return typeof found === 'object' && found !== null ? [found] : [];
}

/** A whole number of 0 or more at a path, or null. */
export function countAt(value: unknown, ...path: string[]): number | null {
  const found = at(value, ...path);
  return typeof found === 'number' && Number.isSafeInteger(found) && found >= 0 ? found : null;
}

/** An id that is safe in a path and in a log line, or null. */
export function idAt(value: unknown, ...path: string[]): string | null {
  const found = textAt(value, ...path);
  return found.length <= idCharsMax && isProviderId(found) ? found : null;
}

/** True for what PayPal uses as the id of a batch, item, transaction or event. */
export function isProviderId(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/.test(text);
}
